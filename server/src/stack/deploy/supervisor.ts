/** Configuration of supervisor: its programs, as Python's configparser reads them with comments behind values. */
import type { Document } from "../../model/document";
import type { Deployment, Said, Starter } from "../deploy";
import { ranBy } from "./command";
import { signalOf, withoutUndefined } from "./said";
import { type Collector, collect, collected, collector, slice, spanOf, type Taken, takeSpan, trim } from "./taken";
import { wordsOf } from "./words";

type Section = { readonly name: string; readonly start: number; readonly end: number; readonly values: Map<string, Taken> };

export function readSupervisor(document: Document): Deployment {
  const sections = sectionsOf(document.text);
  const common = sections.find(({ name }) => name === "supervisord");
  const starters = sections.flatMap((section) => {
    const program = /^(?:program|eventlistener|fcgi-program):(.*)$/.exec(section.name)?.[1];
    return program === undefined ? [] : [programOf(document.uri, program.trim(), section, common)];
  });
  return { starters, folders: [], copies: [], problems: [] };
}

function programOf(uri: string, name: string, section: Section, common: Section | undefined): Starter {
  const said = (key: string, from: Section | undefined = section): Said<string> | undefined => {
    const taken = from?.values.get(key);
    return taken?.text ? { value: taken.text, at: { uri, span: spanOf(taken) } } : undefined;
  };
  const directory = said("directory") ?? said("directory", common);
  const command = section.values.get("command");
  // autostart=false: somebody starts it by hand, still as it is written here.
  const ran = ranBy(command ? [wordsOf(command, "list")] : [], uri, directory?.value);
  const at = { uri, span: command ? spanOf(command) : { start: section.start, end: section.end } };
  const environment = new Map([
    ...pairsOf(common?.values.get("environment"), uri),
    ...pairsOf(section.values.get("environment"), uri),
    ...ran.environment,
  ]);
  return {
    kind: "supervisor",
    uri,
    name,
    at,
    ...ran,
    ...withoutUndefined({
      workingDirectory: directory,
      user: said("user"),
      umask: said("umask") ?? said("umask", common),
      stopSignal: signalOf(said("stopsignal")),
    }),
    environment,
    environmentFiles: [],
    listens: [],
  };
}

function sectionsOf(source: string): readonly Section[] {
  const sections: Section[] = [];
  let key: string | undefined;
  for (let start = 0; start < source.length; ) {
    const newline = source.indexOf("\n", start);
    const end = newline < 0 ? source.length : newline;
    const line = uncommented(takeSpan(source, { start, end }));
    const indented = /^[ \t]/.test(line.text);
    const text = trim(line);
    start = end + 1;
    if (text.text === "") continue;
    const section = sections.at(-1);
    const header = /^\[([^\]]*)\]/.exec(text.text);
    if (header && !indented) {
      sections.push({ name: (header[1] ?? "").trim(), ...spanOf(text), values: new Map() });
      key = undefined;
    } else if (section && indented && key !== undefined) goOn(section, key, text);
    else if (section) {
      const at = text.text.search(/[=:]/);
      key = at < 0 ? undefined : text.text.slice(0, at).trim().toLowerCase();
      if (key !== undefined) section.values.set(key, trim(slice(text, at + 1, text.text.length)));
    }
  }
  return sections;
}

/** An indented line goes on with the value before it. */
function goOn(section: Section, key: string, line: Taken): void {
  const before = section.values.get(key);
  const result: Collector = collector();
  if (before?.text) {
    for (let at = 0; at < before.text.length; at++) collect(result, before, at);
    collect(result, before, before.text.length - 1, " ");
  }
  for (let at = 0; at < line.text.length; at++) collect(result, line, at);
  section.values.set(key, collected(result, { start: result.starts[0] ?? line.whole.start, end: line.whole.end }, true));
}

/** A comment starts a line, or follows a space. */
function uncommented(line: Taken): Taken {
  if (/^\s*[#;]/.test(line.text)) return slice(line, 0, 0);
  const at = line.text.search(/\s[;#]/);
  return at < 0 ? line : slice(line, 0, at);
}

/** `NAME="value",OTHER=value`. */
function pairsOf(value: Taken | undefined, uri: string): ReadonlyMap<string, Said<string | undefined>> {
  const pairs = new Map<string, Said<string | undefined>>();
  for (const match of value?.text.matchAll(/([A-Za-z_][\w.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^,\s"']*))/g) ?? []) {
    const text = match[2] ?? match[3] ?? match[4] ?? "";
    const at = match.index + match[0].length - text.length - (match[4] === undefined ? 1 : 0);
    if (value && match[1])
      pairs.set(match[1], {
        value: text.includes("%(") ? undefined : text.replaceAll("%%", "%"),
        at: { uri, span: spanOf(slice(value, at, at + text.length)) },
      });
  }
  return pairs;
}
