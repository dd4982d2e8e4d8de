/** YAML files made at random: well-formed ones, with everything in them that uWSGI reads in a way of its own. */
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

/** The file, and the section that is asked for. */
export const yamlFile: fc.Arbitrary<{ readonly text: string; readonly section: string }> = fc
  .record({
    head: fc.constantFrom(...HEADS),
    header: fc.constantFrom("uwsgi:", "uwsgi:", "'uwsgi':", "uwsgi: # c"),
    lines: fc.array(line, { maxLength: 6 }),
    tail: fc.constantFrom(...TAILS),
    section: fc.constantFrom("", "", ":two"),
  })
  .map(({ head, header, lines, tail, section }) => ({ text: `${head}${[header, ...lines].join("\n")}${tail}`, section }));
