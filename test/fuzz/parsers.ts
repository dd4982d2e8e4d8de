// Every reader of text, and what has to hold for whatever it is given: it returns, its places lie in the text, and no text is lost between its tokens.
import { symptomsIn } from "../../server/src/facts/symptoms";
import { buildFromHelp } from "../../server/src/facts/uwsgi-build";
import { checkValue } from "../../server/src/facts/uwsgi-values";
import { formatNginx } from "../../server/src/ide/format-nginx";
import { formatUwsgi } from "../../server/src/ide/format-uwsgi";
import { Document } from "../../server/src/model/document";
import { type LanguageId, languageOf } from "../../server/src/model/language";
import { parseAddress } from "../../server/src/model/nginx/address";
import { readRegex } from "../../server/src/model/nginx/regex";
import { nginxTarget, uwsgiAddress } from "../../server/src/stack/address";
import { deploymentOf } from "../../server/src/stack/deployment";
import { joinLines } from "../../server/src/syntax/magic";
import { parseNginx } from "../../server/src/syntax/nginx";
import { flatten, type Tree } from "../../server/src/syntax/tree";
import { parseUwsgiBytes, parseUwsgiFile, sectionOf, type UwsgiFormat } from "../../server/src/syntax/uwsgi-formats";
import { parseUwsgiIni } from "../../server/src/syntax/uwsgi-ini";
import { parseOwnYaml } from "../../server/src/syntax/uwsgi-yaml-own";
import { Lines } from "../../server/src/text/lines";
import { applyEdits, type Span } from "../../server/src/text/span";

/** Throws when something does not hold. */
type Check = (text: string) => void;

const fail = (what: string): never => {
  throw new Error(what);
};

/** Every place of a result, however deep it hangs, lies in the text. Without recursion: depth is the input's. */
function checkPlaces(result: unknown, length: number): void {
  const seen = new Set<object>();
  const pending: unknown[] = [result];
  for (let next = pending.pop(); pending.length > 0 || next !== undefined; next = pending.pop()) {
    if (typeof next !== "object" || next === null || seen.has(next)) continue;
    seen.add(next);
    if ("start" in next && typeof next.start === "number" && "end" in next && typeof next.end === "number")
      if (!(next.start >= 0 && next.start <= next.end && next.end <= length)) fail(`place ${next.start}..${next.end} of ${length}`);
    pending.push(...(next instanceof Map ? next.values() : Object.values(next)));
  }
}

/** Tokens come one after the other; what stands between them is blanks and signs of the language. A region of a template may lie in a word. */
function checkLossless(text: string, tree: Tree, isNothing: (between: string) => boolean): void {
  const all = flatten(tree.directives).map(({ directive }) => directive);
  const words = all.flatMap((one) => [one.name, ...one.args, ...(one.raw ? [one.raw] : [])]).map(({ span }) => span);
  const spans: readonly Span[] = [...words, ...tree.comments, ...(tree.templates ?? [])].sort((a, b) => a.start - b.start || b.end - a.end);
  let done = 0;
  for (const { start, end } of [...spans, { start: text.length, end: text.length }]) {
    if (start < done && end <= done) continue;
    if (start < done) fail(`tokens overlap at ${start}`);
    const between = text.slice(done, start);
    if (!isNothing(between)) fail(`lost before ${start}: ${JSON.stringify(between.slice(0, 80))}`);
    done = end;
  }
}

const uwsgi =
  (format: UwsgiFormat): Check =>
  (text) => {
    const tree = parseUwsgiFile(format, text);
    checkPlaces(tree, text.length);
    for (const asked of ["", "two"]) sectionOf(format, tree, asked);
    parseUwsgiBytes(format, joinLines(text));
  };

const deployed =
  (path: string, language: LanguageId): Check =>
  (text) =>
    checkPlaces(deploymentOf(new Document(`file:///w/${path}`, text, language)), text.length);

/** A format that is applied twice changes nothing the second time. */
const settles = (text: string, format: (text: string) => string): void => {
  const once = format(text);
  if (format(once) !== once) fail("formatting twice is not formatting once");
};

/** A quote without an end, where a directive begins, is reported and left out. */
const isBlock = (between: string): boolean => /^[\s{};"']*$/.test(between);
/** A zero byte hides the rest of its line; a header without its bracket loses its last letter. */
const isIni = (between: string): boolean => /^.?$/su.test(between.replace(/\0(?:%[\s\S]|[^\n%])*/g, "").replace(/[=[\] \t\r\n%]/g, ""));
const VALUES = [
  "socket",
  "cache2",
  "route",
  "cron",
  "cron2",
  "chmod-socket",
  "log-format",
  "http",
  "buffer-size",
  "env",
  "hook-asap",
  "mule",
];

export const PARSERS: Readonly<Record<string, Check>> = {
  nginx(text) {
    const tree = parseNginx(text);
    checkPlaces(tree, text.length);
    checkLossless(text, tree, isBlock);
  },
  "uwsgi ini"(text) {
    uwsgi("ini")(text);
    checkLossless(text, parseUwsgiIni(text), isIni);
  },
  "uwsgi yaml": uwsgi("yaml"),
  "uwsgi yaml without libyaml": (text) => {
    const tree = parseOwnYaml(joinLines(text));
    checkPlaces(tree, text.length);
    sectionOf("yaml", tree, "two");
  },
  "uwsgi --help": (text) => void buildFromHelp(`${text}\n    --socket  x\n    --ini  y\n${text}`, "2.0.30", `-DUWSGI_VERSION ${text}`),
  "uwsgi json": uwsgi("json"),
  "uwsgi xml": uwsgi("xml"),
  systemd: deployed("app.service", "systemd"),
  supervisor: deployed("supervisor.conf", "supervisor"),
  compose: deployed("compose.yaml", "compose"),
  kubernetes: deployed("k8s.yaml", "kubernetes"),
  dockerfile: deployed("Dockerfile", "dockerfile"),
  tmpfiles: deployed("tmpfiles.d/app.conf", "tmpfiles"),
  crontab: deployed("crontab", "crontab"),
  shell: deployed("run.sh", "shell"),
  other: deployed("job.conf", "other"),
  language: (text) => void ["a.ini", "a.conf", "a.yaml", "a", "uwsgi.xml", "b.service"].map((path) => languageOf(path, text)),
  lines(text) {
    const lines = new Lines(text);
    for (const offset of [0, text.length >> 1, text.length]) lines.position(offset);
  },
  "nginx format": (text) => settles(text, (one) => applyEdits(one, formatNginx(one, { tabSize: 4, insertSpaces: true }))),
  "uwsgi format": (text) => settles(text, (one) => applyEdits(one, formatUwsgi(one))),
  regex: readRegex,
  address(text) {
    parseAddress(text);
    nginxTarget(text);
    uwsgiAddress(text, []);
  },
  "option values": (text) => void VALUES.map((option) => checkValue(option, text, "2.0.30")),
  log: symptomsIn,
};
