// What a program is asked that somebody names as their uWSGI.
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { askUwsgi } from "../client/src/ask-uwsgi";

const folder = mkdtempSync(join(tmpdir(), "uwsgi-nginx-installed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, lines: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}
const HELP = "    -s|--socket    bind\n    --ini    load\n";
const answering = (version: string, help: string): string =>
  `case "$1" in --version) echo "${version}" ;; --help) printf '%s' '${help}' ;; *) exit 9 ;; esac`;

test.skipIf(process.platform === "win32")("programs that answer", async () => {
  expect(await askUwsgi(program("pip", answering("2.0.28", HELP)))).toEqual({ version: "2.0.28", suffix: "", help: HELP, cflags: "" });
  const debian = await askUwsgi(program("debian of somebody; echo x", answering("2.0.21-debian", HELP)));
  expect([debian?.version, debian?.suffix]).toEqual(["2.0.21", "-debian"]);
  expect((await askUwsgi(program("next", answering("2.1-dev-abc", HELP))))?.version).toBe("2.1-dev");
});

test.skipIf(process.platform === "win32")("programs that do not", async () => {
  expect(await askUwsgi(join(folder, "missing"))).toBeUndefined();
  expect(await askUwsgi(program("other", "echo hello"))).toBeUndefined();
  expect(await askUwsgi(program("failing", `${answering("2.0.28", HELP)}; exit 1`))).toBeUndefined();
  expect(await askUwsgi(program("loud", "while :; do echo 2.0.28; done"))).toBeUndefined();
});

test.skipIf(!existsSync("/usr/bin/uwsgi"))("the one of this machine", async () => {
  const found = await askUwsgi("/usr/bin/uwsgi");
  expect(found?.version).toMatch(/^2\.\d/);
  expect(found?.cflags).toContain("-DUWSGI_VERSION");
  expect(found?.help.split("\n").length).toBeGreaterThan(700);
});
