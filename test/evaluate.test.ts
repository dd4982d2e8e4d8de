import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Argument, Effective, Machine } from "../server/src/workspace/effective";
import { evaluate, vassalArguments } from "../server/src/workspace/evaluate";
import { casesIn, FIXTURES, optionsOf, recorded, VARIABLES } from "./oracle/cases";
import { askOurs, environmentOf } from "./oracle/uwsgi";
import { costOf } from "./support/cost";

type World = Partial<Omit<Machine, "read" | "kind">> & { readonly variables?: Readonly<Record<string, string | null>> };

/** A machine of which only these files are known, and whether others are there only when `others` says so. */
function machineOf(files: Readonly<Record<string, string>>, { variables = {}, ...world }: World = {}, othersMissing = true): Machine {
  const others = othersMissing ? null : undefined;
  const at = (path: string): string => (path.startsWith("/") ? path : join("/app", path));
  const byPath = new Map(Object.entries(files).map(([name, text]) => [at(name), text]));
  const folders = new Set([...byPath.keys()].map((path) => dirname(path)));
  return {
    cwd: "/app",
    version: "2.0.30",
    read: (path) => {
      const text = byPath.get(path);
      return text === undefined ? others : { text, uri: `file://${path}`, template: path.endsWith(".j2.ini") };
    },
    kind: (path) => (byPath.has(path) ? "file" : folders.has(path) ? "directory" : others),
    list: (path) => [...byPath.keys()].filter((file) => dirname(file) === path).map((file) => file.slice(path.length + 1)),
    env: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    ...world,
  };
}

const ini = (value = "uwsgi.ini"): readonly Argument[] => [{ name: "ini", value }];
const run = (text: string, world?: World, othersMissing?: boolean): Effective =>
  evaluate(ini(), machineOf({ "uwsgi.ini": `[uwsgi]\n${text}` }, world, othersMissing));
/** The settings of the file itself: `key = value`, `?` behind what is not certain, holes in braces. */
const listed = ({ settings }: Effective): readonly string[] =>
  settings
    .filter((setting) => setting.key !== "ini")
    .map(
      ({ key, value, holes, certain }) =>
        `${key} = ${[...holes].reverse().reduce((text, { start, end }) => `${text.slice(0, start)}{${text.slice(start, end)}}${text.slice(end)}`, value)}${certain ? "" : " ?"}`,
    );
const codes = ({ problems }: Effective): readonly string[] => problems.map((problem) => problem.code);

describe("recorded from uWSGI itself", () => {
  test.each(casesIn(FIXTURES))("$number $title", (one) => {
    const { code, options: expected } = recorded(one);
    const ours = askOurs(one.folder, one.file, environmentOf(VARIABLES), "2.0.21-debian");
    expect(optionsOf(ours.text)).toEqual(expected);
    expect(ours.refused).toBe(code !== 0);
  });
});

describe("what is not known", () => {
  test("a variable of the environment is a hole, and what uses it too", () => {
    expect(listed(run("a = x$(HOME)\nb = <%(a)>\nc = 1"))).toEqual(["a = x{$(HOME)}", "b = <x{$(HOME)}>", "c = 1"]);
    expect(listed(run("a = %($(X))", { variables: { X: "b" } }))).toEqual(["a = %(b)"]);
    expect(listed(run("a = $(X)", { variables: { X: null } }))).toEqual(["a = $(X)"]);
  });

  test("facts of the machine are holes unless they are given", () => {
    expect(listed(run("a = %h-%k\nb = %n %%"))).toEqual(["a = {%h}-{%k}", "b = uwsgi %"]);
    expect(listed(run("a = %h", { hostname: "box" }))).toEqual(["a = box"]);
  });

  test("a condition that is not known makes its block uncertain", () => {
    const result = run("if-env = X\na = %(_)\nb = 1\nendif\nc = 2\nd = %(b)");
    expect(listed(result)).toEqual(["if-env = X", "a = {%(_)} ?", "b = 1 ?", "endif = ", "c = 2", "d = {%(b)}"]);
    expect(listed(run("if-exists = /etc/x\na = 1\nendif", {}, false))).toContain("a = 1 ?");
    expect(listed(run("if-exists = /etc/x\na = 1\nendif"))).toEqual(["if-exists = /etc/x", "endif = "]);
  });

  test("what would be fatal in an uncertain block is not", () => {
    const result = run("if-env = X\nchmod-socket = 0660\nif-opt = y\nendif");
    expect(result.problems.map(({ code, fatal }) => [code, fatal])).toContainEqual(["nested-block", false]);
    expect(result.stopped).toBe(false);
  });

  test("an included file that is not known leaves the rest open", () => {
    const result = evaluate(ini(), machineOf({ "uwsgi.ini": "[uwsgi]\ninclude = /etc/base.ini\na = %(b)" }, {}, false));
    expect([result.complete, listed(result)[1], codes(result)]).toEqual([false, "a = {%(b)}", []]);
    expect(evaluate(ini(), machineOf({ "uwsgi.ini": "[uwsgi]\nini = exec://ls" })).complete).toBe(false);
  });

  test("templates have holes, and their conditions make lines uncertain", () => {
    const text = "[uwsgi]\na = /srv/{{ app }}/%n\n{% if x %}\nb = 1\n{% endif %}\nc = ${PORT}\nd = %(a)";
    const result = evaluate(ini("t.j2.ini"), machineOf({ "t.j2.ini": text }));
    expect(listed(result)).toEqual(["a = /srv/{{{ app }}}/t.j2", "b = 1 ?", "c = {${PORT}}", "d = /srv/{{{ app }}}/t.j2"]);
  });
});

describe("where everything comes from", () => {
  const files = { "uwsgi.ini": "[uwsgi]\nname = app\ninclude = base.ini\n", "base.ini": "[uwsgi]\n  socket = /run/%(name).sock\n" };
  const result = evaluate(ini(), machineOf(files));
  const socket = result.settings.find((setting) => setting.key === "socket")!;
  const at = (origin: typeof socket.origin): string =>
    `${origin?.uri} ${files[origin?.uri.slice("file:///app/".length) as "uwsgi.ini"].slice(origin?.span.start, origin?.span.end)}`;

  test("the innermost file, and the lines that led to it", () => {
    expect(at(socket.valueOrigin)).toBe("file:///app/base.ini /run/%(name).sock");
    expect(at(socket.keyOrigin)).toBe("file:///app/base.ini socket");
    expect(socket.via.map(at)).toEqual(["file:///app/uwsgi.ini include = base.ini"]);
    expect(socket.from.map(({ name, origin }) => [name, at(origin)])).toEqual([["name", "file:///app/uwsgi.ini name = app"]]);
    expect([socket.value, socket.raw]).toEqual(["/run/app.sock", "/run/%(name).sock"]);
  });

  test("parts of `set` have their own places", () => {
    const text = "[uwsgi]\nset = key=val %n\n";
    const { keyOrigin, valueOrigin } = evaluate(ini(), machineOf({ "uwsgi.ini": text })).settings.find((setting) => setting.key === "key")!;
    expect([keyOrigin, valueOrigin].map((origin) => text.slice(origin!.span.start, origin!.span.end))).toEqual([
      "key=val %n",
      "key=val %n",
    ]);
    const plain = text.replace(" %n", "");
    const exact = evaluate(ini(), machineOf({ "uwsgi.ini": plain })).settings.find((setting) => setting.key === "key")!;
    expect(plain.slice(exact.keyOrigin!.span.start, exact.keyOrigin!.span.end)).toBe("key");
  });

  test("files that were read or asked for are named", () => {
    expect([...result.reads].sort()).toEqual(["/app/base.ini", "/app/uwsgi.ini"]);
  });
});

describe("the command line", () => {
  const machine = machineOf({ "f.ini": "[uwsgi]\nprocesses = 2\n", "base.ini": "[uwsgi]\nx = base\n", "v.ini": "[uwsgi]\nx = vassal\n" });
  const keys = (args: readonly Argument[]): readonly string[] =>
    evaluate(args, machine).settings.map(({ key, value }) => `${key}=${value}`);

  test("files without an option come last", () => {
    expect(
      keys([
        { name: "", value: "f.ini" },
        { name: "processes", value: "4" },
      ]),
    ).toEqual(["processes=4", "processes=2"]);
    expect(
      keys([
        { name: "ini", value: "f.ini" },
        { name: "p", value: "4" },
      ]),
    ).toEqual(["ini=f.ini", "processes=2", "processes=4"]);
    expect(codes(evaluate([{ name: "", value: "f.ini:x" }], machine))).toEqual(["include-extension"]);
  });

  test("flags have no value, beginnings of names are enough, others are refused", () => {
    expect(keys([{ name: "mast", value: "" }])).toEqual([]);
    expect(keys([{ name: "vacu", value: "" }])).toEqual(["vacuum=true"]);
    expect(codes(evaluate([{ name: "no-such", value: "" }], machine))).toEqual(["unknown-argument"]);
  });

  test("a vassal as its emperor starts it: what it inherits comes last", () => {
    const emperor = evaluate(
      ini("e.ini"),
      machineOf({ "e.ini": "[uwsgi]\nemperor = /app\nvassals-inherit-before = base.ini\nvassal-set = y=1\nvassals-include = base.ini" }),
    );
    const args = vassalArguments(emperor, "v.ini");
    expect(args.map(({ name, value }) => `${name} ${value}`)).toEqual(["inherit base.ini", "set y=1", "ini v.ini", "include base.ini"]);
    expect(keys(args)).toEqual(["inherit=base.ini", "set=y=1", "y=1", "ini=v.ini", "x=vassal", "include=base.ini", "x=base", "x=base"]);
  });

  test("variables of the environment are options", () => {
    const settings = evaluate(ini("f.ini"), {
      ...machine,
      environment: [
        ["UWSGI_MY_THING", "Q"],
        ["UWSGI_RELOADS", "1"],
        ["HOME", "/"],
      ],
    }).settings;
    expect(settings.map(({ key }) => key)).toEqual(["my-thing", "ini", "processes"]);
  });
});

describe("options that a configuration declares", () => {
  test("run at once, are not listed, and come before what is listed", () => {
    const result = run("declare-option = app=socket=/run/$1.sock;processes=$2\napp = web 4\nprocesses = 2");
    expect(result.settings.filter((setting) => setting.direct).map(({ key, value }) => `${key}=${value}`)).toEqual([
      "socket=/run/web.sock",
      "processes=4",
    ]);
    expect(result.settings.findIndex((setting) => setting.direct)).toBe(0);
    expect(result.declared.map(({ name }) => name)).toEqual(["app"]);
  });

  test("cannot come back to themselves", () => {
    expect(codes(run("declare-option = a=a=$1\na = 1"))).toContain("self-reference");
  });
});

describe("problems", () => {
  test.each([
    ["a = %(nope)", "undefined-placeholder", false],
    ["a = $(X)", "undefined-environment-variable", false],
    ["umask = %(x)\nx = 002", "immediate-placeholder", false],
    ["a = %(b)\nb = %(c)\nc = 1", "placeholder-order", false],
    ["a = %(a)", "self-reference", false],
    ["a = z%(a)", "self-reference", true],
    ["a = x%(b)\nb = y%(a)", "self-reference", true],
    ["if-env = X\nif-env = X\nendif", "nested-block", true],
    ["if-env = X", "unclosed-block", false],
    ["endif = x", "stray-closer", false],
    ["include = none.ini", "include-missing", true],
    ["a = @(none)", "include-missing", true],
    ["ini = :", "include-cycle", true],
    ["include = uwsgi.ini", "include-cycle", true],
    ["inherit = uwsgi.ini", "include-cycle", true],
    ["include = uwsgi.ini:x", "include-extension", true],
    ["ini = uwsgi.ini:x", "section-missing", false],
    ["strict = true\nfoo = 1", "strict-unknown-option", true],
    ["foo = 1\nstrict = true", "strict-unknown-option", true],
    ["set = foo", "set-without-value", true],
    ["set-ph = socket=x", "set-known-option", true],
    ["declare-option = foo", "declare-without-value", true],
    ["blacklist = a\na = 1", "blacklisted-option", true],
    ["whitelist = a\na = 1\nend-whitelist =", "blacklisted-option", true],
    ["chmod-socket = 0660", "value-refused", true],
    ["socket = =0", "value-refused", true],
    ["exit = 0", "stops-here", false],
    ["exit = 2", "stops-here", true],
    ["log-format = %(nope) %(uri)", "unknown-log-variable", false],
  ])("%j", (text, code, fatal) => {
    const result = run(text, { variables: { X: text.includes("$(X)") ? null : "1" }, embedded: [] });
    const problem = result.problems.find((one) => one.code === code);
    expect([problem?.code, problem?.fatal]).toEqual([code, fatal]);
    if (fatal) expect(result.stopped).toBe(true);
  });

  test("a sound configuration has none", () => {
    const text =
      "name = app\nsocket = /run/%(name).sock\nchmod-socket = 660\nmaster = true\nif-not-env = X\nprocesses = 4\nendif =\nlog-format = %(uri) %(var.X)";
    expect(codes(run(text, { variables: { X: null }, embedded: [] }))).toEqual([]);
  });

  test("plugins that are not there", () => {
    const build = { embedded: [], loadable: (name: string) => name === "python3" };
    expect(codes(run("plugin = python3\nneed-plugin = nope", build))).toEqual(["plugin-missing"]);
    expect(codes(run("plugin = python3\nneed-plugin = python3", build))).toEqual(["plugin-twice"]);
    expect(run("plugin = python3\nwsgi = x\nrack = y", build).settings.map(({ key, known }) => [key, known])).toContainEqual([
      "rack",
      false,
    ]);
    expect(run("wsgi = x").settings.at(-1)?.known).toBeUndefined();
  });
});

describe("bounds", () => {
  const quick = (text: string, world?: World): Effective => {
    let result: Effective | undefined;
    expect(
      costOf(() => {
        result = run(text, world);
      }),
    ).toBeLessThan(6_000);
    return result as Effective;
  };

  test.each([
    "for-times = 999999999\na = %(_)\nendfor",
    `x = ${"1".repeat(200)}\n${Array.from({ length: 30 }, (_, i) => `x${i} = <%(x${i - 1})%(x${i - 1})%(x${i - 1})>`).join("\n")}\nx-1 = 12345678`,
  ])("%#", (text) => {
    expect(codes(quick(text))).toContain("evaluation-limit");
  });

  test("a chain of files", () => {
    const files = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`${i}.ini`, `[uwsgi]\ninclude = ${i + 1}.ini\n`]));
    expect(codes(evaluate(ini("0.ini"), machineOf(files)))).toContain("evaluation-limit");
  });

  test("a file that is large, and full of placeholders", () => {
    const text = `base = /srv\n${Array.from({ length: 20_000 }, (_, i) => `key-${i} = %(base)/%n/${i}`).join("\n")}`;
    expect(quick(text).settings.at(-1)?.value).toBe("/srv/uwsgi/19999");
  });

  test("any text of these pieces ends well", () => {
    const piece = fc.constantFrom(
      ..."a b %(a) %(b) $(X) @(f) = set inherit include ini uwsgi.ini : for-times 9 endfor if-opt endif % \n \n \n ( ) ; [uwsgi]".split(
        " ",
      ),
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { settings, reads } = run(pieces.join(""));
        for (const { value, holes } of settings)
          for (const { start, end } of holes) expect(0 <= start && start <= end && end <= value.length).toBe(true);
        expect(reads.size).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe("versions", () => {
  test("2.1 has else, and defaults of variables", () => {
    const world = { version: "2.1-dev", variables: { X: null, Y: "y" } };
    expect(listed(run("if-env = X\na = 1\nelse =\na = 2\nendif =", world))).toContain("a = 2");
    expect(listed(run("if-env = Y\na = 1\nelse =\na = 2\nendif =", world))).toContain("a = 1");
    expect(listed(run("a = $(X:-other) $(Y:-other)", world))).toEqual(["a = other y"]);
    expect(listed(run("if-env = X\na = 1\nelse =\na = 2\nendif =", { ...world, version: "2.0.30" }))).not.toContain("a = 2");
  });
});
