import { optionOf } from "../../facts/uwsgi";
import type { Document } from "../../model/document";
import type { Instance } from "../../stack/instance";
import { splitSection } from "../../stack/instance";
import type { Stack } from "../../stack/stack";
import type { Directive } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { type Finding, rule } from "../rule";

export const noUwsgiSection = rule({
  id: "no-uwsgi-section",
  title: "uWSGI reads nothing of this file",
  why: "Of an ini file uWSGI reads the section `[uwsgi]`, in this letter case, and nothing else unless the command names another one (`app.ini:prod`). What stands before the first section is not read either. uWSGI starts without these options: no socket (`The -s/--socket option is missing`), no application; under an emperor the vassal is cursed.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html#ini-files",
  examples: [
    {
      files: {
        "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\n",
        "etc/uwsgi/vassals/app.ini": "[UWSGI]\nsocket = :3031\n",
      },
      finds: ["etc/uwsgi/vassals/app.ini:1"],
    },
    { files: { "uwsgi.ini": "[uWSGI]\nsocket = :3031\n" }, finds: ["uwsgi.ini:1"] },
    { files: { "app.ini": "socket = :3031\n[uwsgi]\nmaster = true\n" }, finds: ["app.ini:1"] },
  ],
  *check(document, { stack }) {
    if (document.format !== "ini" || document.isTemplate || document.text.startsWith("\uFEFF")) return; // a byte order mark has a rule of its own
    const { directives } = document.tree;
    const sections = directives.filter((directive) => directive.body !== undefined);
    if (sections.some(({ name }) => name.text === "uwsgi")) yield* before(document, directives);
    else if (stack.startedFrom(document.uri).some(readsUwsgi)) yield* without(document, directives, sections);
    else if (!isChosen(stack, document.uri)) yield* misnamed(document, directives, sections);
  },
});

/** Started by an emperor, or by a command that names no other section. */
function readsUwsgi({ start, uri }: Instance): boolean {
  if (start.emperor || start.debian) return true;
  const name = uri.slice(uri.lastIndexOf("/") + 1);
  return start.command?.args.some((arg) => arg.value.endsWith(name) && splitSection(arg.value).section === undefined) === true;
}

/** Another file reads it in, or a command names a section of it. */
const isChosen = (stack: Stack, uri: string): boolean =>
  stack.instancesOf(uri).some((instance) => instance.uri !== uri || instance.start.command !== undefined);

/** Nobody says how the file is started: only a name that can mean nothing else, or the lack of any, is a mistake for sure. */
function* misnamed(document: Document, directives: readonly Directive[], sections: readonly Directive[]): Iterable<Finding> {
  const like = sections.find((section) => section.name.text.toLowerCase() === "uwsgi");
  if (like) yield* without(document, directives, [like]);
  else if (sections.length === 0 && directives.some((directive) => optionOf(directive.name.text)))
    yield* without(document, directives, sections);
}

function* before(document: Document, directives: readonly Directive[]): Iterable<Finding> {
  const first = directives.findIndex((directive) => directive.body !== undefined);
  const early = directives.slice(0, first);
  const [start] = early;
  const header = directives[first];
  const end = early.at(-1);
  if (!start || !end || !header) return;
  const { lines, text } = document;
  const block = text.slice(lines.start(lines.line(start.span.start)), lines.end(lines.line(Math.max(end.span.start, end.span.end - 1))));
  const headerLine = { start: lines.start(lines.line(header.span.start)), end: lines.end(lines.line(header.span.start)) };
  const moved = replace(
    { start: lines.start(lines.line(start.span.start)), end: headerLine.end },
    `${text.slice(headerLine.start, headerLine.end)}\n${block}`,
  );
  yield {
    span: { start: start.span.start, end: end.span.end },
    message:
      header.name.text === "uwsgi"
        ? t`uWSGI does not read what stands before the first section.`
        : t`uWSGI does not read what stands before the first section, and only [uwsgi].`,
    fixes: header.name.text === "uwsgi" ? fixes(suggest(t`Move it into the section`, inFile(document.uri, moved))) : [],
  };
}

function* without(document: Document, directives: readonly Directive[], sections: readonly Directive[]): Iterable<Finding> {
  const [only] = sections;
  if (only === undefined) {
    const [first] = directives;
    if (first)
      yield {
        span: first.name.span,
        message: t`There is no section [uwsgi]: uWSGI reads nothing of this file.`,
        fixes: fixes(suggest(t`Put [uwsgi] at the top`, inFile(document.uri, replace({ start: 0, end: 0 }, "[uwsgi]\n")))),
      };
    return;
  }
  const like = sections.length === 1 || only.name.text.trim().toLowerCase() === "uwsgi" ? only : undefined;
  yield {
    span: only.name.span,
    message: t`uWSGI reads the section [uwsgi] and nothing else of this file: [${only.name.text}] is not it.`,
    fixes: fixes(like && suggest(t`Name it [uwsgi]`, inFile(document.uri, replace(like.name.span, "uwsgi")))),
  };
}
