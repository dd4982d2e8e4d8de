import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatNginx } from "../../server/src/ide/format-nginx";
import { formatTypedNginx } from "../../server/src/ide/format-nginx-typed";
import { formatUwsgi } from "../../server/src/ide/format-uwsgi";
import { parseNginx } from "../../server/src/syntax/nginx";
import { flatten } from "../../server/src/syntax/tree";
import { parseUwsgiIni } from "../../server/src/syntax/uwsgi-ini";
import { applyEdits } from "../../server/src/text/span";

const options = { tabSize: 4, insertSpaces: true };
const nginx = (text: string): string => applyEdits(text, formatNginx(text, options));
const uwsgi = (text: string): string => applyEdits(text, formatUwsgi(text));

/** What nginx reads, and the comments. */
function tokens(text: string): unknown {
  const tree = parseNginx(text);
  const all = flatten(tree.directives).map(({ directive }) =>
    [directive.name, ...directive.args]
      .map((word) => `${word.quote ?? ""}${word.text}`)
      .concat(directive.raw?.text ?? (directive.body ? "{" : ";")),
  );
  return [all, tree.comments.map((comment) => text.slice(comment.start, comment.end))];
}

const folder = join(__dirname, "../fixtures/nginx");
const fixtures = readdirSync(folder)
  .filter((file) => file.endsWith(".conf"))
  .map((file) => readFileSync(join(folder, file), "utf8"));

describe("nginx", () => {
  it.each([
    ["server{listen 80;root /a;}", "server { listen 80; root /a; }\n"],
    ["http{server{listen 80;}}", "http {\n    server { listen 80; }\n}\n"],
    ["server\n{\n  listen   80 ;\n\n\n\n root /a\n;\n}", "server {\n    listen 80;\n\n    root /a;\n}\n"],
    ["a b; # why\n#own\nc d;", "a b; # why\n#own\nc d;\n"],
    ["a {\n# one\nb c;\n# two\n}", "a {\n    # one\n    b c;\n    # two\n}\n"],
    ["log_format main '$a'\n                '$b';", "log_format main '$a'\n                '$b';\n"],
    ["  log_format main '$a'\n    '$b';", "log_format main '$a'\n    '$b';\n"],
    ["types {\ntext/html    html;\n\ttext/css     css;\n}", "types {\n    text/html    html;\n    text/css     css;\n}\n"],
    ["uwsgi_param  A     $b;", "uwsgi_param  A     $b;\n"],
    ['location ~ "a{2}  b"  {\n}', 'location ~ "a{2}  b" {\n}\n'],
    ["a_by_lua_block {\n  local a = { 1,\n2 }\n}", "a_by_lua_block {\n  local a = { 1,\n2 }\n}\n"],
    ["a b;\r\nc {\r\nd e;\r\n}", "a b;\r\nc {\r\n    d e;\r\n}\r\n"],
    ['if ($a = "b"){return 204;}', 'if ($a = "b") { return 204; }\n'],
    ["a # note\n{\nb;\n}", "a # note\n{\n    b;\n}\n"],
    ["", ""],
  ])("%j", (text, wanted) => {
    expect(nginx(text)).toBe(wanted);
    expect(nginx(wanted)).toBe(wanted);
  });

  it("leaves alone what does not parse and what is a template", () => {
    for (const text of ["a  {", "a  'b", "server  { listen {{ port }};}", "{% if a %}\n  listen   80;\n{% endif %}"])
      expect(formatNginx(text, options)).toEqual([]);
  });

  it("changes only lines of the range", () => {
    const text = "a   b;\nc   d;\ne   f;\n";
    expect(applyEdits(text, formatNginx(text, options, { start: 8, end: 12 }))).toBe("a   b;\nc d;\ne   f;\n");
  });

  it("indents with tabs", () => {
    expect(applyEdits("a {\nb c;\n}", formatNginx("a {\nb c;\n}", { tabSize: 8, insertSpaces: false }))).toBe("a {\n\tb c;\n}\n");
  });

  const blanks = fc.stringMatching(/^[ \t\n]{0,6}$/);
  it("keeps every word and comment, and has nothing more to do, whatever the blanks are", () => {
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), fc.array(blanks, { minLength: 1, maxLength: 40 }), (text, gaps) => {
        let at = 0;
        // Blanks outside of quotes and comments are changed; what then reads otherwise does not count.
        const shaken = text.replace(
          /("[^"\n]*"|'[^'\n]*'|#[^\n]*\n)|([ \t]+|\n)/g,
          (_, kept: string | undefined, gap: string) => kept ?? gap + (gaps[at++ % gaps.length] ?? ""),
        );
        const formatted = nginx(shaken);
        expect(tokens(formatted)).toEqual(tokens(shaken));
        expect(nginx(formatted)).toBe(formatted);
      }),
      { numRuns: 60 },
    );
  });

  it("makes the same of a file however its blanks were", () => {
    for (const text of fixtures.filter((one) => !one.includes("log_format")))
      expect(nginx(text.replace(/\n[ \t]+(?=[a-z}#])/g, "\n"))).toBe(nginx(text));
  });

  it("takes no stack for depth", () => {
    expect(nginx(`${"a{".repeat(20_000)}${"}".repeat(20_000)}`).length).toBeGreaterThan(100_000);
  });
});

describe("nginx while it is typed", () => {
  /** `|` stands behind what was typed last. */
  const typed = (marked: string, how = options): string => {
    const at = marked.indexOf("|");
    const text = marked.replace("|", "");
    return applyEdits(text, formatTypedNginx(text, how, at, text[at - 1] ?? ""));
  };

  it.each([
    ["http {\nserver   a;|\n}\n", "http {\n    server a;\n}\n"],
    ["http {\n\n\n\nroot /a;|\n}\n", "http {\n\n\n\n    root /a;\n}\n"],
    ["a {\nb   c;\nd;|\n}\n", "a {\nb   c;\n    d;\n}\n"],
    ["a {\nb   c;\n    d {\n e;\n }|\n}\n", "a {\nb   c;\n    d {\n        e;\n    }\n}\n"],
    ["a {\n  b  c;\n|\n}\n", "a {\n    b c;\n\n}\n"],
    ["a { b c; d e;| }\n", "a { b c; d e; }\n"],
    ["a\n{\nb;\n}|\n", "a\n{\n    b;\n}\n"],
    ["a 'x;|';\n", "a 'x;';\n"],
    ["# a;|\n  b;\n", "# a;\n  b;\n"],
    ["a {\n  b;|\n", "a {\n  b;\n"],
    ["types {\n  a/b    c;|\n}\n", "types {\n    a/b    c;\n}\n"],
  ])("%j", (text, wanted) => {
    expect(typed(text)).toBe(wanted);
  });

  it("keeps words, comments and lines, wherever something is typed", () => {
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), fc.nat(), fc.boolean(), (text, place, spread) => {
        const written = spread ? text.replace(/^[ \t]+/gm, " ") : text;
        const ends = [...written.matchAll(/[;}\n]/g)];
        const found = ends[place % ends.length];
        const at = (found?.index ?? 0) + 1;
        const edits = formatTypedNginx(written, options, at, found?.[0] ?? "");
        const after = applyEdits(written, edits);
        expect(tokens(after)).toEqual(tokens(written));
        expect(after.split("\n").length).toBe(written.split("\n").length);
        expect(edits.every((edit) => edit.span.end <= at)).toBe(true);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe("uWSGI", () => {
  it.each([
    ["[uwsgi]\n  socket=:3031  \n\n\n\nmodule =app\n; note  \n", "[uwsgi]\nsocket = :3031\n\nmodule = app\n; note\n"],
    ["[uwsgi]\nsocket=:3031\nmodule=app\nmaster  = true", "[uwsgi]\nsocket=:3031\nmodule=app\nmaster=true"],
    ["\n\n[uwsgi]\nenv = A = b  c\n\n", "[uwsgi]\nenv = A = b  c\n"],
    ["[uwsgi]\na = 50% \nb  =  2\nc  = 3\n", "[uwsgi]\na = 50% \nb  =  2\nc  = 3\n"],
    ["[uwsgi]\na%  = 1\n", "[uwsgi]\na%  = 1\n"],
    ["[uwsgi]\na = 1%\n  b = 2\nc  = 3\n", "[uwsgi]\na = 1%\n  b = 2\nc  = 3\n"],
    ["[uwsgi]\r\nmaster  =  true\r\n", "[uwsgi]\r\nmaster = true\r\n"],
    ["[uwsgi]\nmaster\n  vacuum =\n", "[uwsgi]\nmaster\nvacuum =\n"],
  ])("%j", (text, wanted) => {
    expect(uwsgi(text)).toBe(wanted);
    expect(uwsgi(wanted)).toBe(wanted);
  });

  it("changes nothing that uWSGI reads", () => {
    const line = fc.stringMatching(/^[ \t]{0,2}[a-z%;#[\]= $(){}"\t-]{0,14}$/);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = lines.join("\n");
        const read = (source: string): unknown =>
          parseUwsgiIni(source).directives.map(({ name, args, body }) => [
            name.text,
            args.map((word) => word.text),
            body?.map((one) => [one.name.text, one.args.map((word) => word.text)]),
          ]);
        const formatted = uwsgi(text);
        expect(read(formatted)).toEqual(read(text));
        expect(uwsgi(formatted)).toBe(formatted);
        // A magic letter behind each percent sign stays the same.
        expect([...formatted.matchAll(/%./gs)].map(([found]) => found)).toEqual([...text.matchAll(/%./gs)].map(([found]) => found));
      }),
      { numRuns: 400 },
    );
  });
});
