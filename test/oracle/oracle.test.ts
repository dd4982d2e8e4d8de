/** Our reading of uWSGI's configuration against uWSGI itself: the list of options, and whether it refuses to start. */
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { casesIn, FIXTURES, optionsOf, recorded, VARIABLES } from "./cases";
import { type Configuration, configuration } from "./configurations";
import { formatFiles } from "./formats";
import { shown, shrink } from "./shrink";
import { askOurs, askUwsgi, difference, environmentOf } from "./uwsgi";

const beside = resolve(import.meta.dirname, "../../../shared");
// uWSGI names files by their real paths.
const shared = existsSync(beside) ? realpathSync(beside) : beside;

describe.each([FIXTURES, join(shared, "oracle-cases")].filter((folder) => existsSync(folder)))("recorded cases in %s", (folder) => {
  test.each(casesIn(folder))("$number $title", async (one) => {
    const environment = environmentOf(VARIABLES);
    const [real, ours, record] = [await askUwsgi(folder, one.file, environment), askOurs(folder, one.file, environment), recorded(one)];
    expect(ours.text).toBe(real.text);
    expect(ours.refused).toBe(real.refused);
    expect(optionsOf(ours.text)).toEqual(record.options);
  });
});

const corpus = join(shared, "corpus");

function uwsgiFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => /^\s*\[uwsgi\]/m.test(readFileSync(file, "latin1")));
}

test.skipIf(!existsSync(corpus))("files of real projects", { timeout: 120_000 }, async () => {
  const files = uwsgiFiles(corpus);
  const different: string[] = [];
  for (const file of files) {
    const environment = environmentOf({});
    const name = file.slice(dirname(file).length + 1);
    const [real, ours] = [await askUwsgi(dirname(file), name, environment), askOurs(dirname(file), name, environment)];
    if (real.text !== ours.text || real.refused !== ours.refused) different.push(relative(corpus, file));
  }
  console.log(`files of real projects: ${files.length - different.length} of ${files.length} equal`);
  expect(different).toEqual([]);
});

const formats = JSON.parse(readFileSync(join(FIXTURES, "formats.json"), "utf8")) as Record<string, string[]>;
const SECTIONS: Readonly<Record<string, string>> = { yaml: ":two", json: ":other", xml: ":two" };

describe.each(Object.keys(formats))("%s", (extension) => {
  test.each((formats[extension] ?? []).flatMap((text) => ["", SECTIONS[extension]].map((section) => ({ text, section }))))(
    "$text $section",
    async ({ text, section }) => {
      const files = { [`file.${extension}`]: Buffer.from(text, "utf8").toString("latin1"), "x.ini": "[uwsgi]\nk=5\n" };
      expect(await difference(files, `file.${extension}${section}`, { ONE: "1" })).toBeUndefined();
    },
  );
});

const RUNS = Number(process.env.ORACLE_RUNS ?? 2000);
/** New ones each time; the same where a result decides over a change, so that chance does not. */
const SEED = Number(process.env.ORACLE_SEED ?? (process.env.CI ? 894_793_609 : Math.floor(Math.random() * 1e9)));
const AT_ONCE = 2;
/** Nine hundred and ninety-nine of a thousand must be equal; the reasons of the rest belong into `EXPLAINED`. */
const MOST_DIFFERENT = Math.floor(RUNS / 1000);
/** Differences that are known: a text of the real log and why we do not follow it. */
const EXPLAINED: readonly (readonly [pattern: RegExp, reason: string])[] = [];

test(`${RUNS} configurations made at random`, { timeout: 600_000 }, async () => {
  const all = fc.sample(configuration, { numRuns: RUNS, seed: SEED });
  const different: Configuration[] = [];
  const waiting = [...all];
  const work = async (): Promise<void> => {
    for (let one = waiting.pop(); one; one = waiting.pop()) if (await isDifferent(one)) different.push(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  console.log(`seed ${SEED}: ${RUNS - different.length} of ${RUNS} equal\n${reached(all)}`);
  const smallest = await Promise.all(different.slice(0, 5).map(shrink));
  for (const one of smallest) console.log(`${shown(one)}\n${await difference(one.files, one.file, one.variables)}`);
  expect(different.length).toBeLessThanOrEqual(MOST_DIFFERENT);
});

const FORMAT_RUNS = Math.ceil(RUNS / 5);

test.each(Object.entries(formatFiles))(
  `${FORMAT_RUNS} files of another format made at random: %s`,
  { timeout: 300_000 },
  async (extension, file) => {
    const waiting = fc.sample(file, { numRuns: FORMAT_RUNS, seed: SEED });
    const different: string[] = [];
    const work = async (): Promise<void> => {
      for (let one = waiting.pop(); one; one = waiting.pop()) {
        const files = { [`file.${extension}`]: Buffer.from(one.text, "utf8").toString("latin1") };
        const found = await difference(files, `file.${extension}${one.section}`, { ONE: "1" });
        if (found !== undefined) different.push(`${JSON.stringify(one)}\n${found}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const equal = FORMAT_RUNS - different.length;
    console.log([`seed ${SEED}: ${equal} of ${FORMAT_RUNS} ${extension} files equal`, ...different.slice(0, 5)].join("\n"));
    expect(different.length).toBeLessThanOrEqual(Math.floor(FORMAT_RUNS / 1000));
  },
);

async function isDifferent(one: Configuration): Promise<boolean> {
  const text = await difference(one.files, one.file, one.variables);
  return text !== undefined && !EXPLAINED.some(([pattern]) => pattern.test(text));
}

/** How many configurations hold each construct. */
function reached(all: readonly Configuration[]): string {
  const counts = new Map<string, number>();
  for (const { seen } of all) for (const name of new Set(seen)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const lines = [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => `${String(count).padStart(6)}  ${name}`);
  if (RUNS >= 1000) for (const [name, count] of counts) expect(count, `configurations with ${name}`).toBeGreaterThan(RUNS / 500);
  return lines.join("\n");
}
