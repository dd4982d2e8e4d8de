// Rules that hold for the whole tree, so that nobody has to watch over them.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { rulesIndex } from "../scripts/rules-index.mjs";
import { exampleWorkspace, findingsIn } from "../server/src/ide/rule-page";
import { RULES } from "../server/src/rules/index";

const root = join(__dirname, "..");
const src = join(root, "server/src");

function filesBelow(folder: string, ending: RegExp): readonly string[] {
  const all = readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, String(file)));
  return all
    .filter((file) => ending.test(file) && !/node_modules|\.tmp|fixtures|dist/.test(file) && statSync(join(root, file)).isFile())
    .sort();
}
const read = (file: string): string => readFileSync(join(root, file), "utf8");

const code = ["server/src", "client", "scripts", "test"].flatMap((folder) => filesBelow(folder, /\.(?:ts|mts|mjs)$/));
const engine = code.filter((file) => file.startsWith("server/src/"));

/** What a file imports from the tree, as paths from the root. */
function importsOf(file: string): readonly string[] {
  return Array.from(read(file).matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g), (match) => match[1] ?? "").map((name) =>
    name.startsWith(".") ? relative(root, resolve(root, dirname(file), name)) : name,
  );
}

describe("the floors of the engine", () => {
  const FLOORS = [["text"], ["syntax", "facts"], ["model"], ["workspace"], ["stack"], ["rules"], ["ide"], ["lsp"], ["host"]];
  const floorOf = (file: string): number =>
    FLOORS.findIndex((names) => names.includes(file.slice("server/src/".length).split("/")[0] ?? ""));

  it("import one way: from their own floor or a lower one", () => {
    const upward = engine.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith("server/src/") && floorOf(name) > floorOf(file))
        .map((name) => `${file} → ${name}`),
    );
    expect(upward).toEqual([]);
    expect(engine.filter((file) => floorOf(file) < 0)).toEqual([]);
  });

  it("keep how things are written apart from what upstream offers, except for names of options", () => {
    const crossing = engine.filter(
      (file) => file.startsWith("server/src/facts/") && importsOf(file).some((name) => name.startsWith("server/src/syntax/")),
    );
    expect(crossing).toEqual([]);
  });

  it("keep nginx and uWSGI apart below the workspace", () => {
    const side = (file: string): "nginx" | "uwsgi" | undefined =>
      /\/nginx[^/]*(?:\/|$)/.test(file) ? "nginx" : /\/uwsgi[^/]*(?:\/|$)/.test(file) ? "uwsgi" : undefined;
    const mixed = engine.flatMap((file) =>
      floorOf(file) < 3 && side(file)
        ? importsOf(file)
            .filter((name) => name.startsWith("server/src/") && side(name) && side(name) !== side(file))
            .map((name) => `${file} → ${name}`)
        : [],
    );
    expect(mixed).toEqual([]);
  });

  it("know no platform below the host", () => {
    const platform = /^(?:node:|(?:fs|path|os|url|child_process|process|buffer|vscode)$)/;
    const found = engine
      .filter((file) => !file.startsWith("server/src/host/"))
      .flatMap((file) =>
        importsOf(file)
          .filter((name) => platform.test(name))
          .map((name) => `${file} → ${name}`),
      );
    expect(found).toEqual([]);
  });
});

describe("files", () => {
  it("are short", () => {
    const written = code.filter((file) => read(file).split("\n").length - 1 > 400);
    expect(written).toEqual([]);
  });

  it("hold no escape from the types", () => {
    const found = [...engine, ...code.filter((file) => file.startsWith("client/"))].flatMap((file) =>
      read(file)
        .split("\n")
        .flatMap((line, index) =>
          /(?::|<|\bas) any\b|\benum \w+ \{|export default|@ts-(?:ignore|expect-error|nocheck)/.test(
            line.replace(/\/\/.*|"[^"]*"|`[^`]*`/g, ""),
          )
            ? [`${file}:${index + 1}`]
            : [],
        ),
    );
    expect(found).toEqual([]);
  });

  it("are not named after a duty that could be anything", () => {
    expect(
      code.filter((file) => !file.startsWith("server/src/rules/") && /(?:manager|provider|helper|util)s?\.[mc]?ts$/i.test(basename(file))),
    ).toEqual([]);
    const declared = engine.flatMap((file) =>
      Array.from(
        read(file).matchAll(/(?:class|interface|type|function) (\w*(?:Manager|Provider|Helper|Util)\b)/g),
        (match) => `${file}: ${match[1]}`,
      ),
    );
    expect(declared).toEqual([]);
  });

  it("name nothing outside of the project", () => {
    // Put together, so that this line does not find itself.
    const banned = new RegExp(
      [
        "/wo" + "rk/",
        "/tmp/s" + "rc",
        "cla" + "ude",
        "anthro" + "pic",
        "chat" + "gpt",
        "copi" + "lot",
        "\\bsha" + "red/(?!\\$)",
        "facts/[\\w-]+\\.md",
        "live-sta" + "ck(?:\\.md|\\s§|\\s[A-Z]\\d)",
      ].join("|"),
      "i",
    );
    const texts = [
      ...code,
      ...["docs", "examples", "snippets", "syntaxes"].flatMap((folder) => filesBelow(folder, /\.(?:md|json|ini|conf)$/)),
      ...readdirSync(root).filter((file) => /\.(?:md|json)$/.test(file) && file !== "package-lock.json"),
    ];
    const found = texts.flatMap((file) =>
      read(file)
        .split("\n")
        .flatMap((line, index) =>
          banned.test(line) && !/\.\.\/sha/.test(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 120)}`] : [],
        ),
    );
    expect(found).toEqual([]);
  });
});

describe("rules", () => {
  it("are all in the list: npm run generate", () => {
    expect(read("server/src/rules/index.ts") === rulesIndex()).toBe(true);
  });

  it("are called like their files", () => {
    const files = new Set(filesBelow("server/src/rules", /\/\w+\/[\w-]+\.ts$/).map((file) => basename(file, ".ts")));
    expect(RULES.filter((rule) => !files.has(rule.id)).map((rule) => rule.id)).toEqual([]);
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
    for (const rule of RULES) expect(rule.id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
  });

  it("say enough, and not too much", () => {
    for (const rule of RULES) {
      expect(rule.title.length, rule.id).toBeLessThanOrEqual(80);
      expect(rule.title, rule.id).not.toMatch(/[.!]$/);
      expect(rule.why.length, rule.id).toBeGreaterThan(40);
      expect(rule.why.length, rule.id).toBeLessThan(900);
      if (rule.link !== undefined) expect(rule.link, rule.id).toMatch(/^https:\/\//);
    }
  });

  it("have messages of one to three sentences, and titles of fixes that fit a menu", () => {
    for (const rule of RULES)
      for (const example of rule.examples)
        for (const finding of findingsIn(exampleWorkspace(example), rule)) {
          expect(finding.message.length, `${rule.id}: ${finding.message}`).toBeLessThanOrEqual(420);
          expect(finding.message, rule.id).toMatch(/^[\p{Lu}\d`/@$"(*.%[-]|^[a-z]/u);
          expect(finding.message, rule.id).toMatch(/[.?!)`]$/);
          for (const fix of finding.fixes ?? []) expect(fix.title.length, `${rule.id}: ${fix.title}`).toBeLessThanOrEqual(140);
        }
  });
});

it("tells where things live in fewer than 150 lines", () => {
  expect(read("ARCHITECTURE.md").split("\n").length).toBeLessThan(150);
  expect(src.endsWith("server/src")).toBe(true);
});
