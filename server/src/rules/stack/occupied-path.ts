import { socketSetup } from "../../stack/access-setup";
import type { Endpoint } from "../../stack/endpoint";
import { parseOctal } from "../../stack/mode";
import { bind } from "../../stack/permission";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { pathFacts, targetOf } from "../../workspace/known";
import { fixes, suggest } from "../edits";
import { moveBelowRun, movedTo } from "../meeting-place";
import { type Fix, rule } from "../rule";
import { shortName } from "../words";

export const occupiedPath = rule({
  id: "occupied-path",
  title: "Something else lies at the path of the socket",
  why: "uWSGI unlinks what is there and binds: a regular file is lost, a folder ends it (`bind(): Address already in use`), and so does a file of another user in a folder with the sticky bit, such as /tmp.",
  severity: "error",
  languages: ["uwsgi"],
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nsocket = /srv/app/run\n" },
      facts: { system: { paths: [{ path: "/srv/app/run", type: "dir" }] } },
      finds: ["app.ini:2"],
    },
  ],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      for (const endpoint of instance.endpoints) {
        const at = endpoint.setting.origin;
        if (at?.uri !== document.uri || endpoint.address.kind !== "unix" || endpoint.address.relative) continue;
        const facts = pathFacts(targetOf(stack.workspace, document.uri), endpoint.address.path);
        if (!facts) continue;
        if (facts.type === "dir")
          yield {
            span: at.span,
            message: t`${endpoint.address.path} is a folder: uWSGI exits (bind(): Address already in use). Name a file in it.`,
            fixes: fixes(fileInside(stack, endpoint)),
          };
        else {
          const setup = socketSetup(stack, endpoint);
          const old = { owner: facts.owner, group: facts.group, mode: facts.mode === undefined ? undefined : parseOctal(facts.mode) };
          const binding = bind({ ...setup, oldFile: old });
          if (binding.binds === "no" && binding.message?.includes("in use"))
            yield {
              span: at.span,
              message: t`A file of ${facts.owner} lies at ${endpoint.address.path}, and ${binding.identity.user ?? "uWSGI"} may not remove it: bind(): Address already in use. Remove it, or use a folder of uWSGI's own.`,
              fixes: fixes(moveBelowRun(stack, endpoint, endpoint.address.path.split("/").at(-1) ?? "app.sock")),
            };
          else if (facts.type === "file")
            yield {
              span: at.span,
              severity: "warning",
              message: t`A regular file lies at ${endpoint.address.path}: uWSGI deletes it and puts its socket there.`,
            };
        }
      }
    }
  },
});

function fileInside(stack: Stack, endpoint: Endpoint): Fix | undefined {
  if (endpoint.address.kind !== "unix") return undefined;
  const path = `${endpoint.address.path}/${shortName(endpoint.instance.uri).replace(/\..*$/, "")}.sock`;
  return suggest(t`Bind ${path}`, ...movedTo(stack, endpoint, path));
}
