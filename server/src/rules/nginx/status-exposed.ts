import { parseAddress } from "../../model/nginx/address";
import { firstIn } from "../../model/nginx/reading";
import { t } from "../../text/l10n";
import { fixes, inFile, suggest } from "../edits";
import { rule } from "../rule";
import { headOf, inEachReading, line, outwards, statementsOf } from "./scope";

const GUARDS = [
  "allow",
  "deny",
  "auth_basic",
  "auth_request",
  "auth_jwt",
  "internal",
  "satisfy",
  "ssl_verify_client",
  "access_by_lua_block",
  "access_by_lua_file",
];

export const statusExposed = rule({
  id: "status-exposed",
  title: "The status page is open to everybody",
  why: "`stub_status` tells how many connections and requests there are. It is meant for monitoring; whoever can reach it can watch the load. Restrict it with `allow` and `deny all`, or listen on a local address.",
  severity: "info",
  languages: ["nginx"],
  needs: ["stub_status"],
  link: "https://nginx.org/en/docs/http/ngx_http_stub_status_module.html",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  location /status {\n    stub_status;\n  }\n  location /own {\n    stub_status;\n    allow 127.0.0.1;\n    deny all;\n  }\n}\nserver {\n  listen 127.0.0.1:8080;\n  stub_status;\n}\n",
      },
      finds: ["shop.conf:4"],
    },
  ],
  check: (document, context) =>
    inEachReading(document, context, function* (reading) {
      for (const it of statementsOf(document, reading, "stub_status")) {
        const blocks = [...outwards(it.block)];
        const server = blocks.find((block) => block.context === "http.server" && block.owner);
        if (!server || blocks.some((block) => block.gap || GUARDS.some((name) => firstIn(block, name)))) continue;
        const listens = server.statements.filter((one) => one.directive.name.text === "listen");
        if (listens.length > 0 && listens.every((one) => isLocal(one.directive.args[0]?.text ?? ""))) continue;
        yield {
          span: headOf(it),
          message: t`Everybody who reaches this server can read its status. Allow the addresses that need it and deny the others.`,
          fixes: fixes(
            suggest(t`Allow this machine only`, inFile(document.uri, line(document, it, "allow 127.0.0.1;\nallow ::1;\ndeny all;"))),
          ),
        };
      }
    }),
});

function isLocal(text: string): boolean {
  const address = parseAddress(text, { listen: true, defaultPort: 80 });
  if (typeof address === "string") return false;
  return (
    address.kind === "unix" || (address.kind === "name" && address.host === "localhost") || /^127\.|^\[0:0:0:0:0:0:0:1\]/.test(address.host)
  );
}
