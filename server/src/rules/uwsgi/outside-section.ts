import type { Document } from "../../model/document";
import { fixes, inFile, replace, safeFix, suggestion } from "../edits";
import { type Finding, rule } from "../rule";
import { optionOf } from "../../facts/uwsgi";

export const outsideSection = rule({
  id: "outside-section",
  title: "Options that no section holds are not read",
  why: "uWSGI reads the section `[uwsgi]`, or the one named on its command line; letter case counts. Lines before the first header belong to no section and are ignored: `Can't find section \"uwsgi\" in INI configuration file`, then `The -s/--socket option is missing`.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html#ini-files",
  examples: [
    { files: { "uwsgi.ini": "[uWSGI]\nsocket = :3031\nmaster = true\n" }, finds: ["uwsgi.ini:1"] },
    { files: { "uwsgi.ini": "socket = :3031\nmaster = true\n" }, finds: ["uwsgi.ini:1"] },
    { files: { "uwsgi.ini": "master = true\n[uwsgi]\nsocket = :3031\n" }, finds: ["uwsgi.ini:1"] },
  ],
  *check(document, { stack }) {
    if (document.format !== "ini" || document.isTemplate) return;
    const isPart = stack.instancesOf(document.uri).some((instance) => instance.uri !== document.uri);
    const isStarted = stack.startedFrom(document.uri).some((instance) => instance.start.starter?.commands.length);
    const finding = missing(document, isPart || isStarted);
    if (finding) yield finding;
  },
});

function missing(document: Document, isChosen: boolean): Finding | undefined {
  const { directives } = document.tree;
  const sections = directives.filter((directive) => directive.body);
  const loose = directives.find((directive) => !directive.body && optionOf(directive.name.text));
  const hasOwn = sections.some((section) => section.name.text === "uwsgi");
  const alike = sections.find((section) => section.name.text !== "uwsgi" && section.name.text.toLowerCase() === "uwsgi");
  if (!hasOwn && alike && !isChosen) return { span: alike.name.span, message: `Letter case counts: uWSGI reads the section [uwsgi], and nothing of [${alike.name.text}].`, fixes: fixes(safeFix("Write [uwsgi]", inFile(document.uri, replace(alike.name.span, "uwsgi")))) };
  if (!loose || (!hasOwn && sections.length > 0)) return undefined;
  const before = sections[0];
  const header = suggestion("Put [uwsgi] before it", inFile(document.uri, replace({ start: loose.span.start, end: loose.span.start }, "[uwsgi]\n")));
  return { span: loose.span, severity: hasOwn ? "warning" : "error", message: hasOwn ? "This line stands before the first section, so uWSGI does not read it." : "There is no section [uwsgi], so uWSGI reads none of these options (Can't find section \"uwsgi\").", fixes: fixes(before ? undefined : header) };
}
