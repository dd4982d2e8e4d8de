/** Certificates: a server that speaks TLS has one, and every certificate has its key. */
import { t } from "../../text/l10n";
import type { Listening } from "./listens";
import { argument, type Block, firstIn, listIn, nearestIn, type Reading, refuse, type Statement } from "./reading";
import { readValue } from "./variables";

export function checkCertificates(servers: readonly Block[], listens: readonly Listening[], into: Reading): void {
  const read = new Set<Statement>();
  for (const server of servers) {
    if (!server.owner) continue;
    const certificates = listIn(server, "ssl_certificate");
    const keys = listIn(server, "ssl_certificate_key");
    // nginx looks into the values only where there is a certificate.
    for (const it of certificates.length > 0 ? [...certificates, ...keys] : []) {
      if (!read.has(it)) readValue(it, into, it.directive.args[0]);
      read.add(it);
    }
    const last = certificates.at(-1);
    // Nobody keeps the key of a server's own certificate further out, in a file that is not seen.
    const likely = last?.block === server ? keys.length > 0 && !seesHttp(server) : !seesHttp(server);
    if (last && keys.length < certificates.length && !server.gap)
      refuse(into, last, t`This certificate has no key: add ssl_certificate_key`, undefined, "nginx-missing-certificate", {
        likely: likely || server.outer?.gap === true,
      });
    const enable = nearestIn(server, "ssl");
    if (enable && argument(enable, 0).toLowerCase() === "on" && certificates.length === 0 && !rejects(server)) say(enable, server, into);
    const verify = nearestIn(server, "ssl_verify_client");
    const needsClient =
      verify && ["on", "optional"].includes(argument(verify, 0).toLowerCase()) && (certificates.length > 0 || rejects(server));
    if (
      needsClient &&
      !nearestIn(server, "ssl_client_certificate") &&
      !(into.options.release !== "1.22.1" && nearestIn(server, "ssl_trusted_certificate"))
    ) {
      refuse(into, verify, t`"ssl_verify_client" needs ssl_client_certificate`, undefined, "nginx-missing-certificate", {
        likely: !seesHttp(server),
      });
    }
  }
  const bare = new Map<Block, Statement>();
  for (const one of listens) {
    if (!one.ssl || has(one.defaultServer)) continue;
    if (!rejects(one.defaultServer)) bare.set(one.defaultServer, one.at);
    else for (const server of one.servers) if (!has(server) && !rejects(server)) bare.set(server, one.at);
  }
  for (const [server, at] of bare) say(at, server, into);
}

/** The same for connections to upstreams that speak TLS. */
export function checkUpstreamCertificates(blocks: readonly Block[], names: ReadonlySet<string>, into: Reading): void {
  const handlers = SECURE.filter(({ handler }) => names.has(handler));
  for (const block of blocks) {
    for (const { module, handler, secure } of handlers) {
      const pass = firstIn(block, handler);
      if (!pass || !secure.test(argument(pass, 0))) continue;
      const certificate = nearestIn(block, `${module}_ssl_certificate`);
      if (certificate && argument(certificate, 0) !== "" && !nearestIn(block, `${module}_ssl_certificate_key`)) {
        refuse(
          into,
          certificate,
          t`This certificate has no key: add ${module}_ssl_certificate_key`,
          undefined,
          "nginx-missing-certificate",
          { likely: !into.complete },
        );
      }
      const verify = nearestIn(block, `${module}_ssl_verify`);
      if (verify && argument(verify, 0).toLowerCase() === "on" && !nearestIn(block, `${module}_ssl_trusted_certificate`)) {
        refuse(into, verify, t`"${module}_ssl_verify" needs ${module}_ssl_trusted_certificate`, undefined, "nginx-missing-certificate", {
          likely: !into.complete,
        });
      }
    }
  }
}

const SECURE = [
  { module: "proxy", handler: "proxy_pass", secure: /^https:|\$/i },
  { module: "uwsgi", handler: "uwsgi_pass", secure: /^suwsgi:|\$/i },
  { module: "grpc", handler: "grpc_pass", secure: /^grpcs:|\$/i },
];

const has = (server: Block): boolean => listIn(server, "ssl_certificate").length > 0;
const rejects = (server: Block): boolean => {
  const it = nearestIn(server, "ssl_reject_handshake");
  return it !== undefined && argument(it, 0).toLowerCase() === "on";
};

/** What is included unseen is most often the certificate. Without it, the default server may still be in another file. */
function say(at: Statement, server: Block, into: Reading) {
  if (into.foreign || server.gap || server.outer?.gap) return;
  const own = server.statements.find(
    (it) => it.directive.name.text === "listen" && it.directive.args.some((word) => word.text === "ssl" || word.text === "quic"),
  );
  const likely = !seesHttp(server) || !into.complete;
  refuse(into, own ?? at, t`This server speaks TLS but has no ssl_certificate`, undefined, "nginx-missing-certificate", { likely });
}

const seesHttp = (server: Block): boolean => server.outer?.context === "http" && server.outer.owner !== undefined;
