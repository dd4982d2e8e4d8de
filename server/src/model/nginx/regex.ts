/**
 * What PCRE makes of a pattern, as far as nginx is concerned: the names it captures, how many groups it has, and whether it compiles.
 * Says nothing about what only PCRE itself can tell (the length of a look-behind, Unicode properties).
 */
import { t } from "../../text/l10n";

export type Regex = { readonly names: readonly string[]; readonly groups: number; readonly problem?: string };

type Reader = {
  readonly text: string;
  at: number;
  /** Open groups. */
  depth: number;
  groups: number;
  readonly names: string[];
  /** Groups asked for by number or name, to be looked up at the end. */
  readonly wanted: (number | string)[];
  /** Whether what was just read may be repeated. */
  repeatable: boolean;
  duplicateNames: boolean;
  /** Depth of the look-behind that is open; none once another one stands in it. */
  behind: number | undefined;
  problem: string | undefined;
};

const POSIX = /^\[:\^?(\w*):\]/;
const CLASSES = new Set("alpha lower upper alnum ascii blank cntrl digit graph print punct space word xdigit".split(" "));

/** Free-spacing patterns hold comments of their own, verbs and `(?|` change the rules: what they hold is not counted. */
export const isBeyond = (text: string): boolean => /\(\?(?:[a-zA-Z]*x|\|)|\(\*[:A-Za-z]|\\Q/.test(text);

export function readRegex(text: string): Regex {
  if (/\(\?[a-zA-Z]*x|\(\*[:A-Za-z]/.test(text)) return { names: [...text.matchAll(/\(\?P?<(\w+)>/g)].map((it) => it[1] ?? ""), groups: 0 };
  const from: Reader = {
    text,
    at: 0,
    depth: 0,
    groups: 0,
    names: [],
    wanted: [],
    repeatable: false,
    duplicateNames: false,
    behind: undefined,
    problem: undefined,
  };
  while (from.at < text.length && from.problem === undefined) step(from);
  if (from.problem === undefined && from.depth > 0) from.problem = t`a closing parenthesis is missing`;
  if (from.problem === undefined && from.wanted.some((it) => (typeof it === "number" ? it > from.groups : !from.names.includes(it)))) {
    from.problem = t`it refers to a group that does not exist`;
  }
  const { names, groups, problem } = from;
  return problem === undefined ? { names, groups } : { names, groups, problem };
}

function step(from: Reader): void {
  const char = from.text[from.at++] ?? "";
  if (char === "\\") readEscape(from, false);
  else if (char === "[") readClass(from);
  else if (char === "(") open(from);
  else if (char === ")") {
    if (--from.depth < 0) from.problem = t`a closing parenthesis is unmatched`;
    if (from.behind !== undefined && from.depth < from.behind) from.behind = undefined;
    from.repeatable = true;
  } else if (char === "*" || char === "+" || char === "?") quantify(from, char !== "?");
  else if (char === "{") braces(from);
  else from.repeatable = char !== "^" && char !== "$" && char !== "|";
}

function quantify(from: Reader, endless: boolean): void {
  if (!from.repeatable) {
    from.problem = t`a quantifier does not follow a repeatable item`;
    return;
  }
  if (endless && from.behind !== undefined) from.problem = t`a look-behind has no fixed length`;
  // A second sign makes the quantifier lazy or possessive.
  if (from.text[from.at] === "?" || from.text[from.at] === "+") from.at++;
  from.repeatable = false;
}

function braces(from: Reader): void {
  const match = /^(\d+)(?:(,)(\d*))?\}/.exec(from.text.slice(from.at, from.at + 30));
  if (!match) {
    from.repeatable = true;
    return;
  }
  from.at += match[0].length;
  const [, least = "", comma, most] = match;
  if (Number(least) > 65535 || Number(most) > 65535) from.problem = t`a number is too big in a {} quantifier`;
  else if (comma && most && Number(most) < Number(least)) from.problem = t`the numbers are out of order in a {} quantifier`;
  else quantify(from, comma !== undefined && most === "");
}

function open(from: Reader): void {
  from.repeatable = false;
  from.depth++;
  if (from.text[from.at] !== "?") {
    from.groups++;
    return;
  }
  const rest = from.text.slice(from.at + 1, from.at + 60);
  const named = /^(?:P?<|')(?![=!])/.exec(rest);
  if (named) name(from, rest, named[0]);
  else if (rest.startsWith("#")) {
    const end = from.text.indexOf(")", from.at);
    if (end < 0) from.problem = t`a closing parenthesis is missing after (?#`;
    else {
      from.at = end + 1;
      from.depth--;
    }
  } else if (/^(?:[:=!>|]|<[=!])/.test(rest)) {
    from.at += rest.startsWith("<") ? 3 : 2;
    if (rest.startsWith("<")) from.behind ??= from.depth;
    else if (/^[=!]/.test(rest)) from.behind = undefined;
  } else if (/^(?:P[=>]\w+|&\w+|R|[+-]?\d+)\)/.test(rest)) {
    const called = /^(?:P[=>]|&)(\w+)|^(\d+)/.exec(rest);
    if (called?.[1]) from.wanted.push(called[1]);
    else if (called?.[2]) from.wanted.push(Number(called[2]));
    from.at += rest.indexOf(")") + 1;
  } else if (/^\^?[imnsxJUa-]*[:)]/.test(rest)) options(from, rest);
  else if (rest.startsWith("(") || rest.startsWith("C")) {
    const [condition = "", number] = /^\((?:(\d{1,5})|[<'&\w]+[>']?)\)/.exec(rest) ?? [];
    if (number) from.wanted.push(Number(number));
    from.at += 1 + condition.length;
  } else from.problem = /^\^?[imnsxJUa-]*$/.test(rest) ? t`a closing parenthesis is missing` : t`an unknown character follows (?`;
}

function options(from: Reader, rest: string): void {
  const end = /[:)]/.exec(rest)?.index ?? 0;
  if (rest.slice(0, end).includes("J")) from.duplicateNames = true;
  from.at += end + (rest[end] === ")" ? 1 : 2);
}

function name(from: Reader, rest: string, opener: string): void {
  const closer = opener === "'" ? "'" : ">";
  const found = /^\w*/.exec(rest.slice(opener.length))?.[0] ?? "";
  const after = rest[opener.length + found.length];
  from.groups++;
  from.at += 1 + opener.length + found.length + 1;
  if (/^\d/.test(found)) from.problem = t`a group's name begins with a digit`;
  else if (found.length > 32) from.problem = t`a group's name is longer than 32 characters`;
  else if (found === "") from.problem = t`a group's name is missing`;
  else if (after !== closer) from.problem = t`a group's name does not end`;
  else if (from.names.includes(found) && !from.duplicateNames) from.problem = t`two groups have the name "${found}"`;
  else from.names.push(found);
}

/** Behind a backslash. Letters that PCRE gives no meaning are errors, other characters stand for themselves. */
function readEscape(from: Reader, inClass: boolean): void {
  const char = from.text[from.at++];
  from.repeatable = true;
  if (char === undefined) from.problem = t`a backslash stands at its end`;
  else if (char === "Q") {
    const end = from.text.indexOf("\\E", from.at);
    from.at = end < 0 ? from.text.length : end + 2;
  } else if (/[FLlUu]/.test(char)) from.problem = t`PCRE does not support \\${char}`;
  else if (/[IJMOTYijmqy]/.test(char)) from.problem = t`\\${char} has no meaning`;
  else if (inClass && /[BRX]/.test(char)) from.problem = t`\\${char} is not allowed in a character class`;
  else if (char === "c" && from.at++ >= from.text.length) from.problem = t`\\c stands at its end`;
  else if (char === "x" && /^\{(?![0-9a-fA-F]+\})/.test(from.text.slice(from.at, from.at + 12)))
    from.problem = t`\\x{} holds more than a hexadecimal number`;
  else if (!inClass && /[AbBGzZE]/.test(char)) from.repeatable = char === "E";
  else if (!inClass && /[1-9]/.test(char) && !/\d/.test(from.text[from.at] ?? "")) from.wanted.push(Number(char));
  else if (!inClass && char === "k") reference(from);
  else if (char === "p" || char === "P" || char === "N" || char === "o" || char === "g" || char === "x") skipBraces(from);
}

function reference(from: Reader): void {
  const match = /^[<'{](\w+)[>'}]/.exec(from.text.slice(from.at, from.at + 40));
  if (!match) return;
  from.wanted.push(match[1] ?? "");
  from.at += match[0].length;
}

function skipBraces(from: Reader): void {
  const match = /^\{[^{}]*\}/.exec(from.text.slice(from.at, from.at + 60));
  if (match) from.at += match[0].length;
}

function readClass(from: Reader): void {
  const { text } = from;
  if (POSIX.test(text.slice(from.at - 1, from.at + 20))) {
    from.problem = t`a POSIX class stands outside brackets`;
    return;
  }
  if (text[from.at] === "^") from.at++;
  let first = true;
  /** The character before, for ranges; undefined where no range may begin, "class" for \w and its like. */
  let before: string | undefined;
  for (; from.at < text.length && from.problem === undefined; first = false) {
    const char = text[from.at] ?? "";
    if (char === "]" && !first) {
      from.at++;
      from.repeatable = true;
      return;
    }
    if (char === "-" && before !== undefined && text[from.at + 1] !== "]") {
      from.at++;
      const last = member(from);
      if (before === "class" || last === "class") from.problem = t`a range in a character class has no end`;
      else if (before !== "" && last !== "" && (last.codePointAt(0) ?? 0) < (before.codePointAt(0) ?? 0)) {
        from.problem = t`the range ${before}-${last} is out of order`;
      }
      before = undefined;
    } else before = member(from);
  }
  from.problem ??= t`the ] of a character class is missing`;
}

/** One member of a class: the character itself, "class" for a set, "" for what is not worth knowing. */
function member(from: Reader): string {
  const { text } = from;
  const posix = POSIX.exec(text.slice(from.at, from.at + 20));
  if (posix) {
    const [, kind = ""] = posix;
    if (!CLASSES.has(kind)) from.problem = t`there is no POSIX class "${kind}"`;
    from.at += posix[0].length;
    return "class";
  }
  const char = text[from.at++] ?? "";
  if (char !== "\\") return char;
  const letter = text[from.at] ?? "";
  readEscape(from, true);
  if (/[dDwWsShHvVpPN]/.test(letter)) return "class";
  return /[A-Za-z0-9]/.test(letter) ? "" : letter;
}
