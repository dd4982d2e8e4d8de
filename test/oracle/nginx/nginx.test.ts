// The engine against the real nginx: whether it accepts a configuration, and which line it complains about.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allModules } from "../../../server/src/facts/nginx";
import { buildFrom } from "../../../server/src/facts/nginx-build";
import { formatNginx } from "../../../server/src/ide/format-nginx";
import { languageOf } from "../../../server/src/model/language";
import { isTemplated } from "../../../server/src/model/nginx/reading";
import { RULES } from "../../../server/src/rules/index";
import { parseNginx } from "../../../server/src/syntax/nginx";
import { applyEdits } from "../../../server/src/text/span";
import { DEBIAN, hasNginx, type Machine, makeMachine, versionOf } from "./ask";
import { type Comparison, compare, type Difference, wrap } from "./compare";
import { oneForm } from "./forms";
import { moveHere } from "./move";
import { mutate, random } from "./mutate";
import { oneStatement } from "./statements";

const root = join(__dirname, "../../..");
const RUNS = Number(process.env.ORACLE_RUNS ?? 2_000);
const SEED = Number(process.env.ORACLE_SEED ?? 20_240);

type Case = { readonly name: string; readonly text: string };

const fixtures: readonly Case[] = readdirSync(join(root, "test/fixtures/nginx"))
  .filter((file) => file.endsWith(".conf"))
  .map((file) => ({ name: file, text: readFileSync(join(root, "test/fixtures/nginx", file), "utf8") }));

/** Debian has stream in a package of its own. */
const STREAM = ["/usr/lib/nginx/modules/ngx_stream_module.so"].find((path) => existsSync(path));

/** Single files of nginx in the examples of the rules. */
const examples: readonly Case[] = RULES.flatMap((rule) =>
  rule.examples.flatMap(({ files }, index) =>
    Object.entries(files).flatMap(([path, text]) =>
      languageOf(path, text) === "nginx" ? [{ name: `${rule.id} ${index + 1} ${path}`, text }] : [],
    ),
  ),
);

/** Real configurations, where they lie beside the project. */
function corpus(): readonly Case[] {
  const folder = join(root, "../shared/corpus");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true }).map((file) => join(folder, String(file)));
  return files.flatMap((file) => {
    if (!statSync(file).isFile() || statSync(file).size > 200_000) return [];
    const text = readFileSync(file, "utf8");
    const plain = languageOf(file, text) === "nginx" && !isTemplated(text) && !parseNginx(text).templates?.length;
    return plain ? [{ name: relative(folder, file), text }] : [];
  });
}

const show = (name: string, { kind, nginx, ours }: Difference): string =>
  `${kind} in ${name}\n  nginx: ${nginx}\n  ours:  ${ours.join("\n         ") || "ok"}`;

describe.skipIf(!hasNginx() || versionOf() !== DEBIAN.release)("nginx -t", () => {
  let machine: Machine;
  beforeAll(() => {
    machine = makeMachine();
  });
  afterAll(() => machine.remove());

  const ask = (text: string): Comparison => {
    const here = moveHere(text, machine.folder);
    return compare(here, machine.ask(here));
  };

  it("is built as is known of Debian's package", () => {
    const told = buildFrom([spawnSync("nginx", ["-V"], { encoding: "utf8" }).stderr]);
    const modules = [...allModules()].filter((module) => !/kqueue|devpoll|eventport|iocp/.test(module));
    expect(modules.filter((module) => told(module) !== DEBIAN.build(module))).toEqual([]);
  });

  it("accepts the configurations of the tests, and so does the engine", () => {
    for (const { name, text } of fixtures) expect({ name, ...ask(wrap(text)) }).toEqual({ name, outcome: "accepted" });
  });

  it("says the same of the examples of the rules", () => {
    const differences = examples.flatMap(({ name, text }) => {
      const { difference } = ask(wrap(text));
      return difference ? [show(name, difference)] : [];
    });
    expect(differences).toEqual([]);
  });

  it("says the same of real configurations", () => {
    const differences = corpus().flatMap(({ name, text }) => {
      const { difference } = ask(wrap(text));
      return difference ? [show(name, difference)] : [];
    });
    expect(differences).toEqual([]);
  }, 300_000);

  it("accepts what the formatter makes of accepted configurations", () => {
    const options = { tabSize: 4, insertSpaces: true };
    const refused = [...fixtures, ...corpus()].filter(({ text }) => {
      const here = moveHere(wrap(text), machine.folder);
      return machine.ask(here).accepted !== machine.ask(applyEdits(here, formatNginx(here, options))).accepted;
    });
    expect(refused.map(({ name }) => name)).toEqual([]);
  }, 300_000);

  it(`says the same of ${RUNS} changed configurations and single statements`, () => {
    const next = random(SEED);
    const bases = [...fixtures, ...corpus()]
      .map(({ text }) => moveHere(wrap(text), machine.folder))
      .filter((text) => machine.ask(text).accepted);
    const counts = { accepted: 0, refused: 0, "of the machine": 0 };
    const differences: string[] = [];
    for (let run = 0; run < RUNS; run++) {
      const base = bases[Math.floor(next() * bases.length)] ?? "";
      const made = run % 4 === 2 ? oneStatement(next) : run % 4 === 3 ? oneForm(next, STREAM) : undefined;
      const { kind, text } = made === undefined ? mutate(base, next) : { kind: "statement", text: moveHere(made, machine.folder) };
      const { outcome, difference } = compare(text, machine.ask(text));
      counts[outcome]++;
      if (difference) differences.push(`${show(`${kind} ${run}`, difference)}\n${kind === "statement" ? text : changeOf(base, text)}`);
    }
    console.log(`nginx -t: ${JSON.stringify(counts)}, ${differences.length} differences`);
    expect(differences).toEqual([]);
  }, 1_200_000);
});

/** The place where two texts differ. */
function changeOf(before: string, after: string): string {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return `${before.slice(Math.max(0, start - 40), start)}[${before.slice(start, before.length - end)} → ${after.slice(start, after.length - end)}]`;
}
