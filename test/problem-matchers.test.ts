import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const { problemPatterns, problemMatchers } = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")).contributes;
const nginx = new RegExp(problemPatterns[0].regexp);
const python: readonly RegExp[] = problemMatchers[1].pattern.map((one: { regexp: string }) => new RegExp(one.regexp));

it.each([
  [
    'nginx: [emerg] unknown directive "uwsgi_pas" in /etc/nginx/conf.d/app.conf:6',
    'unknown directive "uwsgi_pas"',
    "/etc/nginx/conf.d/app.conf",
    "6",
  ],
  [
    '2026/01/02 03:04:05 [emerg] 12#12: invalid host in upstream "/run/app.sock" in /etc/nginx/nginx.conf:31',
    'invalid host in upstream "/run/app.sock"',
    "/etc/nginx/nginx.conf",
    "31",
  ],
])("%s leads to its line", (line, ...parts) => {
  expect(nginx.exec(line)?.slice(1)).toEqual(parts);
});

it("other lines of nginx lead nowhere", () => {
  expect(nginx.test("nginx: configuration file /etc/nginx/nginx.conf test failed")).toBe(false);
  expect(nginx.test("2026/01/02 03:04:05 [notice] 1#1: signal process started")).toBe(false);
});

it("a traceback leads to the line that failed", () => {
  const lines = ['  File "/srv/app/app.py", line 3, in <module>', "    import flsk", "ModuleNotFoundError: No module named 'flsk'"];
  expect(python.map((pattern, index) => pattern.exec(lines[index] ?? "")?.slice(1))).toEqual([["/srv/app/app.py", "3"], [], [lines[2]]]);
});
