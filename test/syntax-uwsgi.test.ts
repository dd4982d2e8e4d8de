import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinLines, replaceMagic } from "../server/src/syntax/magic";
import { type Directive, flatten, type Tree } from "../server/src/syntax/tree";
import { parseUwsgiFile, sectionOf, type UwsgiFormat } from "../server/src/syntax/uwsgi-formats";
import { parseUwsgiIni } from "../server/src/syntax/uwsgi-ini";
import { templateHoles } from "../server/src/syntax/uwsgi-template";
import { costOf } from "./support/cost";

/** `[section] key=value | key`: one line of text for a tree. */
function picture(tree: Tree): string {
  const option = ({ name, args }: Directive): string => (args[0] ? `${name.text}=${args[0].text}` : name.text);
  return tree.directives
    .map((one) =>
      one.body ? [`[${one.name.text}]`, ...(one.body.length ? [one.body.map(option).join(" | ")] : [])].join(" ") : option(one),
    )
    .join(" ");
}

const codes = (tree: Tree): readonly string[] => tree.problems.map((problem) => problem.code);

describe("lines of an ini file", () => {
  test.each([
    ["[uwsgi]\na = 1\nb=2", "[uwsgi] a=1 | b=2"],
    ["x = 1\n[uwsgi]\na = 1", "x=1 [uwsgi] a=1"],
    ["[uwsgi]\n  a  =  b = c  \n", "[uwsgi] a=b = c"],
    ["[uwsgi]\na\nb =\n= 5", "[uwsgi] a | b= | =5"],
    ["[uwsgi]\na = 1 ; no comment\n; comment\n# comment", "[uwsgi] a=1 ; no comment"],
    ['[uwsgi]\na = "quoted"', '[uwsgi] a="quoted"'],
    ["[uwsgi]\na = 1 \\\n  b = 2", "[uwsgi] a=1 \\ | b=2"],
    ["[uwsgi]\r\na = 1\r\n", "[uwsgi] a=1"],
    ["[uwsgi]\na = x\0y\nb = 1", "[uwsgi] a=x | b=1"],
    ["[a]\nx=1\n[b]\ny=2\n[a]\nz=3", "[a] x=1 [b] y=2 [a] z=3"],
    ["[uwsgix\na=1", "[uwsgi] a=1"],
    ["[uwsgi] ; c\na=1", "[uwsgi] ; ] a=1"],
    ["[uwsgi]\na = 50%\nb = 2", "[uwsgi] a=50b = 2"],
    ["[uwsgi]\na = 50%%\nb = 2", "[uwsgi] a=50%% | b=2"],
    ["[uwsgi]\na = 50%\r\nb = 2", "[uwsgi] a=50% | b=2"],
    ["[uwsgi]\n; 100%\na = 1\nb = 2", "[uwsgi] b=2"],
    ["\uFEFF[uwsgi]\na=1", "\uFEFF[uwsgi] a=1"],
    ["[uwsgi]\n\u00A0a = 1\u00A0", "[uwsgi] \u00A0a=1\u00A0"],
    ["", ""],
  ])("%j", (text, expected) => {
    expect(picture(parseUwsgiIni(text))).toBe(expected);
  });

  test("words and sections know their places", () => {
    const text = "[uwsgi]\n  key =  value x \n[two]\n";
    const [section, two] = parseUwsgiIni(text).directives;
    const option = section?.body?.[0];
    expect(text.slice(option!.name.span.start, option!.name.span.end)).toBe("key");
    expect(text.slice(option!.args[0]!.span.start, option!.args[0]!.span.end)).toBe("value x");
    expect(text.slice(section!.span.start, section!.span.end)).toBe("[uwsgi]\n  key =  value x \n");
    expect(text.slice(two!.name.span.start, two!.name.span.end)).toBe("two");
  });

  test("what is hardly meant is a problem", () => {
    expect(codes(parseUwsgiIni("[uwsgi\na=1"))).toEqual(["header-malformed"]);
    expect(codes(parseUwsgiIni("[ uwsgi ]\na=1"))).toEqual(["header-malformed"]);
    expect(codes(parseUwsgiIni("\uFEFF[uwsgi]"))).toEqual(["byte-order-mark"]);
    expect(codes(parseUwsgiIni("[uwsgi]\na = 5%\n"))).toEqual(["percent-at-line-end"]);
    expect(codes(parseUwsgiIni("[uwsgi]\nlog-date = %Y-%d\n; %Y"))).toEqual(["magic-letter-removed"]);
    expect(codes(parseUwsgiIni("[uwsgi]\na = p%40x %d %%Y %(a) %n"))).toEqual(["percent-encoding"]);
    expect(codes(parseUwsgiIni("[uwsgi]\na = {{ x }} {% if y %}\n"))).toEqual([]);
  });
});

const soup = fc.string({ unit: fc.constantFrom(..."[]=;#% \t\r\n\0ab{}<>\"':,-&*!|\u00e9\uFEFF\u{1F600}"), maxLength: 80 });

/** Every token is where it says, tokens do not overlap, and nothing between them but blanks and signs. */
function checkLossless(text: string): void {
  const tree = parseUwsgiIni(text);
  const words = flatten(tree.directives).flatMap(({ directive }) => [directive.name, ...directive.args]);
  for (const { span } of [...words, ...flatten(tree.directives).map(({ directive }) => directive)]) {
    expect(span.start).toBeLessThanOrEqual(span.end);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
  let done = 0;
  for (const { start, end } of [...words.map((word) => word.span), ...tree.comments].sort((a, b) => a.start - b.start || a.end - b.end)) {
    expect(start).toBeGreaterThanOrEqual(done);
    expect(gap(text.slice(done, start))).toBe("");
    done = end;
  }
  expect(gap(text.slice(done))).toBe("");
}

/** What is left of a text between tokens without blanks, signs of the language, and what a zero byte or a header's last letter hides. */
const gap = (text: string): string =>
  text
    .replace(/\0(?:%\n|[^\n])*/g, "")
    .replace(/[=[\] \t\r\n%]/g, "")
    .replace(/^.(?=$)/su, "");

test("no text is lost, whatever it is", () => {
  fc.assert(fc.property(soup, checkLossless), { numRuns: 2000 });
});

test.each(["ini", "yaml", "json", "xml"] as const)("%s: any text is a tree", (format: UwsgiFormat) => {
  fc.assert(
    fc.property(soup, fc.constantFrom("", "uwsgi", "x"), (text, asked) => {
      const tree = parseUwsgiFile(format, text);
      expect(Array.isArray(sectionOf(format, tree, asked).directives)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["yaml", "[".repeat(20_000)],
  ["yaml", `${"- ".repeat(20_000)}x`],
  ["json", `{"uwsgi":${"[".repeat(50_000)}`],
  ["xml", "<a>".repeat(20_000)],
] as const)("%s: deep nesting is no crash", (format, text) => {
  expect(parseUwsgiFile(format, text).problems.length).toBeGreaterThanOrEqual(0);
});

test("the other formats give the same tree", () => {
  expect(picture(parseUwsgiFile("yaml", "uwsgi:\n  a: 1\n  b:\n    - x\n    - y\n  endif:\n"))).toBe("[uwsgi] a=1 | b=x | b=y | endif");
  expect(picture(parseUwsgiFile("json", '{"uwsgi": {"a": true, "b": ["x", 2], "c": {"d": 1}}}'))).toBe("[uwsgi] a=1 | b=x | b=2");
  expect(picture(parseUwsgiFile("xml", "<uwsgi><a>1</a><b/><c> x </c></uwsgi>"))).toBe("[uwsgi] a=1 | b=1 | c= x ");
  expect(codes(parseUwsgiFile("yaml", "uwsgi:\n  endif:\n  a: *x\n"))).toEqual(["yaml-empty-value", "yaml-alias"]);
  expect(codes(parseUwsgiFile("json", '{"uwsgi": {"c": {"d": 1}}}'))).toEqual(["json-nested-value"]);
  expect(codes(parseUwsgiFile("xml", "<uwsgi><a><b/></a></uwsgi>"))).toEqual(["xml-nested-element"]);
});

test("words of the other formats know their places", () => {
  const texts = { yaml: "uwsgi:\n  key: 'v w'\n", json: '{"uwsgi": {"key": "v w"}}', xml: "<uwsgi><key>v w</key></uwsgi>" };
  for (const [format, text] of Object.entries(texts)) {
    const option = parseUwsgiFile(format as UwsgiFormat, text).directives[0]?.body?.[0];
    expect(text.slice(option!.name.span.start, option!.name.span.end).replaceAll('"', "")).toBe("key");
    expect(text.slice(option!.args[0]!.span.start, option!.args[0]!.span.end).replace(/^["']|["']$/g, "")).toBe("v w");
  }
});

describe("places behind replaced letters", () => {
  const letters: Record<string, string> = { n: "longer-name", z: "", "%": "%" };
  const replaced = (text: string): ReturnType<typeof replaceMagic> => replaceMagic(text, (letter) => letters[letter]);

  test("are mapped back", () => {
    const { text, span } = replaced("a %n b %z c %% d");
    expect(text).toBe("a longer-name b  c % d");
    expect(span(0, 1)).toEqual({ start: 0, end: 1 });
    expect(span(2, 13)).toEqual({ start: 2, end: 4 });
    expect(span(14, 15)).toEqual({ start: 5, end: 6 });
    expect(span(17, 18)).toEqual({ start: 10, end: 11 });
    expect(span(0, text.length)).toEqual({ start: 0, end: 16 });
  });

  test("never leave the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."%nzab \n") }), fc.nat(60), fc.nat(60), (text, a, b) => {
        for (const mapped of [replaced(text), joinLines(text)]) {
          const [from, to] = [Math.min(a, b, mapped.text.length), Math.min(Math.max(a, b), mapped.text.length)];
          const { start, end } = mapped.span(from, to);
          expect(0 <= start && start <= end && end <= text.length).toBe(true);
        }
      }),
    );
  });
});

test("parts that a template fills in", () => {
  const holes = (value: string): readonly string[] => templateHoles(value).map(({ start, end }) => value.slice(start, end));
  expect(holes("/srv/{{ app }}/${SOCKET}/x")).toEqual(["{{ app }}", "${SOCKET}"]);
  expect(holes("__NAME__:<%= port %>")).toEqual(["__NAME__", "<%= port %>"]);
  expect(holes("plain %(x) $(Y) __init__.py")).toEqual([]);
});

test("time grows with the length of the text alone", () => {
  const time = (count: number): number => {
    const text = `[uwsgi]\n${"key-of-option = %(x)/value %d\n".repeat(count)}`;
    return costOf(() => void parseUwsgiIni(text));
  };
  time(20_000);
  const [short, long] = [Math.min(time(10_000), time(10_000)), Math.min(time(160_000), time(160_000))];
  expect(long).toBeLessThan(100 * Math.max(2, short));
});
