// Eight times as many files take about eight times as long, in every shape of a workspace and in single large files. Processor time, not the clock.
import { describe, expect, test } from "vitest";
import { namesUpTo, SHAPES } from "../../bench/workspace.mjs";
import { diagnose } from "../../server/src/ide/diagnose";
import { stackOf } from "../../server/src/stack/stack";
import { Workspace } from "../../server/src/workspace/workspace";

const ROOT = "file:///w";

function cost(files: Iterable<readonly [string, string]>): number {
  const workspace = new Workspace([ROOT]);
  const from = process.cpuUsage();
  for (const [path, text] of files) workspace.set(`${ROOT}/${path}`, text);
  for (const document of workspace.documents) diagnose(document, { workspace, stack: stackOf(workspace) });
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

/** So many times as large is `large`. Far enough from what is quadratic (64) that a busy machine does not matter. */
const TIMES = 8;
const MOST = 24;

/** How much more `large` costs. The first run warms up; then the least of several counts in turn, because others use the machine too. */
function growth(files: (count: number) => Iterable<readonly [string, string]>, small: number): number {
  cost(files(small));
  let [least, most] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let count = 0; count < 3 && (count === 0 || most / Math.max(5, least) > TIMES); count++) {
    least = Math.min(least, cost(files(small)));
    most = Math.min(most, cost(files(small * TIMES)));
  }
  return most / Math.max(5, least);
}

describe("a workspace of eight times the size", () => {
  test.each(Object.keys(SHAPES))(
    "%s",
    (shape) => {
      expect(growth((count) => SHAPES[shape]?.(namesUpTo(count)) ?? [], 100)).toBeLessThan(MOST);
    },
    120_000,
  );

  test("a chain of includes, each of which may be started by itself", () => {
    const chain = (count: number) =>
      namesUpTo(count).map((_, at) => [`a${at}.ini`, `[uwsgi]\nini = a${at + 1}.ini\nsocket = /run/${at}.sock\n`] as const);
    expect(growth(chain, 300)).toBeLessThan(MOST);
  }, 120_000);
});

const repeated = (text: string) => (count: number) => text.repeat(count);
const LARGE: Record<string, readonly [path: string, text: (lines: number) => string]> = {
  "options of uWSGI": ["a/uwsgi.ini", (count) => `[uwsgi]\n${repeated("env = A=%(b)\n# x\nsocket = /run/x.sock\n")(count)}`],
  "unknown options": [
    "a/uwsgi.ini",
    (count) => `[uwsgi]\n${Array.from({ length: count }, (_, index) => `bogus-${index} = $(X)\n`).join("")}`,
  ],
  "sections of uWSGI": [
    "a/uwsgi.ini",
    (count) => Array.from({ length: count }, (_, index) => `[s${index}]\nsocket = :${index}\n`).join(""),
  ],
  "routes of uWSGI": [
    "a/uwsgi.ini",
    (count) => `[uwsgi]\n${repeated("route-if = equal:${PATH_INFO};/x goto:y\nroute-label = y\n")(count)}`,
  ],
  "lines of nginx": ["a/nginx.conf", (count) => `http {\n${repeated("  add_header X-A $host always;\n")(count)}}\n`],
  "servers of nginx": [
    "a/nginx.conf",
    (count) => `http {\n${repeated("  server { listen 80; server_name a; location / { uwsgi_pass x:1; } }\n")(count)}}\n`,
  ],
  "locations of nginx": [
    "a/nginx.conf",
    (count) =>
      `server {\n${Array.from({ length: count }, (_, index) => `  location /p${index} { uwsgi_pass unix:/run/${index}.sock; include uwsgi_params; }\n`).join("")}}\n`,
  ],
  "regular expressions of nginx": [
    "a/nginx.conf",
    (count) =>
      `server {\n${Array.from({ length: count }, (_, index) => `  location ~ ^/p${index}(?<a${index}>.*)$ { return 200 $a${index}; }\n`).join("")}}\n`,
  ],
  "lines of a map": [
    "a/nginx.conf",
    (count) => `map $host $x {\n${Array.from({ length: count }, (_, index) => `  h${index} ${index};\n`).join("")}}\n`,
  ],
  "servers of an upstream": [
    "a/nginx.conf",
    (count) => `upstream x {\n${repeated("  server a:1;\n")(count)}}\nserver { location / { uwsgi_pass x; } }\n`,
  ],
  "open blocks of nginx": ["a/nginx.conf", (count) => `http {\n${repeated("server {\n")(Math.min(count, 5_000))}`],
  "broken words of nginx": ["a/nginx.conf", (count) => `http {\n${repeated("listen 80\n}\n{ ;\n")(count)}`],
};

describe("a file of eight times the length", () => {
  test.each(Object.entries(LARGE))(
    "%s",
    (_, [path, text]) => {
      expect(growth((count) => [[path, text(count)]], 500)).toBeLessThan(MOST);
    },
    120_000,
  );
});
