/**
 * YAML as uWSGI reads it where it was built without libyaml: line by line. A name at the edge begins a section, every line that is further
 * in is `key: value`. Quotes stay, `#` begins a comment anywhere, and the first line of another kind ends the section.
 */
import type { Mapped } from "./magic";
import type { Directive, Tree, Word } from "./tree";

/** A line at which the reading of its section ends. */
export const OWN_YAML_ENDS = "yaml-own-end";

type Section = {
  readonly name: Word;
  readonly start: number;
  readonly bodyStart: number;
  readonly body: Directive[];
  end: number;
  ended: boolean;
};

const BLANK = /^[ \t\r]*/;

export function parseOwnYaml(source: Mapped): Tree {
  const sections: Section[] = [];
  const problems: Tree["problems"][number][] = [];
  const comments: Tree["comments"][number][] = [];
  const { text } = source;
  for (let start = 0, next = 0; start < text.length; start = next) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    next = end + 1;
    const whole = text.slice(start, end);
    const hash = whole.indexOf("#");
    if (hash >= 0) comments.push(source.span(start + hash, end));
    const line = (hash < 0 ? whole : whole.slice(0, hash)).replace(/\0.*$/s, "");
    const indent = BLANK.exec(line)?.[0].length ?? 0;
    if (indent === line.length) continue;
    const section = sections.at(-1);
    if (indent === 0) {
      const colon = /^[-[{]/.test(line) ? -1 : line.indexOf(":");
      if (section) section.ended = true;
      const bodyStart = start + colon + 1;
      if (colon >= 0)
        sections.push({ name: word(source, start, line.slice(0, colon)), start, bodyStart, body: [], end: bodyStart, ended: false });
    } else if (section && !section.ended) {
      const option = optionIn(source, start + indent, line.slice(indent));
      section.end = start + line.length;
      section.ended = option === undefined;
      if (option) section.body.push(option);
      else problems.push({ code: OWN_YAML_ENDS, span: source.span(start + indent, section.end), message: "" });
    }
  }
  return { directives: sections.map((section) => directiveOf(source, section)), comments, problems };
}

function optionIn(source: Mapped, start: number, line: string): Directive | undefined {
  if (/^[-[{]/.test(line)) return undefined;
  const blank = line.indexOf(": ");
  const colon = blank < 0 ? line.indexOf(":\t") : blank;
  if (colon < 0) return undefined;
  const name = word(source, start, rightCut(line.slice(0, colon)));
  const rest = line.slice(colon + 2);
  const indent = BLANK.exec(rest)?.[0].length ?? 0;
  const value = word(source, start + colon + 2 + indent, rightCut(rest.slice(indent)));
  return { span: { start: name.span.start, end: Math.max(name.span.end, value.span.end) }, name, args: [value] };
}

/** A carriage return stays. */
function rightCut(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === " " || text[end - 1] === "\t")) end--;
  return text.slice(0, end);
}

const word = (source: Mapped, start: number, text: string): Word => ({ span: source.span(start, start + text.length), text });

const directiveOf = (source: Mapped, { name, start, bodyStart, body, end }: Section): Directive => ({
  span: source.span(start, end),
  name,
  args: [],
  body,
  bodySpan: source.span(bodyStart, end),
});
