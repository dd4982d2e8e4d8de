import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { optionOf, options } from "../server/src/facts/uwsgi";
import { checkValue, isChecked, kindsOfValues } from "../server/src/facts/uwsgi-values";
import type { Argument, Effective, Machine } from "../server/src/workspace/effective";
import { evaluate, vassalArguments } from "../server/src/workspace/evaluate";
import { casesIn, FIXTURES, optionsOf, recorded, VARIABLES } from "./oracle/cases";
import { askOurs, environmentOf } from "./oracle/uwsgi";

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
    const ours = askOurs(one.folder, one.file, environmentOf(VARIABLES));
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
    const start = performance.now();
    const result = run(text, world);
    expect(performance.now() - start).toBeLessThan(3000);
    return result;
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

/** `kind`, and the value to write instead. */
const judged = (name: string, value: string, version = "2.0.30"): string => {
  const problem = checkValue(name, value, version);
  return problem
    ? [problem.kind === "fatal" ? `fatal ${problem.when}` : problem.kind, ...(problem.fix ? [problem.fix.value] : [])].join(" → ")
    : "fine";
};

describe("values", () => {
  test.each([
    ["master", "true", "fine"],
    ["master", "", "fine"],
    ["master", '"false"', "misread → false"],
    ["master", "disabled", "misread → false"],
    ["vacuum", "sometimes", "odd → true"],
    ["processes", "4", "fine"],
    ["processes", "-1", "fatal read"],
    ["processes", "'2'", "misread → 2"],
    ["processes", "auto", "misread"],
    ["processes", "4 ; four", "odd → 4"],
    ["harakiri", "30s", "odd → 30"],
    ["harakiri", "5m", "misread → 300"],
    ["harakiri", "false", "fine"],
    ["buffer-size", "32k", "misread → 32768"],
    ["buffer-size", "65536", "misread → 65535"],
    ["limit-as", "512M", "fine"],
    ["limit-as", "1G", "misread → 1024"],
    ["limit-as", "536870912", "misread → 512"],
    ["max-requests", "-1", "misread"],
    ["chmod-socket", "660", "fine"],
    ["chmod-socket", "1", "fine"],
    ["chmod-socket", "0660", "fatal read → 660"],
    ["chmod-socket", "rw-rw----", "fatal read → 660"],
    ["chmod-socket", "", "fatal read"],
    ["logfile-chmod", "0644", "fatal read → 644"],
    ["umask", "022", "fine"],
    ["umask", "0022", "fine"],
    ["umask", "22", "misread → 022"],
    ["umask", "0o022", "misread → 022"],
    ["socket", ":3031", "fine"],
    ["socket", "127.0.0.1:3031", "fine"],
    ["socket", "[::1]:3031", "fine"],
    ["socket", "/run/app.sock", "fine"],
    ["socket", "@app", "fine"],
    ["socket", "=0", "fine"],
    ["socket", "", "fatal read"],
    ["socket", "unix:/run/app.sock", "misread → /run/app.sock"],
    ["socket", "unix:///run/app.sock", "misread → /run/app.sock"],
    ["socket", "http://127.0.0.1:80", "misread → 127.0.0.1:80"],
    ["socket", "3031", "misread → :3031"],
    ["socket", "127.0.0.1", "misread"],
    ["socket", "::1:3031", "misread → [::1]:3031"],
    ["socket", "/run/app.sock:666", "misread → /run/app.sock"],
    ["socket", "/run/app.sock ; comment", "misread → /run/app.sock"],
    ["socket", "127.0.0.1:99999", "misread"],
    ["socket", `/${"x".repeat(110)}`, "fatal start"],
    ["https-socket", ":443,a.crt", "fatal read"],
    ["cron", "0 5 -1 -1 -1 ls", "fine"],
    ["cron", "*/5 * * * * ls -l", "fatal read → -5 -1 -1 -1 -1 ls -l"],
    ["cron", "1-5 * * * * ls", "fatal read"],
    ["cron", "0 24 -1 -1 -1 ls", "misread"],
    ["cron", "0 5 1 -1 1 ls", "odd"],
    ["cron2", "minute=-5,hour=2 ls", "fine"],
    ["cron2", "minute=*/5 ls", "misread"],
    ["cron2", "minutes=5 ls", "misread"],
    ["cron2", "minute=5", "fatal read"],
    ["cache2", "name=c,items=10", "fine"],
    ["cache2", "name=c, items=10", "fatal start"],
    ["cache2", "name=c,items=10,block_size=3", "misread"],
    ["attach-daemon2", "freq=3", "fatal read"],
    ["route", "^/x last:", "fine"],
    ["route", "^/x last", "fatal read"],
    ["route", "^/x lasst:", "fatal read"],
    ["route", "^/(x last:", "fatal start"],
    ["route-if", "equal:${X};y goto:z", "fine"],
    ["route-if", "equals:${X};y goto:z", "fatal read"],
    ["route-run", "redirect:/x", "fine"],
    ["static-map", "/x=/srv", "fine"],
    ["static-map", "/x", "fatal read"],
    ["static-map", "/x = /srv", "misread → /x=/srv"],
    ["static-expires", "/x.* 3600", "fine"],
    ["static-expires", "/x", "fatal read"],
    ["log-route", "main ^/[a", "fatal read"],
    ["logger", "main syslog:x", "fine"],
    ["logger", "nope:x", "fatal start"],
    ["protocol", "fastcgi", "fine"],
    ["protocol", "ftp", "fatal start"],
    ["loop", "gevent", "fine"],
    ["cheaper-algo", "spare2", "misread"],
    ["lock-engine", "ipcsem", "fine"],
    ["lock-engine", "x", "fatal start"],
    ["unshare", "ipc,nett", "fatal read"],
    ["cap", "cap_net_admin", "fatal read"],
    ["uid", "www-data", "fine"],
    ["uid", "0", "fatal start → root"],
    ["uid", "a:b", "fatal start → a"],
    ["chown-socket", "a.b", "odd → a:b"],
    ["env", "A=b", "fine"],
    ["env", "A = b", "misread → A=b"],
    ["hook-post-app", "exec:ls", "fine"],
    ["hook-post-app", "nope:ls", "fatal start"],
    ["emperor", "glob:///etc/x", "fine"],
    ["emperor", "redis://x", "misread"],
    ["wsgi-file", '"app.py"', "misread → app.py"],
    ["logto", "/var/log/x.log ; rotate", "misread → /var/log/x.log"],
    ["chdir", "~/app", "misread"],
    ["mount", "/app", "fatal start"],
    ["some-placeholder", "0660", "fine"],
  ])("%s = %s", (name, value, expected) => {
    expect(judged(name, value)).toBe(expected);
  });

  test("differ between versions", () => {
    expect(judged("buffer-size", "100000", "2.1-dev")).toBe("fine");
    expect(judged("cheaper-algo", "spare2", "2.1-dev")).toBe("fine");
  });

  test("any text can be judged, quickly", () => {
    const text = fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: fc.constantFrom(..."([{*+?|\\=,:; 1ax-"), maxLength: 200 }));
    const checked = options().filter((option) => isChecked(option, "2.0.30"));
    fc.assert(
      fc.property(fc.constantFrom(...checked), text, (option, value) => {
        const start = performance.now();
        checkValue(option.name, value, "2.0.30");
        expect(performance.now() - start).toBeLessThan(200);
      }),
      { numRuns: 3000 },
    );
  });

  test("most options are covered", () => {
    const current = options().filter((option) => option.versions.includes("2.0.30"));
    const covered = current.filter((option) => isChecked(option, "2.0.30"));
    expect(current.length).toBe(1261);
    expect(covered.length).toBeGreaterThan(1000);
    expect(kindsOfValues()).toBeGreaterThan(50);
  });
});

test("the catalogue is well-formed", () => {
  expect(options().length).toBe(1335);
  for (const option of options()) {
    expect(option.name, option.name).toMatch(/^[a-z0-9_-]+$/i);
    expect(["required", "none", "optional"]).toContain(option.arg);
    expect(option.source).toMatch(/^[\w/.-]+:\d+$/);
    expect(option.versions.length).toBeGreaterThan(0);
    if (option.aliasOf) expect(optionOf(option.aliasOf), option.name).toBeDefined();
  }
});
