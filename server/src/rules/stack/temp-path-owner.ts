import { isRoot, may } from "../../stack/access";
import { workerOf } from "../../stack/access-setup";
import { parseOctal } from "../../stack/mode";
import { t } from "../../text/l10n";
import { givenFacts, pathFacts, targetOf } from "../../workspace/known";
import { rule } from "../rule";

/** Where packages let nginx keep large answers and bodies, and what leads there: that may be root's, as long as others pass. */
const ON_THE_WAY = ["/var/lib/nginx", "/var/lib/nginx/tmp", "/var/cache/nginx"];
const PLACES = ["/var/lib/nginx/uwsgi", "/var/lib/nginx/tmp/uwsgi", "/var/cache/nginx/uwsgi_temp", "/var/lib/nginx/body"];

export const tempPathOwner = rule({
  id: "temp-path-owner",
  title: "nginx's user may not write to its temporary files",
  why: "The packages make the folders for large answers and bodies for their own user. With another `user` nginx says `open() … uwsgi_temp/… failed (13: Permission denied) while reading upstream` and cuts answers.",
  severity: "warning",
  languages: ["nginx"],
  needs: ["user"],
  link: "https://nginx.org/en/docs/http/ngx_http_uwsgi_module.html#uwsgi_temp_path",
  examples: [
    {
      files: { "nginx.conf": "user deploy;\nevents {}\nhttp {}\n" },
      facts: { system: { paths: [{ path: "/var/lib/nginx", type: "dir", owner: "www-data", group: "root", mode: "0700" }] } },
      finds: ["nginx.conf:1"],
    },
    {
      title: "Debian's own folders",
      files: { "nginx.conf": "user www-data;\nevents {}\nhttp {}\n" },
      facts: {
        system: {
          paths: [
            { path: "/var/lib/nginx", type: "dir", owner: "root", group: "root", mode: "0755" },
            { path: "/var/lib/nginx/uwsgi", type: "dir", owner: "www-data", group: "root", mode: "0700" },
          ],
        },
      },
      finds: [],
    },
  ],
  *check(document, { stack }) {
    const worker = workerOf(stack);
    if (worker.at?.uri !== document.uri || isRoot(worker.who) !== "no") return;
    const set = ["uwsgi_temp_path", "proxy_temp_path", "client_body_temp_path"].flatMap((name) =>
      document.named(name).map((nested) => nested.directive.args[0]?.text ?? ""),
    );
    for (const path of [...set, ...ON_THE_WAY, ...PLACES]) {
      const writes = !ON_THE_WAY.includes(path);
      // When it starts as root, nginx gives these to its user, but not what an earlier user has left in them: what is seen of them tells little.
      const facts = (writes ? givenFacts : pathFacts)(targetOf(stack.workspace, document.uri), path);
      if (facts?.type !== "dir") continue;
      const inode = { owner: facts.owner, group: facts.group, mode: facts.mode === undefined ? undefined : parseOctal(facts.mode) };
      if (!(writes && may(worker.who, "write", inode).answer === "no") && may(worker.who, "search", inode).answer !== "no") continue;
      yield {
        span: worker.at.span,
        message: t`nginx runs as ${worker.who.user}, but ${path} belongs to ${facts.owner}: large answers and bodies fail with (13: Permission denied). Keep the package's user, or give the folder to ${worker.who.user}.`,
      };
      return;
    }
  },
});
