/** `uwsgi-nginx check`: findings of folders and files, for people and for programs. */
import { relative, resolve } from "node:path";
import { type Diagnosis, diagnose } from "../../ide/diagnose";
import { type Fix, RANK, type Severity } from "../../rules/rule";
import { stackOf } from "../../stack/stack";
import { Lines } from "../../text/lines";
import type { Span } from "../../text/span";
import { pathOf } from "../../text/uri";
import { targetFrom } from "../../workspace/target";
import type { Workspace } from "../../workspace/workspace";
import { type CheckArguments, checkArguments } from "./arguments";
import { applySafeFixes } from "./fix";
import { kindOf, load, readText } from "./load";
import { report } from "./report";

export type Output = { out(text: string | Uint8Array): void; err(text: string): void };
export type Range = { readonly start: { line: number; character: number }; readonly end: { line: number; character: number } };

/** Returns the exit code: 0 nothing at the level or above, 1 something, 2 usage or reading failed. */
export function check(argv: readonly string[], io: Output): number {
  const args = checkArguments(argv);
  if (typeof args === "string") {
    io.err(`uwsgi-nginx check: ${args}\n`);
    return 2;
  }
  const paths = args.paths.length > 0 ? args.paths : ["."];
  for (const path of paths) {
    if (kindOf(path) !== undefined) continue;
    io.err(`uwsgi-nginx check: ${path}: no such file or folder\n`);
    return 2;
  }
  const loaded = load(paths);
  for (const file of loaded.unreadable) io.err(`uwsgi-nginx check: ${file}: not a readable regular file\n`);
  if (args.facts !== undefined && !takeFacts(args.facts, loaded.workspace, io)) return 2;
  if (args.fix) applySafeFixes(loaded, args, io);
  const findings = findingsOf(loaded.workspace, loaded.checked, args);
  const base = kindOf(paths[0] ?? ".") === "directory" ? resolve(paths[0] ?? ".") : resolve(paths[0] ?? ".", "..");
  io.out(report(findings, loaded, args, base));
  if (loaded.unreadable.length > 0) return 2;
  return findings.some((finding) => RANK[finding.severity] >= RANK[args.level]) ? 1 : 0;
}

export function takeFacts(file: string, workspace: Workspace, io: Output): boolean {
  try {
    workspace.target = targetFrom(JSON.parse(readText(file) ?? ""));
    return true;
  } catch {
    io.err(`uwsgi-nginx check: ${file}: not a JSON file of facts\n`);
    return false;
  }
}

export function findingsOf(workspace: Workspace, uris: readonly string[], args: Pick<CheckArguments, "levels">): Diagnosis[] {
  const context = { workspace, stack: stackOf(workspace) };
  const all: Diagnosis[] = [];
  for (const uri of uris) {
    const document = workspace.get(uri);
    if (!document) continue;
    const onError = (rule: { id: string }, error: unknown): void => {
      if (process.env.UWSGI_NGINX_DEBUG) process.stderr.write(`${rule.id}: ${uri}: ${error instanceof Error ? error.stack : error}\n`);
    };
    all.push(...diagnose(document, context, { levels: args.levels, onError }));
  }
  return all;
}

/** Ranges for the outside: zero-based, UTF-16. */
export function rangeOf(workspace: Workspace, uri: string, span: Span): Range {
  const lines = workspace.get(uri)?.lines ?? new Lines("");
  return { start: lines.position(span.start), end: lines.position(span.end) };
}

export const relativeTo = (base: string, uri: string): string => relative(base, pathOf(uri)).replaceAll("\\", "/");

export type { Diagnosis, Fix, Severity };
