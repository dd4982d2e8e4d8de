/** The texts that sources tag with t`…`, as keys of a translation: with `{0}`, `{1}`, … for what is filled in. Tagged texts in a hole count too. */
export function taggedTexts(source: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < source.length; ) {
    const mark = source[at];
    if (source.startsWith("//", at)) at = endOf(source, "\n", at);
    else if (source.startsWith("/*", at)) at = endOf(source, "*/", at);
    else if (mark === '"' || mark === "'") at = stringEnd(source, at);
    else if (mark === "/" && /(?:^|[(,=:[!&|?{};>]|return)\s*$/.test(source.slice(Math.max(0, at - 20), at))) at = regexEnd(source, at);
    else if (mark === "`") {
      const tagged = /(?<![\w$.])t$/.test(source.slice(Math.max(0, at - 2), at));
      at = template(source, at + 1, tagged ? found : undefined, found);
    } else at++;
  }
  return found;
}

/** Reads a template up to its backtick; `into` gets its key, `nested` those of the holes. */
function template(source: string, start: number, into: string[] | undefined, nested: string[]): number {
  let [key, hole, at] = ["", 0, start];
  while (at < source.length && source[at] !== "`") {
    if (source.startsWith("${", at)) {
      const end = holeEnd(source, at + 2);
      nested.push(...taggedTexts(source.slice(at + 2, end)));
      key += `{${hole++}}`;
      at = end + 1;
    } else if (source[at] === "\\") {
      key += { n: "\n", t: "\t" }[source[at + 1] ?? ""] ?? source[at + 1] ?? "";
      at += 2;
    } else key += source[at++];
  }
  into?.push(key);
  return at + 1;
}

function holeEnd(source: string, start: number): number {
  let depth = 0;
  for (let at = start; at < source.length; ) {
    const mark = source[at];
    if (mark === "}" && depth-- === 0) return at;
    if (mark === "{") depth++;
    at = mark === "`" ? template(source, at + 1, undefined, []) : mark === '"' || mark === "'" ? stringEnd(source, at) : at + 1;
  }
  return source.length;
}

function stringEnd(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === source[start] || source[at] === "\n") return at + 1;
  }
  return source.length;
}

function regexEnd(source: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "[") inClass = true;
    else if (source[at] === "]") inClass = false;
    else if (source[at] === "\n" || (source[at] === "/" && !inClass)) return at + 1;
  }
  return source.length;
}

const endOf = (source: string, mark: string, from: number): number => {
  const at = source.indexOf(mark, from);
  return at < 0 ? source.length : at + mark.length;
};
