// Changes of a text: what typing, pasting, broken tools and people who wish no good do to one.
import type { Dice } from "./dice";

export const TOKENS: readonly string[] = [
  ..."\n\r\t \0%$@(){}[]<>|&;#=:,-*!~'\"`\\/.^?+0\uFEFF\u00e9\u2028\uD800\uDFFF",
  "\r\n",
  "\u{1F600}",
  "%(",
  "%(x)",
  "$(HOME)",
  "@(/etc/passwd)",
  "%n",
  "%%",
  "${",
  "$host",
  "{{ x }}",
  "{% if a %}",
  "<%= b %>",
  "{{- .Values.c }}",
  "unix:",
  "unix:/run/a.sock",
  "127.0.0.1:3031",
  "[uwsgi]\n",
  "[",
  "]",
  "/run/uwsgi/app.sock",
  "999999999999999999999",
  "-1",
  "0x1f",
  "__proto__",
  "constructor",
  "include /etc/nginx/*;",
  "ini = %p\n",
  "for = a b c\nendfor =\n",
  "if-env = A\nendif =\n",
  "server {\n",
  "location ~ (a+)+$ {\n",
  "}\n",
  "uwsgi_pass a;\n",
  "services:\n",
  "&a *a <<: *a\n",
  "ExecStart=/usr/bin/uwsgi --ini /etc/a.ini\n",
  "<uwsgi><a>",
  '{"uwsgi": {',
];

type Change = (text: string, dice: Dice, other: () => string) => string;

const range = (text: string, dice: Dice, longest: number): readonly [number, number] => {
  const from = dice.below(text.length + 1);
  return [from, Math.min(text.length, from + dice.below(longest))];
};

function onLines(text: string, change: (lines: string[]) => void): string {
  const lines = text.split("\n");
  change(lines);
  return lines.join("\n");
}

const CHANGES: readonly Change[] = [
  function insertToken(text, dice) {
    const at = dice.below(text.length + 1);
    return text.slice(0, at) + dice.pick(TOKENS) + text.slice(at);
  },
  function remove(text, dice) {
    const [from, to] = range(text, dice, 40);
    return text.slice(0, from) + text.slice(to);
  },
  function repeat(text, dice) {
    const [from, to] = range(text, dice, 60);
    return text.slice(0, to) + text.slice(from, to).repeat(1 + dice.below(20)) + text.slice(to);
  },
  function oneCharacter(text, dice) {
    const at = dice.below(text.length + 1);
    return text.slice(0, at) + String.fromCharCode(dice.below(dice.chance(0.8) ? 128 : 65_536)) + text.slice(at + 1);
  },
  function splice(text, dice, other) {
    const [from, to] = range(text, dice, 200);
    const second = other();
    const [start, end] = range(second, dice, 400);
    return text.slice(0, from) + second.slice(start, end) + text.slice(to);
  },
  (text, dice) => text.slice(0, dice.below(text.length + 1)),
  (text, dice) => text.slice(dice.below(text.length + 1)),
  (text, dice) => onLines(text, (lines) => void lines.splice(dice.below(lines.length), 1 + dice.below(3))),
  (text, dice) => onLines(text, (lines) => lines.splice(dice.below(lines.length), 0, dice.pick(lines))),
  (text, dice, other) => onLines(text, (lines) => lines.splice(dice.below(lines.length), 0, dice.pick(other().split("\n")))),
  function swapValues(text, dice) {
    return onLines(text, (lines) => {
      const [a, b] = [dice.below(lines.length), dice.below(lines.length)];
      [lines[a], lines[b]] = [lines[b] ?? "", lines[a] ?? ""];
    });
  },
  (text, dice) => text.replaceAll("\n", dice.pick(["\r\n", "\r", "\n\n", "\\\n"])),
];

/** Texts stay below this, so that what is slow is slow for a reason. */
export const MAX_LENGTH = 32_000;

export function mutate(text: string, dice: Dice, other: () => string): string {
  let now = text;
  for (let left = 1 + dice.below(4); left > 0; left--) now = dice.pick(CHANGES)(now, dice, other).slice(0, MAX_LENGTH);
  return now;
}
