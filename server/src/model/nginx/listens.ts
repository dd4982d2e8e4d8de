/** `listen`: its address, its parameters, and what two of them may not share. */
import { order } from "../../facts/nginx";
import { t } from "../../text/l10n";
import { type Address, parseAddress } from "./address";
import { type Block, hasModule, isTemplated, type Reading, refuse, type Statement } from "./reading";
import { type Setters, unlessHost } from "./setting";
import { parseNumber, parseSize, parseTime } from "./values";

/** Parameters that set options of the socket: they may be given once for an address. */
const SOCKET = /^(?:bind|deferred|reuseport|multipath|(?:setfib|fastopen|backlog|rcvbuf|sndbuf|accept_filter|ipv6only|so_keepalive)=)/;

type Parameters = {
  readonly flags: readonly string[];
  readonly since?: Readonly<Record<string, string>>;
  readonly removed?: Readonly<Record<string, string>>;
};
const HTTP: Parameters = {
  flags: ["default_server", "default", "bind", "deferred", "reuseport", "multipath", "ssl", "http2", "quic", "proxy_protocol"],
  since: { quic: "1.25.0", multipath: "1.29.7" },
};
const STREAM: Parameters = {
  flags: ["default_server", "bind", "deferred", "udp", "ssl", "reuseport", "multipath", "proxy_protocol"],
  since: { default_server: "1.25.5", deferred: "1.25.5", multipath: "1.29.7" },
};
const MAIL: Parameters = { flags: ["bind", "ssl", "proxy_protocol"], since: { proxy_protocol: "1.19.8" } };

const listen =
  ({ flags, since = {} }: Parameters, defaultPort?: number) =>
  (it: Statement, into: Reading): void => {
    const [address, ...rest] = it.directive.args;
    if (!address) return;
    unlessHost(it, into, parseAddress(address.text, defaultPort === undefined ? { listen: true } : { listen: true, defaultPort }), address);
    for (const word of rest) {
      const known =
        flags.includes(word.text) && !(since[word.text] && into.options.release && order(into.options.release, since[word.text] ?? "") < 0);
      const problem = known ? undefined : parameterFault(word.text, into);
      if (problem) refuse(into, it, problem, word, "nginx-listen");
    }
  };

function parameterFault(text: string, into: Reading): string | undefined {
  const [key = "", ...tail] = text.split("=");
  const value = tail.join("=");
  const refused = (when: boolean): string | undefined => (when ? t`"${text}": the value is not one that "${key}" takes` : undefined);
  if (tail.length === 0) return t`"listen" has no parameter "${text}"`;
  if (key === "backlog") return refused(!parseNumber(value));
  if (key === "fastopen") return refused(parseNumber(value) === undefined);
  if (key === "rcvbuf" || key === "sndbuf") return refused(parseSize(value) === undefined);
  if (key === "accept_filter") return undefined;
  if (key === "setfib")
    return hasModule("ngx_kqueue_module", into) ? undefined : t`"listen" has the parameter "${key}" on other systems only`;
  if (key === "ipv6only") return refused(value !== "on" && value !== "off");
  if (key !== "so_keepalive") return t`"listen" has no parameter "${text}"`;
  if (value === "on" || value === "off") return undefined;
  const [idle = "", interval = "", ...count] = value.split(":");
  const times = [idle, interval].every((time) => time === "" || parseTime(time, true) !== undefined);
  const counts = count.join(":");
  return refused(!times || value.replaceAll(":", "") === "" || (counts !== "" && parseNumber(counts) === undefined));
}

export const listenSetters: Setters = {
  ngx_http_core_listen: listen(HTTP, 80),
  ngx_stream_core_listen: listen(STREAM),
  ngx_mail_core_listen: listen(MAIL),
};

/** An address that servers listen on, as nginx joins them. */
export type Listening = {
  readonly key: string;
  readonly port: string;
  readonly servers: Block[];
  ssl: boolean;
  isSet: boolean;
  defaultServer: Block;
  hasDefault: boolean;
  readonly at: Statement;
};

/** Joins the `listen` statements of all servers; refuses what nginx refuses while it does so. */
export function joinListens(servers: readonly Block[], into: Reading): readonly Listening[] {
  const all = new Map<string, Listening>();
  for (const server of servers) {
    const own = server.statements.filter((it) => it.fact?.setter === "ngx_http_core_listen");
    if (own.length === 0) join(all, "0.0.0.0:80", server, server.owner, [], into);
    for (const it of own) {
      if (it.directive.args.some((word) => isTemplated(word.text))) continue;
      const [address, ...rest] = it.directive.args.map((word) => word.text);
      const read = parseAddress(address ?? "", { listen: true, defaultPort: 80 });
      if (typeof read !== "string") for (const key of keysOf(read)) join(all, key, server, it, rest, into);
    }
  }
  return [...all.values()];
}

/** Ports of one address; of a wide range only the first ones. */
function keysOf({ kind, host, port, lastPort }: Address): readonly string[] {
  if (kind === "unix") return [`unix:${host}`];
  const count = Math.min(64, Math.max(1, lastPort - port + 1));
  const name = kind === "name" ? host.toLowerCase() : host;
  return count === 1 ? [`${name}:${port}`] : Array.from({ length: count }, (_, at) => `${name}:${port + at}`);
}

function join(
  all: Map<string, Listening>,
  key: string,
  server: Block,
  it: Statement | undefined,
  parameters: readonly string[],
  into: Reading,
): void {
  if (!it) return;
  const ssl = parameters.includes("ssl") || parameters.includes("quic");
  const isDefault = parameters.includes("default_server") || parameters.includes("default");
  const isSet = parameters.some((text) => SOCKET.test(text));
  const whole = `${key}${parameters.includes("quic") ? " quic" : ""}`;
  const before = all.get(whole);
  if (!before) {
    all.set(whole, {
      key: whole,
      port: key.replace(/^(?!unix:).*:/, ""),
      servers: [server],
      ssl,
      isSet,
      defaultServer: server,
      hasDefault: isDefault,
      at: it,
    });
    return;
  }
  const templated = it.source.tree.templates?.length;
  const shown = key.replace("0.0.0.0:", "*:");
  const say = (message: string) => (templated ? undefined : refuse(into, it, message, it.directive.args[0], "nginx-listen"));
  if (before.servers.at(-1) === server) say(t`This server listens on ${shown} twice`);
  else before.servers.push(server);
  if (isSet && before.isSet) say(t`Options of the socket ${shown} are set twice: give them in one "listen" only`);
  if (isDefault && before.hasDefault) say(t`${shown} has two default servers`);
  before.ssl ||= ssl;
  before.isSet ||= isSet;
  if (isDefault && !before.hasDefault) {
    before.hasDefault = true;
    before.defaultServer = server;
  }
}
