// Inputs made to hurt, as real files: the command line and the language server end soon, say what is wrong, start nothing, and stay alive.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { CASES, type Hostile } from "./hostile/cases";
import { CAPABILITIES, overStdio } from "./support/lsp";

const root = join(import.meta.dirname, "..");
const cli = join(root, "dist/cli.js");
const server = join(root, "dist/server.js");
/** Milliseconds; generous, for shared machines. */
const SOON = 120_000;
const undo: (() => void)[] = [];

afterEach(() => {
  for (const one of undo.splice(0).reverse()) one();
}, SOON);

function folderOf({ files = {}, make, meanwhile }: Hostile): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "hostile-")));
  undo.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  chmodSync(folder, 0o755);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  make?.(folder);
  if (meanwhile) {
    const changing = spawn(process.execPath, ["-e", meanwhile], { cwd: folder, stdio: "ignore" });
    undo.push(() => void changing.kill("SIGKILL"));
  }
  return folder;
}

const NOBODY = 65_534;
const languageOf = (path: string): string => (/nginx/.test(path) ? "nginx" : /\.ini$|^uwsgi/.test(path) ? "uwsgi" : "plaintext");

/** Runs the command line; it has to end by itself. */
function run(one: Hostile, folder: string, ...args: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  const user = one.unprivileged && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 30,
    timeout: SOON,
    env: { ...process.env, UWSGI_NGINX_DEBUG: "1" },
    ...user,
  });
  expect({ signal, stderr: /\n\s+at .*:\d+/.test(stderr) ? stderr.slice(0, 2_000) : "" }).toEqual({ signal: null, stderr: "" });
  expect(existsSync(join(folder, "pwned"))).toBe(false);
  return { status, stdout };
}

type Found = { readonly code: string; readonly severity: string };

function expectFindings(one: Hostile, found: readonly Found[]): void {
  if (one.finds) expect(found.map(({ code }) => code)).toContain(one.finds);
  if (one.quiet) expect(found.filter(({ severity }) => severity === "error" || severity === "warning")).toEqual([]);
}

describe.each(CASES)("%s", (_, cases) => {
  test.each(cases)("$name: the command line", { timeout: 2 * SOON }, (one) => {
    const folder = folderOf(one);
    const { status, stdout } = run(one, folder, "check", ".", "--format", "json", "--no-config");
    expect([0, 1]).toContain(status);
    expectFindings(one, JSON.parse(stdout).findings);
    if (one.show) expect([0, 1]).toContain(run(one, folder, "show-config", one.show).status);
  });

  test.each(cases.filter((one) => !one.unprivileged))("$name: the language server", { timeout: 2 * SOON }, async (one) => {
    const folder = folderOf(one);
    const client = await overStdio([process.execPath, server, "--stdio"], {
      folders: [pathToFileURL(folder).href],
      capabilities: CAPABILITIES,
      settings: { diagnose: "workspace" },
    });
    const path = one.open === undefined ? Object.keys(one.files ?? {})[0] : one.open;
    if (path) {
      const uri = pathToFileURL(join(folder, path)).href;
      const first = client.diagnostics(uri, ({ version }) => version === 1);
      await client.open(uri, readFileSync(join(folder, path), "utf8"), languageOf(path));
      const { diagnostics } = await first;
      const severities = ["", "error", "warning", "info", "hint"];
      expectFindings(
        one,
        diagnostics.map(({ code, severity }) => ({ code: String(code), severity: severities[severity ?? 0] ?? "" })),
      );
      for (const method of ["hover", "completion", "documentSymbol", "codeLens", "semanticTokens/full"])
        await client.request(`textDocument/${method}`, { textDocument: { uri }, position: { line: 1, character: 1 } });
    }
    await client.request("workspace/symbol", { query: "a" });
    expect(client.logged).toEqual([]);
    expect(existsSync(join(folder, "pwned"))).toBe(false);
    await client.stop();
  });
});

test("the table of the documentation is this list: npx vitest run test/hostile.test.ts -u", async () => {
  const happens = ({ finds, quiet }: Hostile): string =>
    finds ? `\`${finds}\` tells of it` : quiet ? "nothing is said of what is not known" : "they end and answer, with findings or without";
  const by = ({ open, show, unprivileged }: Hostile): string =>
    [
      "`check`",
      show ? "`show-config`" : "",
      unprivileged ? "" : open === null ? "the language server on its folder" : "the language server",
    ]
      .filter(Boolean)
      .join(", ");
  const tables = CASES.map(
    ([title, cases]) =>
      `## ${title}\n| input | read by | what happens |\n|---|---|---|\n${cases.map((one) => `| ${one.name.replaceAll("|", "\\|")} | ${by(one)} | ${happens(one)} |\n`).join("")}`,
  );
  await expect(
    `# Hostile inputs\nMade from \`test/hostile/\`, where each row is tried with real files on the built programs: none crashes, hangs, starts a program or leaves its folder. Clients that break the rules of the protocol, and URIs of odd schemes and encodings, are tried in \`test/lsp/protocol-faults.test.ts\`.\n\n${tables.join("\n")}`,
  ).toMatchFileSnapshot(join(root, "docs/hostile-inputs.md"));
});
