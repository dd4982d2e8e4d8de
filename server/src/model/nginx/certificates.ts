/** Certificates: a server that speaks TLS has one, and every certificate has its key. */
import type { Listening } from "./listens";
import { argument, type Block, type Reading, refuse, type Statement } from "./reading";

export function checkCertificates(servers: readonly Block[], listens: readonly Listening[], into: Reading): void {
  for (const server of servers) {
    if (!server.owner) continue;
    const certificates = all(server, "ssl_certificate");
    const keys = all(server, "ssl_certificate_key");
    const last = certificates.at(-1);
    if (last && keys.length < certificates.length)
      refuse(into, last, "This certificate has no key: add ssl_certificate_key", undefined, "nginx-missing-certificate", !seesHttp(server));
    const enable = nearest(server, "ssl");
    if (enable && argument(enable, 0).toLowerCase() === "on" && certificates.length === 0 && !rejects(server)) say(enable, server, into);
    const verify = nearest(server, "ssl_verify_client");
    const needsClient =
      verify && ["on", "optional"].includes(argument(verify, 0).toLowerCase()) && (certificates.length > 0 || rejects(server));
    if (
      needsClient &&
      !nearest(server, "ssl_client_certificate") &&
      !(into.options.release !== "1.22.1" && nearest(server, "ssl_trusted_certificate"))
    ) {
      refuse(into, verify, '"ssl_verify_client" needs ssl_client_certificate', undefined, "nginx-missing-certificate", !seesHttp(server));
    }
  }
  for (const one of listens) {
    if (!one.ssl || has(one.defaultServer)) continue;
    if (!rejects(one.defaultServer)) say(one.at, one.defaultServer, into);
    else for (const server of one.servers) if (!has(server) && !rejects(server)) say(one.at, server, into);
  }
}

const has = (server: Block): boolean => all(server, "ssl_certificate").length > 0;
const rejects = (server: Block): boolean => {
  const it = nearest(server, "ssl_reject_handshake");
  return it !== undefined && argument(it, 0).toLowerCase() === "on";
};

/** In a file that another one includes, the certificate or the default server may be elsewhere. */
function say(at: Statement, server: Block, into: Reading): void {
  const own = server.statements.find(
    (it) => it.directive.name.text === "listen" && it.directive.args.some((word) => word.text === "ssl" || word.text === "quic"),
  );
  const likely = !seesHttp(server) || !into.complete;
  if (!into.foreign)
    refuse(into, own ?? at, "This server speaks TLS but has no ssl_certificate", undefined, "nginx-missing-certificate", likely);
}

const seesHttp = (server: Block): boolean => server.outer?.context === "http" && server.outer.owner !== undefined;

/** The values of a list, which a block takes from around it only when it has none of its own. */
function all(server: Block, name: string): readonly Statement[] {
  for (let at: Block | undefined = server; at; at = at.outer) {
    const own = at.statements.filter((it) => it.directive.name.text === name);
    if (own.length > 0) return own;
  }
  return [];
}

const nearest = (server: Block, name: string): Statement | undefined => all(server, name)[0];
