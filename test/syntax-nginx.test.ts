import { describe, expect, test } from "vitest";
import { parseNginx } from "../server/src/syntax/nginx";
import type { Directive } from "../server/src/syntax/tree";
import { costOf } from "./support/cost";

/** The tree as one line: `name a b;` or `name{ … }`. */
function show(directives: readonly Directive[]): string {
  return directives
    .map((it) => {
      const words = [it.name, ...it.args].map((word) => word.text).join("|");
      if (it.raw) return `${words}{${it.raw.text}}`;
      return it.body ? `${words}{${show(it.body)}}` : `${words};`;
    })
    .join(" ");
}
const problems = (text: string) => parseNginx(text).problems.map((it) => `${it.span.start} ${it.message}`);

describe("words", () => {
  test.each([
    ["a b c;", "a|b|c;"],
    ["a\tb\r\nc ;", "a|b|c;"],
    ["a 'b c' \"d;{\";", "a|b c|d;{;"],
    ["a b'c\"d;", "a|b'c\"d;"],
    ["a b#c; # d\n", "a|b#c;"],
    ["a ${b}c$d{ e; }", "a|${b}c$d{e;}"],
    ["a b\\;c\\ d;", "a|b\\;c\\ d;"],
    ['a "b\\"c\\\\d\\te\\x";', 'a|b"c\\d\te\\x;'],
    ['if ($a = "b") { c d; }', "if|($a|=|b|){c|d;}"],
    ["location ~ ^/a$ {}", "location|~|^/a${}"],
    ["location ~ ^/a\\{2\\} {}", "location|~|^/a\\{2\\}{}"],
  ])("%s", (text, tree) => {
    expect(show(parseNginx(text).directives)).toBe(tree);
  });

  test("spans hold the quotes, texts do not", () => {
    const { directives } = parseNginx("a 'b c';");
    expect(directives[0]!.args[0]).toEqual({ span: { start: 2, end: 7 }, text: "b c", quote: "'" });
    expect(directives[0]!.span).toEqual({ start: 0, end: 8 });
  });
});

describe("problems", () => {
  test.each([
    ["a {\n  b c\n}", ['9 A ";" is missing behind "c"']],
    ["a b", ['3 A ";" is missing behind "b"']],
    ["a {", ['2 This "{" is never closed']],
    ["a b; }", ['5 Unexpected "}"']],
    ["a b;;", ['4 Unexpected ";"']],
    ["{ a b; }", ['0 Unexpected "{"']],
    ['a "b"c;', ['5 Unexpected "c" after a closing quote.']],
    ['a "b;\nc d;', ['2 This " is never closed']],
    [`a ${"x".repeat(4095)};`, []],
    [`a ${"x".repeat(4096)};`, ["2 A word of 4096 bytes: nginx reads at most 4095"]],
    [`#${"x".repeat(4094)}\n`, []],
    [`#${"x".repeat(4095)}\n`, ["0 A comment of 4096 bytes: nginx reads at most 4095"]],
    [`a "${"x".repeat(4094)}";`, []],
    [`a "${"é".repeat(2048)}";`, ["3 A word of 4097 bytes: nginx reads at most 4095"]],
  ])("%.40s", (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test.each([
    ["root /srv\n  index a;", "root|/srv; index|a;", [9]],
    ["root /srv\n  location / {\n}", "root|/srv; location|/{}", [9]],
    ["root /a\nroot /b\nroot /c;", "root|/a; root|/b; root|/c;", [7, 15]],
    ["server_name a\n  root /srv;", "server_name|a|root|/srv;", []],
    ["if ($a)\n  return 200;", "if|($a)|return|200;", []],
    ["root 'a'\n  'index' b;", "root|a|index|b;", []],
  ])("a line without semicolon: %s", (text, tree, places) => {
    const parsed = parseNginx(text);
    expect(show(parsed.directives)).toBe(tree);
    expect(parsed.problems.map((it) => it.span.start)).toEqual(places);
  });

  test("several in one file", () => {
    expect(problems('a {\n b c\n}\nd "e"f;\n}\ng h')).toHaveLength(4);
  });
});

describe("templates", () => {
  test.each([
    ["listen {{ port }};", "listen|{{ port }};"],
    ["root /srv/{{ a | default('b') }}/c;", "root|/srv/{{ a | default('b') }}/c;"],
    ["{% if a %}\nlisten 80;\n{% endif %}", "listen|80;"],
    ["{% if a %}listen 80;{% endif %}", "listen|80;"],
    ["{{ extra }}\nlisten 80;", "listen|80;"],
    ["{{ name }} on;", "{{ name }}|on;"],
    ["location {{ path }} { root /a; }", "location|{{ path }}{root|/a;}"],
    ["<% if @a -%>\nroot <%= @b %>;\n<% end -%>", "root|<%= @b %>;"],
    ["{# a; } #}\nroot /a;", "root|/a;"],
    ["listen ${PORT};", "listen|${PORT};"],
    ["a '{{ \"b\" }}';", 'a|{{ "b" }};'],
    ["{{- range .A }}\nserver {{ .B }}:80;\n{{- end }}", "server|{{ .B }}:80;"],
    ["server {# note\n}", "server{}"],
    ["a{b{c d;}}", "a{b{c|d;}}"],
  ])("%s", (text, tree) => {
    const parsed = parseNginx(text);
    expect(show(parsed.directives)).toBe(tree);
    expect(parsed.problems).toEqual([]);
  });
});

describe("Lua", () => {
  test.each([
    ["a_by_lua_block { local t = {{1}, {2}} }", "a_by_lua_block{ local t = {{1}, {2}} }"],
    ["a_by_lua_block { x = '}' -- }\n y = [[ } ]] --[==[ } ]==] } b c;", "a_by_lua_block{ x = '}' -- }\n y = [[ } ]] --[==[ } ]==] } b|c;"],
    ["set_by_lua_block $a { return 1 }", "set_by_lua_block|$a{ return 1 }"],
  ])("%s", (text, tree) => {
    expect(show(parseNginx(text).directives)).toBe(tree);
  });
});

describe("any text", () => {
  test("deep nesting, unclosed openers and odd quotes cost linear time", () => {
    const texts = [
      "a {".repeat(100_000),
      `${"a {".repeat(100_000)}${"}".repeat(100_000)}`,
      "a {{ b <% c {% ".repeat(50_000),
      "a \"b 'c\n".repeat(50_001),
      "a_by_lua_block { [[ ".repeat(20_000),
      "}".repeat(200_000),
    ];
    for (const text of texts) expect(costOf(() => void parseNginx(text))).toBeLessThan(5_000);
  });
});
