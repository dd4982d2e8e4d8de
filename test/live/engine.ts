/** The engine under test, as its users run it: the command line, its JSON, its fixes. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inTurn } from "./stage";

type Position = { readonly line: number; readonly character: number };
type Edit = { readonly file: string; readonly range: { readonly start: Position; readonly end: Position }; readonly newText: string };
export type Fix = { readonly title: string; readonly safe: boolean; readonly edits: readonly Edit[] };
export type Finding = {
  readonly file: string;
  readonly range: Edit["range"];
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly fixes: readonly Fix[];
};
export type Files = Readonly<Record<string, string>>;

const cli = process.env.UWSGI_NGINX_CLI ?? fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** Findings about files given by their paths on the machine. */
export async function check(files: Files, facts: unknown): Promise<readonly Finding[]> {
  if (!existsSync(cli)) throw new Error(`${cli} is missing: npm run build`);
  const folder = mkdtempSync(join(tmpdir(), "uwsgi-nginx-live-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, "root", path)), { recursive: true });
      writeFileSync(join(folder, "root", path), text);
    }
    writeFileSync(join(folder, "facts.json"), JSON.stringify(facts));
    const said = await inTurn(() => run("check", "--format", "json", "--facts", join(folder, "facts.json"), join(folder, "root")));
    return (JSON.parse(said) as { findings: readonly Finding[] }).findings;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the command line prints. Exit code 1 only says that there are findings. */
function run(...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [cli, ...args], { timeout: 20_000, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error && error.code !== 1) reject(new Error(`${error.message} ${stderr}`));
      else resolve(stdout);
    });
  });
}

/** The files after a fix. A file that did not exist is created. */
export function apply(files: Files, fix: Fix): Files {
  const after: Record<string, string> = { ...files };
  const backwards = [...fix.edits].sort(
    (a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character,
  );
  for (const { file, range, newText } of backwards) {
    const path = `/${file.replace(/^\/+/, "")}`;
    const text = after[path] ?? "";
    after[path] = text.slice(0, offset(text, range.start)) + newText + text.slice(offset(text, range.end));
  }
  return after;
}

function offset(text: string, { line, character }: Position): number {
  let start = 0;
  for (let at = 0; at < line; at++) {
    const end = text.indexOf("\n", start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  return Math.min(text.length, start + character);
}
