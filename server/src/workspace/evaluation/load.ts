/** Loading a configuration file into the running one: by the option that names it, or by its extension. */

import { registry } from "../../facts/uwsgi";
import type { Directive, Tree } from "../../syntax/tree";
import { parseUwsgi, parseUwsgiBytes, sectionOf, type UwsgiFormat } from "../../syntax/uwsgi-formats";
import { isTemplateLine, templateDepth, templateHoles } from "../../syntax/uwsgi-template";
import { parseOwnYaml } from "../../syntax/uwsgi-yaml-own";
import { t } from "../../text/l10n";
import type { Origin } from "../effective";
import { add } from "./add";
import { fileLetters } from "./letters";
import { absolute, BOUNDS, bound, type Frame, type Run, report, UNKNOWN_LETTER, written } from "./run";
import { isUrl, readSource, type Source } from "./source";
import { type Text, withHole } from "./text";

/** How a file is named: with the option's value, and where that stands. */
export type Named = { readonly name: Text; readonly at: Origin | undefined; readonly from: Frame | undefined };

const EXTENSIONS: readonly (readonly [string, UwsgiFormat])[] = [
  [".ini", "ini"],
  [".xml", "xml"],
  [".yaml", "yaml"],
  [".yml", "yaml"],
  [".json", "json"],
  [".js", "json"],
];

/** `include`, `inherit` and bare arguments: the end of the name says what it is, so it cannot carry a section. */
export function loadByExtension(run: Run, named: Named, option: string): void {
  const format = EXTENSIONS.find(([extension]) => named.name.text.endsWith(extension))?.[1];
  // Such a file never counts as the first one, whose letters are the upper-case ones.
  const first = run.letters.hasFirstFile;
  run.letters.hasFirstFile = true;
  if (format) load(run, format, named);
  else loadPlugged(run, named, option);
  run.letters.hasFirstFile = first;
}

/** Formats that plugins bring. */
export function loadPlugged(run: Run, { name, at }: Named, option: string): void {
  if (name.holes.length || registry("configurator").some((one) => name.text.endsWith(one.name))) {
    run.complete = false;
    return;
  }
  const section = /\.(?:ini|xml|ya?ml|js(?:on)?):/.test(name.text)
    ? ` ${t`A section cannot be named here: use \`ini = file:section\`.`}`
    : "";
  report(
    run,
    "include-extension",
    t`\`${option}\` chooses the format by how the name ends, and \`${name.text}\` ends in none that uWSGI knows: it refuses to start.` +
      section,
    at,
    { fatal: true, data: { path: name.text } },
  );
}

export function load(run: Run, format: UwsgiFormat, named: Named): void {
  if (run.over) return;
  const file = open(run, format, named);
  if (!file) return;
  const source = readSource(run, file.name, named.at);
  if (source === null) missing(run, file.name, named.at);
  if (!source) {
    run.complete &&= source !== undefined;
    return;
  }
  if (format === "ini") run.lastIni = file.name;
  const outer = run.frame;
  run.frame = file.frame;
  read(run, format, source, { name: file.name, section: file.section, at: named.at });
  run.frame = outer;
}

type Opened = { readonly name: string; readonly section: string; readonly frame: Frame };

/** Finds out which file and section are meant and sets the magic letters, or says why uWSGI does not come that far. */
function open(run: Run, format: UwsgiFormat, { name: value, at, from }: Named): Opened | undefined {
  if (value.holes.length) {
    run.complete = false;
    return undefined;
  }
  const { file, section } = splitName(value.text);
  const onlySection = file === "" && value.text !== "";
  const name = onlySection && format === "ini" ? run.lastIni : file;
  const path = absolute(run, name ?? "");
  const depth = (from?.depth ?? 0) + 1;
  if (name === undefined)
    report(
      run,
      "section-missing",
      t`\`${value.text}\` names a section of the ini file read before, and there was none: uWSGI crashes.`,
      at,
      { fatal: true, data: { section } },
    );
  else if (!onlySection && !isUrl(name) && run.machine.kind(path) === null) missing(run, name, at);
  else if (timesOpen(from, path, section || "uwsgi") > (run.running ? 1 : 0))
    report(run, "include-cycle", t`\`${name}\` is being read already: uWSGI follows the circle until it crashes.`, at, {
      fatal: true,
      data: { path: name },
    });
  else if (depth > BOUNDS.depth) bound(run, t`Files include one another deeper than is looked at here.`, at);
  else {
    setLetters(run, file, section, onlySection);
    return { name, section, frame: { path, section: section || "uwsgi", at, parent: from, depth } };
  }
  run.reads.add(path);
  return undefined;
}

/** What `inherit` brings in comes after everything else, so a circle of it has gone round once before it is one. */
function timesOpen(from: Frame | undefined, path: string, section: string): number {
  let times = 0;
  for (let up = from; up; up = up.parent) if (up.path === path && up.section === section) times++;
  return times;
}

/** Where the section begins: after the last colon, in a URL after the last slash. */
function splitName(name: string): { readonly file: string; readonly section: string } {
  const colon = name.lastIndexOf(":");
  return colon < (isUrl(name) ? name.lastIndexOf("/") : 0)
    ? { file: name, section: "" }
    : { file: name.slice(0, colon), section: name.slice(colon + 1) };
}

function missing(run: Run, file: string, at: Origin | undefined): void {
  report(
    run,
    "include-missing",
    t`\`${file}\` is not there: uWSGI refuses to start. A relative name starts at the working directory, not at this file; \`%d\` is the folder of this file.`,
    at,
    { fatal: true, data: { path: file } },
  );
}

function setLetters(run: Run, given: string, section: string, onlySection: boolean): void {
  const { machine } = run;
  const path = absolute(run, given);
  const url = isUrl(given);
  const full = machine.fullPath ? machine.fullPath(path) : path.startsWith("/") ? path : undefined;
  const inode = full && !url ? machine.inode?.(path) : undefined;
  fileLetters(
    run.letters,
    machine,
    { given, section, full: onlySection ? "" : url ? undefined : full, inode, isUrl: url, bytes: machine.bytes === true },
    true,
  );
}

function read(
  run: Run,
  format: UwsgiFormat,
  source: Source,
  { name, section, at }: { name: string; section: string; at: Origin | undefined },
): void {
  const found = sectionOf(format, treeOf(run, format, source), section);
  const data = { path: name, section: section || "uwsgi" };
  const { fatal, missing: nothing } = found;
  if (fatal) report(run, fatal.code, fatal.message, fatal.span ? source.origin(fatal.span) : at, { fatal: true, data });
  // A header that is made of what is not known may be the one.
  if (nothing && (source.isTemplate || source.text.includes(UNKNOWN_LETTER))) run.complete = false;
  else if (nothing) report(run, "section-missing", nothing, at, { data });
  const outer = run.certain;
  let level = 0;
  for (const directive of found.directives) {
    if (run.over) break;
    if (source.isTemplate) {
      const line = [directive.name, ...directive.args].map((word) => word.text).join("=");
      level = Math.max(0, level + templateDepth(line));
      run.certain = outer && level === 0;
      if (isTemplateLine(line)) continue;
    }
    option(run, source, directive);
  }
  run.certain = outer;
}

/** uWSGI's own way to read YAML knows no encoding. */
function treeOf({ machine }: Run, format: UwsgiFormat, source: Source): Tree {
  if (format === "yaml" && machine.ownYaml) return parseOwnYaml(source);
  return source.parsed?.(format) ?? (machine.bytes ? parseUwsgiBytes(format, source) : parseUwsgi(format, source));
}

function option(run: Run, source: Source, { span, name, args }: Directive): void {
  const value = args[0];
  let text = written(value?.text ?? "");
  if (source.isTemplate) for (const hole of templateHoles(text.text)) text = withHole(text, hole.start, hole.end);
  add(run, {
    key: name.text,
    value: text,
    places: { option: source.origin(span), key: source.origin(name.span), value: value && source.origin(value.span) },
  });
}
