// Words of the server in the language of the person.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { joinLines } from "../server/src/syntax/magic";
import { parseUwsgi, type UwsgiFormat } from "../server/src/syntax/uwsgi-formats";
import { speak, t, type Words, wordsFrom } from "../server/src/text/l10n";
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

describe("what the readers of formats say", () => {
  const german: Words = JSON.parse(readFileSync(join(import.meta.dirname, "../l10n/bundle.l10n.de.json"), "utf8"));
  /** The reader's own words at the end of a message, or in its parentheses. */
  const said = (format: UwsgiFormat, text: string): readonly string[] =>
    parseUwsgi(format, joinLines(text)).problems.map(({ message }) => message.replace(/^[^.(]*(?:\. |\()|\): .*$/g, ""));

  it.each<[UwsgiFormat, string]>([
    ["json", '{"uwsgi": {"socket": ":3031",}}'],
    ["json", '{"uwsgi": {"socket": ":3031" "master": true}'],
    ["json", '{"uwsgi": {socket: tru, "a" "b", "c": "\\q'],
    ["yaml", "uwsgi:\n\tmaster: true\n"],
    ["yaml", "uwsgi:\n  socket: ':3031\n"],
    ["yaml", 'uwsgi:\n  socket: ":3031\n'],
    ["yaml", "uwsgi:\n  env: [A=1, , B=2\n"],
    ["yaml", "uwsgi:\n  env: {A: 1 B: 2\n"],
    ["yaml", "uwsgi:\n  env: a: b\n"],
    ["yaml", "uwsgi:\n  env: @a\n"],
    ["yaml", 'uwsgi:\n  env: "\\q"\n'],
    ["yaml", "uwsgi:\n  master: true\n   socket: 1\n"],
    ["yaml", "uwsgi:\n  master: true\n socket\n"],
    ["yaml", "uwsgi:\n  env: |x\n    a\n"],
    ["yaml", "uwsgi:\n  env: &a &b c\n"],
    ["yaml", "%YAML\nuwsgi:\n  a: 1\n"],
    ["xml", "<uwsgi>\n  <socket>:3031</socke>\n</uwsgi>\n"],
    ["xml", "<uwsgi><a b></a><c d=1/></uwsgi>"],
    ["xml", '<uwsgi><a b="1" b="2">&nope; & ]]></a></uwsgi><x/> text'],
    ["xml", "text"],
  ])("%s: %s", (format, text) => {
    speak({});
    const english = said(format, text);
    speak(german);
    const translated = said(format, text);
    expect(english.length).toBeGreaterThan(0);
    expect(translated.filter((words, index) => words === english[index])).toEqual([]);
  });
});
