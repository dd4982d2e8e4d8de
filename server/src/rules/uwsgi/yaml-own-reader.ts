import { type Document, perDocument } from "../../model/document";
import { joinLines } from "../../syntax/magic";
import { type Directive, flatten } from "../../syntax/tree";
import { OWN_YAML_ENDS, parseOwnYaml } from "../../syntax/uwsgi-yaml-own";
import { t } from "../../text/l10n";
import type { Span } from "../../text/span";
import { hasOwnYaml } from "../../workspace/target";
import { fixes, inFile, replace, suggest } from "../edits";
import { type Finding, rule } from "../rule";

export const yamlOwnReader = rule({
  id: "yaml-own-reader",
  title: "YAML that uWSGI reads without libyaml",
  why: "What pip compiles reads YAML by itself, line by line: every line of the section is `key: value`. Quotes are part of the value, `#` begins a comment anywhere, and the first line of another kind, such as a list or a key without a value, ends the section without a word.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [
    {
      title: "A uWSGI installed by pip",
      files: { "app.yaml": 'uwsgi:\n  module: "app"\n  socket:\n    - 127.0.0.1:3031\n  master: true\n' },
      facts: { system: { uwsgiInstall: "pip" } },
      finds: ["app.yaml:2", "app.yaml:3"],
    },
    {
      title: "Plain lines mean the same to both",
      files: { "app.yaml": "uwsgi:\n  socket: 127.0.0.1:3031 # of nginx\n  master: true\n  endif:\n" },
      facts: { system: { uwsgiInstall: "pip" } },
      finds: [],
    },
  ],
  *check(document, { workspace }) {
    if (document.format !== "yaml" || document.isTemplate || !hasOwnYaml(workspace.target)) return;
    const { sections, ends } = ownReading(document);
    const meant = new Map(document.tree.directives.toReversed().map((one) => [one.name.text, one]));
    for (const [name, section] of sections) {
      const options = flatten(meant.get(name)?.body ?? []).flatMap(({ directive }) => (directive.args.length > 0 ? [directive] : []));
      const end = ends.get(section);
      // A list or a text of several lines belongs to the line its key stands in.
      const lost = end ? options.filter((option) => option.args.some((value) => value.span.end > end.start)) : [];
      const [first] = lost;
      const names = [...new Set(lost.map((option) => option.name.text))].slice(0, 5).join(", ");
      if (end && first)
        yield {
          span: { start: Math.min(first.name.span.start, end.start), end: end.end },
          message: t`The uWSGI of the target reads YAML without libyaml, and here its section ends: ${names} are ignored. Every line has to be key: value, and a list is its key again and again.`,
        };
      const byPlace = new Map(options.map((option) => [option.name.span.start, option]));
      for (const option of section.body ?? []) {
        const other = byPlace.get(option.name.span.start);
        const finding = other && differing(document, option, other);
        if (finding) yield finding;
      }
    }
  },
});

/** The first section of each name, which is the one that is read, and where the reading of a section ends too early. */
const ownReading = perDocument((document) => {
  const { directives, problems } = parseOwnYaml(joinLines(document.text));
  const places = problems.filter(({ code }) => code === OWN_YAML_ENDS).map(({ span }) => span);
  const ends = new Map<Directive, Span>();
  let next = 0;
  for (const section of directives) {
    const place = places[next];
    if (!place || place.start > section.span.end) continue;
    ends.set(section, place);
    next++;
  }
  return { sections: new Map(directives.toReversed().map((section) => [section.name.text, section])), ends };
});

function differing(document: Document, option: Directive, other: Directive): Finding | undefined {
  const [read, meant] = [option.args[0], other.args[0]];
  if (!read || !meant || read.text === meant.text || read.text === `${meant.text}\r`) return undefined;
  const isPlain = /^[\w./@=,][\w./:@=,-]*$/.test(meant.text) && meant.quote !== undefined;
  return {
    span: meant.span,
    message: t`The uWSGI of the target reads YAML without libyaml: this is the value ${read.text}, with its quotes and without what stands behind a #.`,
    fixes: isPlain ? fixes(suggest(t`Write ${meant.text}`, inFile(document.uri, replace(meant.span, meant.text)))) : [],
  };
}
