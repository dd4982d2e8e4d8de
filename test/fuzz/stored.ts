// Inputs that once failed: kept beside the fixtures, played again by every test run.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Case } from "./cases";

const folderIn = (root: string): string => join(root, "test/fixtures/fuzz");

/** `says`: what went wrong at the time. */
export type Stored = Case & { readonly says: string };

export function stored(root: string): readonly (readonly [name: string, found: Stored])[] {
  const folder = folderIn(root);
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => [name, JSON.parse(readFileSync(join(folder, name), "utf8"))]);
}

export function store(root: string, found: Stored): void {
  mkdirSync(folderIn(root), { recursive: true });
  writeFileSync(join(folderIn(root), `case-${found.seed}.json`), `${JSON.stringify(found, null, 1)}\n`);
}
