// What a program's `--help` tells of its build, and what becomes of it in a configuration, a command line and the editor.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isIn, options } from "../server/src/facts/uwsgi";
import { buildFromHelp } from "../server/src/facts/uwsgi-build";
import { evaluate } from "../server/src/workspace/evaluate";
import { targetFrom, uwsgiVersionOf } from "../server/src/workspace/target";
import { hoverOn, labels } from "./support/ide";

/** As uWSGI prints it: `    -s|--socket      words`. */
const helpOf = (names: readonly string[]): string =>
  `Usage: /usr/bin/uwsgi [options...]\n${names.map((name) => `    ${name === "socket" ? "-s|" : ""}--${name.padEnd(36)} about ${name}\n`).join("")}`;
const core = options()
  .filter((option) => option.plugin === "core" && isIn(option, "2.0.30") && !/FreeBSD|SSL_SESSION_CACHE/.test(option.condition ?? ""))
  .map(({ name }) => name);
const withoutJson = core.filter((name) => name !== "json");

describe("what --help tells", () => {
  test("a build like its release has nothing of its own", () => {
    const build = buildFromHelp(helpOf(core), "2.0.30");
    expect(build).toEqual({ absent: [], own: {}, builtIn: [] });
  });

  test("options left out, options of one's own, plugins built in and what they lack", () => {
    const build = buildFromHelp(helpOf([...withoutJson, "shop-limit", "wsgi-file", "jail"]), "2.0.30");
    expect(build?.own).toEqual({ "shop-limit": "about shop-limit", jail: "about jail" });
    expect(build?.builtIn).toEqual(["python"]);
    expect(build?.absent).toContain("json");
    expect(build?.absent).toContain("callable");
    expect(build?.absent).not.toContain("php-docroot");
  });

  test("options of later releases are one's own in an older one", () => {
    const later = options().find((option) => option.plugin === "core" && !isIn(option, "2.0.21") && isIn(option, "2.0.30"));
    const build = buildFromHelp(helpOf(core), "2.0.21");
    expect(Object.keys(build?.own ?? {})).toContain(later?.name);
  });

  test("other texts are none", () => {
    for (const text of ["", "Usage: nginx [-?hvVtTq]", "    --socket x\n", `${"    --".repeat(20_000)}`])
      expect(buildFromHelp(text, "2.0.30")).toBeUndefined();
  });

  test.skipIf(!existsSync("/usr/bin/uwsgi"))("Debian's is its release without plugins", () => {
    const ask = (option: string): string => execFileSync("/usr/bin/uwsgi", [option], { encoding: "utf8" });
    const version = ask("--version").replace(/-.*/s, "");
    const build = buildFromHelp(ask("--help"), version);
    expect(build).toEqual({ absent: [], own: {}, builtIn: [] });
  });
});

const system = {
  uwsgiOptions: { absent: ["json", "route", 7], own: { "shop-limit": "requests `per` customer", bad: 7 }, builtIn: ["python"] },
};
const machine = {
  read: () => undefined,
  kind: () => undefined,
  list: () => undefined,
  env: () => undefined,
  build: targetFrom({ system }).uwsgiOptions,
};
const told = (name: string, value = "x"): readonly string[] => evaluate([{ name, value }], machine).problems.map((problem) => problem.code);

describe("what becomes of it", () => {
  test("it is read from settings and facts, and odd parts are left out", () => {
    const target = targetFrom({ system });
    expect(target.uwsgiOptions).toEqual({
      absent: ["json", "route"],
      own: { "shop-limit": "requests `per` customer" },
      builtIn: ["python"],
    });
    expect(targetFrom({ system: { uwsgiOptions: {} } }).uwsgiOptions?.builtIn).toBeUndefined();
    expect(targetFrom({ system: { uwsgiOptions: [] } }).uwsgiOptions).toBeUndefined();
    expect(uwsgiVersionOf(target)).toBe("2.0.30");
  });

  test("a command line may hold options of one's own, and beginnings of them", () => {
    expect(told("shop-limit")).toEqual([]);
    expect(told("shop-l")).toEqual([]);
    expect(told("route", "^/ last:")).toEqual(["unknown-argument"]);
    expect(told("wsgi-file", "app.py")).toEqual([]);
  });

  test("what is not there is a variable: nothing of it is refused or run", () => {
    const { settings, problems } = evaluate(
      [
        { name: "set", value: "route=no route at all" },
        { name: "set", value: "shop-limit=5" },
      ],
      machine,
    );
    expect(problems).toEqual([]);
    expect(settings.map(({ key, known }) => [key, known])).toEqual([
      ["set", true],
      ["route", false],
      ["set", true],
      ["shop-limit", true],
    ]);
  });

  test("strict refuses what is not there, and takes what is one's own", () => {
    const strict = (name: string): readonly string[] =>
      evaluate(
        [
          { name: "strict", value: "" },
          { name: "set", value: `${name}=5` },
        ],
        machine,
      ).problems.map((problem) => problem.code);
    expect(strict("route")).toEqual(["strict-unknown-option"]);
    expect(strict("shop-limit")).toEqual([]);
    expect(strict("wsgi-file")).toEqual([]);
  });

  test("the editor offers and explains it", async () => {
    const names = await labels("#- app.ini\n  [uwsgi]\n  <|>\n", { system });
    expect(names).toContain("shop-limit");
    expect(names).not.toContain("route");
    const route = await hoverOn("#- app.ini\n  [uwsgi]\n  rou<|>te = ^/ last:\n", { system });
    expect(route?.says).toContain("The uWSGI of the target was built without route: it is ignored.");
    expect((await hoverOn("#- app.ini\n  [uwsgi]\n  shop-<|>limit = 5\n", { system }))?.says).toBe(
      "**`shop-limit`** · option of the uWSGI that is installed\n\nThe program says of it: ``requests `per` customer``",
    );
  });
});
