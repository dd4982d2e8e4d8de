/** The rewrite module: `if`, `rewrite`, `return`, `set`. */

import { t } from "../../text/l10n";
import { type Reading, refuse, type Statement } from "./reading";
import type { Setters } from "./setting";
import { parseNumber } from "./values";
import { defineVariable, readPattern, readValue, useVariable } from "./variables";

const isTarget = (text: string): boolean => /^(?:https?:\/\/|\$scheme)/.test(text);

function rewrite(it: Statement, into: Reading): void {
  const [pattern, target, flag] = it.directive.args;
  if (target?.text === "") refuse(into, it, t`The replacement is empty`, target);
  readPattern(it, into, pattern);
  if (flag && !["last", "break", "redirect", "permanent"].includes(flag.text))
    refuse(into, it, t`"${flag.text}" is no flag of rewrite: last, break, redirect or permanent`, flag);
  readValue(it, into, target);
}

function answer(it: Statement, into: Reading): void {
  const [code, text] = it.directive.args;
  if (!code) return;
  const status = parseNumber(code.text);
  if (status === undefined) {
    if (text || !isTarget(code.text)) refuse(into, it, t`"${code.text}" is no status`, code);
    else readValue(it, into, code);
  } else if (status > 999) refuse(into, it, t`"${code.text}" is no status`, code);
  else readValue(it, into, text);
}

function set(it: Statement, into: Reading): void {
  const [variable, value] = it.directive.args;
  defineVariable(it, into, variable);
  readValue(it, into, value);
}

const COMPARISONS = new Set(["=", "!=", "~", "~*", "!~", "!~*"]);

/** `( $a )`, `( $a = b )`, `( -f $a )`: the brackets may hang on the words or stand alone. */
function condition(it: Statement, into: Reading) {
  const { args } = it.directive;
  const first = args[0];
  const last = args.at(-1);
  if (!first || !last) return;
  const say = (message: string, word = first) => refuse(into, it, message, word, "nginx-condition");
  if (!first.text.startsWith("(")) return say(t`A condition stands in round brackets: "(" is missing before "${first.text}"`);
  if (!last.text.endsWith(")") || (args.length === 1 && first.text.length < 2))
    return say(t`A condition stands in round brackets: ")" is missing behind "${last.text}"`, last);
  const from = first.text.length === 1 ? 1 : 0;
  const to = args.length - (last.text.length === 1 ? 1 : 0);
  const words = args.slice(from, to);
  const start = from === 1 ? 0 : 1;
  const cut = to === args.length ? 1 : 0;
  const [subject, operator, value] = words;
  const text = (at: number): string => (words[at]?.text ?? "").slice(at === 0 ? start : 0, at === words.length - 1 && cut ? -1 : undefined);
  if (!subject) return say(t`The condition is empty`);
  if (/^\$./.test(text(0))) {
    if (words.length !== 1 && words.length !== 3)
      return say(t`"${text(0)}" is compared with exactly one value; blanks belong in quotes`, subject);
    useVariable(it, into, subject, start, start + text(0).length);
    if (!operator || !value) return undefined;
    if (!COMPARISONS.has(operator.text)) {
      const meant = operator.text === "==" ? { mend: "=" } : operator.text === "=~" ? { mend: "~" } : {};
      return refuse(into, it, t`"${operator.text}" is no comparison: =, !=, ~, ~*, !~ and !~* are`, operator, "nginx-condition", meant);
    }
    const whole = { ...value, text: text(2) };
    if (operator.text.includes("~")) readPattern(it, into, whole);
    else readValue(it, into, whole);
    return undefined;
  }
  if (!/^!?-[fdex]$/.test(text(0))) return say(t`"${text(0)}" begins no condition: a variable, -f, -d, -e or -x does`, subject);
  if (words.length !== 2) return say(t`"${text(0)}" takes one path`, subject);
  if (operator) readValue(it, into, { ...operator, text: text(1) });
  return undefined;
}

export const rewriteSetters: Setters = {
  ngx_http_rewrite: rewrite,
  ngx_http_rewrite_return: answer,
  ngx_http_rewrite_set: set,
  ngx_stream_set: set,
  ngx_http_rewrite_if: condition,
  ngx_stream_return: (it, into) => readValue(it, into, it.directive.args[0]),
};
