import type { Endpoint } from "../../stack/endpoint";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { moveBelowRun, movedTo } from "../meeting-place";
import { setOption } from "../option-edits";
import { type Finding, type Fix, rule } from "../rule";
import { shortName } from "../words";

/** Bytes that the path of a unix socket may have for uWSGI; nginx takes 107. */
const MOST = 102;

export const socketAddress = rule({
  id: "socket-address",
  title: "uWSGI understands this socket address otherwise",
  why: "A value with a colon is TCP, one without is a unix socket, and nothing else counts. `unix:/path` and `http://…` are host names that do not resolve: uWSGI starts without complaint and listens on 255.255.255.255. `3031` is a file of that name. `~` and `$HOME` are not expanded. A path longer than 102 bytes is refused.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Options.html#socket",
  examples: [
    { files: { "app.ini": "[uwsgi]\nsocket = unix:/run/app/app.sock\n" }, finds: ["app.ini:2"] },
    { files: { "app.ini": "[uwsgi]\nsocket = 3031\n" }, finds: ["app.ini:2"] },
    { files: { "app.ini": "[uwsgi]\nsocket = ~/app.sock\n" }, finds: ["app.ini:2"] },
  ],
  *check(document, { stack }) {
    for (const instance of stack.instancesOf(document.uri)) {
      for (const endpoint of instance.endpoints) {
        const at = endpoint.setting.valueOrigin ?? endpoint.setting.origin;
        if (at?.uri !== document.uri || endpoint.setting.holes.length > 0) continue;
        const finding = judge(stack, endpoint);
        if (finding) yield { ...finding, span: at.span };
      }
    }
  },
});

function judge(stack: Stack, endpoint: Endpoint): Omit<Finding, "span"> | undefined {
  const { setting, option, address } = endpoint;
  const { value } = setting;
  const { workspace } = stack;
  const write = (text: string) => fixes(suggest(t`Write ${text}`, setOption(workspace, setting, setting, option, text)));
  const several = LISTS.has(option) ? undefined : value.split(/\s*,\s*/);
  if (several && several.length > 1 && several.every((one) => /^(?:\/|\S*:\d+$)/.test(one)))
    return {
      message: t`uWSGI takes one address per line: this is a single one named "${value}".`,
      fixes: fixes(suggest(t`Write a line for each`, setOption(workspace, setting, setting, option, several.join(`\n${option} = `)))),
    };
  if (/^unix:/i.test(value)) {
    const path = value.replace(/^unix:(?:\/\/(?=\/))?/i, "");
    return {
      message: t`"unix:" is nginx's word; uWSGI takes it for a host name and listens on TCP 255.255.255.255, without complaint. Write the bare path.`,
      fixes: write(path).map((fix) => ({ ...fix, safe: true })),
    };
  }
  if (/^[a-z]+:\/\//i.test(value) && !/^fd:\/\//.test(value))
    return {
      message: t`An address of uWSGI has no scheme: this is taken for a host that does not resolve. Write ${value.replace(/^[a-z]+:\/\//i, "")}.`,
      fixes: write(value.replace(/^[a-z]+:\/\//i, "").replace(/\/+$/, "")),
    };
  if (value.startsWith("~") || /^\$(?:HOME|\{HOME\})/.test(value))
    return {
      message: value.startsWith("$")
        ? t`uWSGI is no shell: ~ and $HOME are not expanded, and bind() fails. Write the full path, or $(HOME).`
        : t`uWSGI is no shell: ~ and $HOME are not expanded, and bind() fails. Write the full path.`,
      fixes: write(value.startsWith("~/") ? `$(HOME)${value.slice(1)}` : value.replace(/^\$\{?HOME\}?/, "$(HOME)")),
    };
  if (/^\d+$/.test(value))
    return {
      message: t`Without a colon this is a unix socket: a file named "${value}". For the port write :${value}.`,
      fixes: write(`127.0.0.1:${value}`),
    };
  if (/^\d+\.\d+\.\d+\.\d+$/.test(value)) return { message: t`Without a port this is a unix socket: a file named "${value}".` };
  if (address.kind === "nowhere" && address.why === "colon-in-path")
    return {
      message: t`A colon makes this a TCP address, even inside a path: uWSGI listens on 255.255.255.255. Choose a name without a colon.`,
      fixes: withoutColon(stack, endpoint),
    };
  const port = /:(\d+)$/.exec(value)?.[1];
  if (address.kind === "tcp" && port !== undefined && Number(port) > 65535)
    return { message: t`There is no port ${port}: uWSGI takes ${Number(port) % 65536}.` };
  if (address.kind === "unix" && byteLength(value) > MOST)
    return {
      message: t`The path has ${byteLength(value)} bytes, uWSGI takes ${MOST} at most (invalid socket name) and nginx 107 (too long path). Use a short path below /run.`,
      fixes: fixes(moveBelowRun(stack, endpoint, shortFile(endpoint))),
    };
  const askers =
    address.kind === "abstract"
      ? stack.links.filter(({ connection }) => connection.address.kind === "unix" && connection.address.path === `@${address.name}`)
      : [];
  if (askers.length > 0)
    return {
      message: t`nginx knows no abstract sockets: it looks for a file named "${value}". Use a path.`,
      fixes: fixes(moveBelowRun(stack, endpoint, shortFile(endpoint), askers)),
    };
  return undefined;
}

/** Options whose values have more parts, separated by commas. */
const LISTS: ReadonlySet<string> = new Set(["https-socket", "suwsgi-socket", "ssl-socket", "https", "http", "stats", "stats-server"]);

const shortFile = (endpoint: Endpoint): string => `${shortName(endpoint.instance.uri).replace(/\..*$/, "").slice(0, 30) || "app"}.sock`;

function withoutColon(stack: Stack, endpoint: Endpoint): readonly Fix[] {
  const path = endpoint.setting.value.replaceAll(":", "-");
  return fixes(suggest(t`Write ${path} on both sides`, ...movedTo(stack, endpoint, path)));
}

/** Bytes of a text in UTF-8. */
function byteLength(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
