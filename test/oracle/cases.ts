/** The recorded cases: what uWSGI 2.0.21 did with each of the files in test/fixtures/oracle. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export type Case = { readonly folder: string; readonly number: string; readonly title: string; readonly file: string };
export type Recorded = {
  readonly code: number /** Undefined when uWSGI did not come as far as the list. */;
  readonly options: readonly string[] | undefined;
};

export const FIXTURES = resolve(import.meta.dirname, "../fixtures/oracle");
export const VARIABLES = { ORACLE_ENV: "envval", ORACLE_KEY: "foo", ORACLE_FILE: "files/data.txt" };

export function casesIn(folder: string): readonly Case[] {
  const index = join(folder, "INDEX.tsv");
  if (!existsSync(index)) return [];
  return readFileSync(index, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [number = "", title = "", options = ""] = line.split("\t");
      const section = /^section=(.*)$/.exec(options)?.[1];
      return { folder, number, title, file: section === undefined ? `${number}.ini` : `${number}.ini:${section}` };
    });
}

export function recorded({ folder, number }: Case): Recorded {
  const lines = readFileSync(join(folder, `${number}.expected`), "latin1")
    .replaceAll("<CWD>", folder)
    .split("\n");
  const options = lines.filter((line) => line.startsWith("opt ")).map((line) => line.slice("opt ".length));
  return {
    code: Number(/^exit (\d+)/.exec(lines[0] ?? "")?.[1]),
    options: lines.includes("(no configuration printed)") ? undefined : options,
  };
}

/** The lines between the section header and the end, of a list of options. */
export const optionsOf = (text: string | undefined): readonly string[] | undefined => text?.split("\n").slice(2, -2);
