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
    const own = ownTree(document);
    for (const section of own.directives) {
      const meant = document.tree.directives.find((one) => one.body && one.name.text === section.name.text);
      const options = flatten(meant?.body ?? [])
        .map(({ directive }) => directive)
        .filter((option) => option.args.length > 0);
      const end = own.problems.find(({ code, span }) => code === OWN_YAML_ENDS && within(span, section))?.span;
      // A list or a text of several lines belongs to the line its key stands in.
      const lost = options.filter((option) => end && option.args.some((value) => value.span.end > end.start));
      const [first] = lost;
      const names = [...new Set(lost.map((option) => option.name.text))];
      if (end && first)
        yield {
          span: { start: Math.min(first.name.span.start, end.start), end: end.end },
          message: t`The uWSGI of the target reads YAML without libyaml, and here its section ends: ${names.slice(0, 5).join(", ")} are ignored. Every line has to be key: value, and a list is its key again and again.`,
        };
      for (const option of section.body ?? []) {
        const other = options.find((one) => one.name.span.start === option.name.span.start);
        const finding = other && differing(document, option, other);
        if (finding) yield finding;
      }
    }
  },
});

const ownTree = perDocument((document) => parseOwnYaml(joinLines(document.text)));
const within = (span: Span, { bodySpan }: Directive): boolean =>
  bodySpan !== undefined && span.start >= bodySpan.start && span.start <= bodySpan.end;

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
