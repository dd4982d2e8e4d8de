/** YAML, JSON and XML files made at random: well-formed ones, with everything in them that uWSGI reads in a way of its own. */
import fc from "fast-check";

const SCALARS = [
  ...[
    "true",
    "~",
    "no",
    "0666",
    "1.5",
    "app:application",
    "127.0.0.1:3031",
    ":3031",
    "'it''s'",
    '"a\\tb"',
    '"x"',
    "a b",
    "%n.sock",
    '"%d"',
  ],
  ...["%(a)", "$(X)", "/run/x.sock # c", "x#y", "'# no'", "a:b", "é", "", "&anchor v", "*anchor", "!!str 5"],
  ...["|\n    one\n    two\n", ">-\n    f\n    g\n", "two\n    lines", "'multi\n    line'"],
  ...["[a, b]", "[a, [b], c]", "{x: 1, y: 2}", "[]", "{}", "\n    - a\n    - b\n", "\n  - a\n  - 'b'\n", "\n    # c\n    - z # d\n"],
  ...["\n    n1: 1\n    n2: [p, q]\n", "\n    - k: v\n    - w\n", "\n    - - a\n      - b\n    - c\n"],
];
const HEADS = ["---\n", "other:\n  z: 1\n", "two:\n  z: 9\n", "%YAML 1.1\n---\n", "outer:\n  x: 1\n---\n", "", "", ""];
const TAILS = ["\n", "\n", "", "\ntwo:\n  q: 1\n", "\n...\n", "\n---\ntwo:\n  q: 2\n"];

const name = fc.constantFrom("a", "b", "master", "socket", "env", "set-ph", "'q'", '"dq"', "my-key", "x y", "for", "endfor");
const entry = fc
  .tuple(name, fc.constantFrom(...SCALARS))
  .map(([key, value]) => `  ${key}:${/^(?:\n|$)/.test(value) ? "" : " "}${value.replace(/\n$/, "")}`);
const line = fc.oneof({ weight: 6, arbitrary: entry }, { weight: 1, arbitrary: fc.constantFrom("", "  # comment", "# c") });

/** A file, and the section that is asked for. */
export type FormatFile = { readonly text: string; readonly section: string };
const section = fc.constantFrom("", "", ":two");

const yaml: fc.Arbitrary<FormatFile> = fc
  .record({
    head: fc.constantFrom(...HEADS),
    header: fc.constantFrom("uwsgi:", "uwsgi:", "'uwsgi':", "uwsgi: # c"),
    lines: fc.array(line, { maxLength: 6 }),
    tail: fc.constantFrom(...TAILS),
    section,
  })
  .map((parts) => ({ text: `${parts.head}${[parts.header, ...parts.lines].join("\n")}${parts.tail}`, section: parts.section }));

const JSON_VALUES = [
  ...['"x"', '"a b"', "true", "false", "null", "1", "-5", "1.5", "1e3", "99999999999999999999", "0.10", "010", '"\\n"', '"\\u00e9"'],
  ...['"\\u0000z"', '"\\ud83d\\ude00"', '"\\/"', '"é"', '""', '"%n"', '"%(a)"', "[]", '["a","b"]', "[1,true,null]", '[1.5,"s"]'],
  ...['[["n"]]', '[{"k":"v"}]', "{}", '{"x":"1"}', '/* c */ "x"'],
];
const jsonValue = fc.oneof({ weight: 5, arbitrary: fc.constantFrom('"x"', "true", "1", '["a","b"]') }, fc.constantFrom(...JSON_VALUES));
const jsonKey = fc.constantFrom('"a"', '"b"', '"master"', '"env"', '"end"', '""', '"\\u0061"', '"x y"', '"for"');
const jsonObject = fc
  .array(fc.tuple(jsonKey, jsonValue), { maxLength: 5 })
  .map((members) => `{${members.map(([key, value]) => `${key}: ${value}`).join(", ")}}`);

const json: fc.Arbitrary<FormatFile> = fc
  .record({
    before: fc.constantFrom("", "", '"z": 1, ', '"two": {"q": 1}, ', '"two": 5, '),
    key: fc.constantFrom('"uwsgi"', '"uwsgi"', '"uwsgi"', '"uwsgi "', '"uws\\u0067i"'),
    value: fc.oneof({ weight: 8, arbitrary: jsonObject }, { weight: 1, arbitrary: jsonValue }),
    after: fc.constantFrom("", "", "", ', "uwsgi": {"dup": 1}', ', "two": {"r": 2}', ","),
    section,
  })
  .map((parts) => ({ text: `{${parts.before}${parts.key}: ${parts.value}${parts.after}}`, section: parts.section }));

const XML_TEXTS = [
  ...["x", "a b", " x ", "1", "&lt;", "&amp;&#65;", "<![CDATA[a<b]]>", "é", "", "%n", "%(a)", "\n  x\n", "<b>y</b>", "<!-- c -->x"],
  ...["x<!-- c -->y", "true", "&quot;"],
];
const attribute = fc.constantFrom("", "", "", ' id="two"', " id='uwsgi'", ' other="1"');
const element = fc
  .tuple(fc.constantFrom("a", "b", "master", "socket", "env", "x-y", "for", "_u"), attribute, fc.constantFrom(...XML_TEXTS))
  .map(([tag, id, text]) => (text === "" ? `<${tag}${id}/>` : `<${tag}${id}>${text}</${tag}>`));
const between = fc.constantFrom("<!-- c -->", "text", "\n", "<?pi x?>");
const elements = fc.array(fc.oneof({ weight: 6, arbitrary: element }, { weight: 1, arbitrary: between }), { maxLength: 5 });
const xmlSection = fc.tuple(attribute, elements).map(([id, all]) => `<uwsgi${id}>\n${all.join("\n")}\n</uwsgi>`);
const xmlText = fc.oneof(
  { weight: 4, arbitrary: xmlSection },
  { weight: 3, arbitrary: fc.array(xmlSection, { minLength: 1, maxLength: 3 }).map((all) => `<root>${all.join("")}</root>`) },
  { weight: 1, arbitrary: xmlSection.map((one) => `<?xml version="1.0"?>\n<!-- c -->\n${one}\n`) },
  { weight: 1, arbitrary: xmlSection.map((one) => `<root><inner>${one}</inner></root>`) },
);

export const formatFiles: Readonly<Record<string, fc.Arbitrary<FormatFile>>> = { yaml, json, xml: fc.record({ text: xmlText, section }) };
