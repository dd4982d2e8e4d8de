// YAML where uWSGI was built without libyaml. Each answer is what a uWSGI 2.0.30 built so lists for the text, with --hook-asap call:show_config.
import { describe, expect, test } from "vitest";
import { flagsIn } from "../server/src/facts/uwsgi-build";
import { evaluate } from "../server/src/workspace/evaluate";
import { hasOwnYaml, targetFrom } from "../server/src/workspace/target";

function listed(text: string, section = ""): readonly string[] {
  const machine = {
    read: () => ({ text, uri: "file:///app.yaml" }),
    kind: () => "file" as const,
    list: () => undefined,
    env: () => undefined,
    ownYaml: true,
  };
  const { settings } = evaluate([{ name: "yaml", value: `/app.yaml${section}` }], machine);
  return settings.slice(1).map(({ key, value }) => `${key}=${value}`);
}

describe("what uWSGI reads without libyaml", () => {
  test.each([
    ["uwsgi:\n  master: true\n  processes: 4\n", ["master=true", "processes=4"]],
    ['uwsgi:\n  module: "app"\n', ['module="app"']],
    ["uwsgi:\n  a: x#y # z\n", ["a=x"]],
    ["uwsgi:\n  a: 1\n  socket:\n    - /run/a.sock\n  b: 2\n", ["a=1"]],
    ["uwsgi:\n  a: 1\n  env: X=1\n  endif:\n  b: 2\n", ["a=1", "env=X=1"]],
    ["uwsgi:\n  a: 1\n  endif: \n  b: 2\n", ["a=1", "endif=", "b=2"]],
    ["uwsgi:\n    a: 1\n  b: 2\n\tc: 3\n", ["a=1", "b=2", "c=3"]],
    ["uwsgi:\n  a : b: c \n", ["a=b: c"]],
    ["uwsgi:\r\n  a: 1\r\n", ["a=1\r"]],
    ["uwsgi: {x: 1}\n  a: 1\n", ["a=1"]],
    ["'uwsgi':\n  a: 1\n", []],
    ["uwsgi:\nother:\n  a: 1\n", []],
    ["--- # c\n# d\nuwsgi:\n\n  # e\n  a: 1\nuwsgi:\n  b: 2\n", ["a=1"]],
    ["uwsgi:\n  a: 1\0b\n  c: 2", ["a=1", "c=2"]],
  ])("%j", (text, expected) => expect(listed(text)).toEqual(expected));

  test("a section is chosen by name", () => {
    expect(listed("uwsgi:\n  a: 1\ntwo:\n  b: 2\n", ":two")).toEqual(["b=2"]);
  });
});

test("who reads so: what the program's flags say, else what pip compiles", () => {
  const target = (system: object): boolean => hasOwnYaml(targetFrom({ system }));
  expect(target({})).toBe(false);
  expect(target({ uwsgiInstall: "debian" })).toBe(false);
  expect(target({ uwsgiInstall: "pip" })).toBe(true);
  expect(target({ uwsgiInstall: "pip", uwsgiOptions: { ownYaml: false } })).toBe(false);
  expect(flagsIn('-O2 -DUWSGI_VERSION="2" -DUWSGI_YAML -DUWSGI_EMBED="UDEP(python);UDEP(http);"')).toEqual({
    builtIn: ["python", "http"],
    ownYaml: true,
  });
  expect(flagsIn('-DUWSGI_VERSION="2" -DUWSGI_YAML -DUWSGI_LIBYAML')).toEqual({ builtIn: [], ownYaml: false });
  expect(flagsIn("-O2 -Wall")).toBeUndefined();
});
