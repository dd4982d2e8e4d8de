/** Moves a configuration to the machine of the tests: files, users and hosts that it names are replaced by some that exist. Lines stay. */
import { existsSync } from "node:fs";
import { parseNginx } from "../../../server/src/syntax/nginx";
import { flatten, type Word } from "../../../server/src/syntax/tree";
import { applyEdits, type Edit } from "../../../server/src/text/span";

const FILES =
  /^(?:ssl_certificate|ssl_client_certificate|ssl_trusted_certificate|(?:proxy|uwsgi|grpc)_ssl_(?:certificate|trusted_certificate))$/;
const KEYS = /^(?:\w+_)?ssl_certificate_key$/;
const DROPPED =
  /^(?:include|ssl_dhparam|ssl_crl|ssl_password_file|ssl_session_ticket_key|ssl_stapling_file|(?:proxy|uwsgi|grpc)_ssl_(?:crl|password_file)|lock_file|pid|daemon|ssl_engine)$/;

export function moveHere(text: string, folder: string): string {
  const tree = parseNginx(text);
  const all = flatten(tree.directives).map((it) => it.directive);
  const upstreams = new Set(all.filter((it) => it.name.text === "upstream").map((it) => it.args[0]?.text.toLowerCase()));
  const edits: Edit[] = [];
  const put = (word: Word | undefined, value: string) => word && edits.push({ span: word.span, text: value });
  for (const it of all) {
    const name = it.name.text;
    const [first, second] = it.args;
    if (!first) continue;
    if ((DROPPED.test(name) || (name === "load_module" && !existsSync(first.text))) && !it.bodySpan && it.args.length === 1) {
      const lines = text.slice(it.span.start, it.span.end).replace(/[^\n]/g, " ");
      edits.push({ span: it.span, text: lines });
    } else if (KEYS.test(name) && !first.text.includes("$")) put(first, `${folder}/key.pem`);
    else if (FILES.test(name) && !first.text.includes("$")) put(first, `${folder}/certificate.pem`);
    else if ((name === "access_log" || name === "error_log") && !/^(?:off|syslog:|memory:|stderr)|\$/.test(first.text))
      put(first, first.text === "/dev/null" ? first.text : `${folder}/logs/${clean(first.text)}`);
    else if (name === "user") {
      put(first, "root");
      put(second, "root");
    } else if (/_(?:temp|cache)_path$/.test(name)) put(first, `${folder}/cache/${clean(first.text)}`);
    else if (/_pass$/.test(name) && it.args.length === 1 && !first.text.includes("$")) put(first, movePass(first.text, upstreams));
    else if (name === "server" && !it.bodySpan) put(first, moveAddress(first.text));
    else if (name === "resolver") for (const word of it.args) if (/^[a-z][\w.-]*(?::\d+)?$/i.test(word.text)) put(word, "127.0.0.53");
    if (name === "listen") put(first, moveListen(first.text, folder));
    if (name === "set_real_ip_from" && /^[a-z][\w.-]*$/i.test(first.text)) put(first, "127.0.0.1");
    if ((name === "access_log" || name === "error_log") && first.text.startsWith("syslog:"))
      put(first, first.text.replace(/server=[a-z][\w.-]*/i, "server=127.0.0.1"));
  }
  return applyEdits(text, edits);
}

const clean = (path: string): string => path.replace(/[^a-z0-9.]+/gi, "-").slice(-80) || "x";
const isName = (host: string): boolean => /^[a-z_][\w.-]*$/i.test(host) || /^\d[\w.-]*[a-z][\w.-]*$/i.test(host);

function moveAddress(text: string): string {
  if (/^unix:/i.test(text)) return text;
  const [host = "", ...rest] = text.split(":");
  return isName(host) ? ["127.0.0.1", ...rest].join(":") : text;
}

function movePass(text: string, upstreams: ReadonlySet<string | undefined>): string {
  const [, scheme = "", target = ""] = /^(\w+:\/\/)?(.*)$/s.exec(text) ?? [];
  const host = /^[^:/?]*/.exec(target)?.[0] ?? "";
  if (/^unix:/i.test(target) || upstreams.has(host.toLowerCase())) return text;
  return isName(host) && /[:/]/.test(`${target.slice(host.length)}${scheme}`)
    ? scheme + moveAddress(host) + target.slice(host.length)
    : text;
}

function moveListen(text: string, folder: string): string {
  if (/^unix:./i.test(text)) return `unix:${folder}/${clean(text)}`;
  const host = /^(\d+)\.(\d+)\.(\d+)\.(\d+)(?=:|$)/.exec(text);
  if (host && host[1] !== "0" && host.slice(1).every((octet) => Number(octet) < 256))
    return text.replace(host[0], `127.${host[2]}.${host[3]}.${host[4]}`);
  if (/^[a-z][\w.-]*(?::\d+)?$/i.test(text)) return text.replace(/^[^:]*/, "127.0.0.1");
  return /^\[[0-9a-f:]+\]/i.test(text) && !/^\[::1?\]/.test(text) ? text.replace(/^\[[^\]]*\]/, "[::1]") : text;
}
