/** Values of options where a person would look them up: words of a closed list, modes, users, addresses, modules, paths, plugins. */
import { debianPackage, debianPlugins } from "../../facts/debian";
import type { Notes } from "../../facts/notes";
import type { Option } from "../../facts/uwsgi";
import { modeWords } from "../../stack/mode";
import type { Completion, Completions } from "../completion";
import { completePath } from "../paths";
import type { At } from "../place";
import { callablesOf, modulesOf } from "../python";
import { addressesAsked, addressesBound, usersKnown } from "../stack-words";
import type { Line } from "./line";
import { isPath, isSwitch } from "./type-words";

type Value = Extract<Line, { part: "value" }>;

export function completeValue(at: At, option: Option, line: Value, notes: Notes): Completions | undefined {
  if (isPath(option)) return option.type === "config-file" ? withSections(at, line) : completePath(at, line, option.subtype === "dir");
  if (option.type === "mountpoint=path-list" || option.subtype === "mountpoint=target") return behindEquals(at, line);
  const items = valuesOf(at, option, line, notes);
  return items.length > 0 ? { span: line.span, items } : undefined;
}

function valuesOf(at: At, option: Option, line: Value, notes: Notes): readonly Completion[] {
  const values = notes.options.get(option.name)?.values;
  if (values?.length) return values.map((one, rank) => ({ label: one.value, kind: "value", detail: one.meaning, rank }));
  if (option.allowed) return option.allowed.map((label, rank) => ({ label, kind: "value", rank }));
  if (isSwitch(option)) return ["true", "false"].map((label, rank) => ({ label, kind: "value", rank }));
  switch (option.type) {
    case "octal-mode-3":
      return modes(["660", "664", "666", "600", "770", "777"]);
    case "octal-mode":
      return modes(["022", "027", "007", "077", "002"]).map(({ detail: _, ...item }) => item);
    case "user":
    case "group":
      return usersKnown(at.workspace, at.document.uri);
    case "socket-bind-list":
    case "ssl-socket-bind-list":
      return addressesAsked(at.workspace);
    case "socket-connect":
      return addressesBound(at.workspace);
    case "plugin-list":
      return plugins();
  }
  switch (option.subtype) {
    case "user":
    case "group":
    case "owner":
      return usersKnown(at.workspace, at.document.uri);
    case "socket-bind":
      return addressesAsked(at.workspace);
    case "socket-connect":
      return addressesBound(at.workspace);
    case "python-module":
      return modulesOf(at, line.text);
  }
  return option.name === "callable" ? callablesOf(at) : [];
}

const modes = (all: readonly string[]): readonly Completion[] =>
  all.map((label, rank) => ({ label, kind: "value", detail: modeWords(label), rank }));

function plugins(): readonly Completion[] {
  return Array.from(debianPlugins(), (name) => {
    const label = /^(?:python|asyncio|gevent|greenlet|tornado)$/.test(name) ? (name === "python" ? "python3" : `${name}_python3`) : name;
    return { label, kind: "module", detail: `Debian: ${debianPackage(name)}`, rank: name === "python" ? 0 : 1 };
  });
}

/** `/mountpoint=path`: the path. */
function behindEquals(at: At, line: Value): Completions | undefined {
  const equals = line.text.indexOf("=");
  if (equals < 0 || at.offset <= line.span.start + equals) return undefined;
  return completePath(at, { span: { start: line.span.start + equals + 1, end: line.span.end }, text: line.text.slice(equals + 1) }, false);
}

/** `file`, or `:section` of this file. */
function withSections(at: At, line: Value): Completions | undefined {
  const colon = line.text.lastIndexOf(":", at.offset - line.span.start - 1);
  if (colon < 0) return completePath(at, line, false);
  if (colon > 0) return undefined;
  const items = at.document.tree.directives.flatMap((directive): Completion[] =>
    directive.body ? [{ label: directive.name.text, kind: "section", rank: 0 }] : [],
  );
  return { span: { start: line.span.start + colon + 1, end: line.span.end }, items };
}
