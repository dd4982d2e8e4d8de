// Words of the server in the language of the person.
import { afterEach, describe, expect, it } from "vitest";
import { speak, t, wordsFrom } from "../server/src/text/l10n";
import { taggedTexts } from "./support/tagged";

afterEach(() => speak({}));

describe("a tagged text", () => {
  const told = (key: string): string => t`uWSGI has no option "${key}", said ${2} times`;

  it("is English until the language is known, and where it has no translation", () => {
    expect(told("a")).toBe('uWSGI has no option "a", said 2 times');
    speak({ other: "anders" });
    expect(told("a")).toBe('uWSGI has no option "a", said 2 times');
  });

  it("is translated with its values in any order", () => {
    speak({ 'uWSGI has no option "{0}", said {1} times': "{1}-mal: uWSGI hat keine Option „{0}“ {2}" });
    expect(told("{1}")).toBe("2-mal: uWSGI hat keine Option „{1}“ {2}");
  });

  it("has a key that is no name of an object's own", () => {
    speak({});
    expect(t`constructor`).toBe("constructor");
  });
});

it("a bundle of a client holds texts only", () => {
  expect(wordsFrom({ a: "b", c: { message: "d" }, e: 1 })).toEqual({ a: "b" });
  expect(wordsFrom("de")).toBeUndefined();
});

describe("the texts of sources", () => {
  it.each([
    ["t`one ${a} two ${b}`", ["one {0} two {1}"]],
    ["const x = /[`'\"]/.test(y) ? t`a` : `b`", ["a"]],
    ['t`outer ${c ? t`, inner ${d}` : ""} end`', [", inner {0}", "outer {0} end"]],
    ["`plain ${t`inside`}`; at`no`; x.t`no`", ["inside"]],
    ["// t`comment`\n/* t`comment` */ 't`string`'", []],
    ["t`say \\`x\\` and \\${y}`", ["say `x` and ${y}"]],
  ])("%s", (source, keys) => {
    expect(taggedTexts(source)).toEqual(keys);
  });
});
