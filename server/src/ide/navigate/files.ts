/** Values that name files: configuration that is read in, applications, folders of vassals. */
import { optionOf } from "../../facts/uwsgi";
import type { Document } from "../../model/document";
import type { Place } from "../../rules/rule";
import { FILE_OPTIONS, splitSection } from "../../stack/instance";
import { isWatched } from "../../stack/starts";
import type { Directive, Word } from "../../syntax/tree";
import type { Span } from "../../text/span";
import { folderOf, joinPath, pathOf, withPath } from "../../text/uri";
import { configurationsWith, filesOf } from "../../workspace/nginx";
import type { Workspace } from "../../workspace/workspace";
import { applicationsOf, isModule } from "../python";
import { settingsOf } from "../uwsgi/evaluated";
import { isPath } from "../uwsgi/type-words";

/** A place that stands for files. */
export type FileLink = { readonly span: Span; readonly targets: readonly Place[] };

/** A file of the workspace by a path on the machine, or relative to another file. */
export function fileNamed(workspace: Workspace, from: Document, path: string, cwd?: string): string | undefined {
  if (path === "" || path.includes("://")) return undefined;
  if (path.startsWith("/")) return workspace.paths.resolve(path);
  const placed = cwd === undefined ? undefined : workspace.paths.resolve(joinPath(cwd, path));
  if (placed !== undefined) return placed;
  const beside = withPath(from.uri, joinPath(folderOf(pathOf(from.uri)), path));
  return workspace.exists(beside) ? beside : undefined;
}

export function fileLinks(workspace: Workspace, document: Document): readonly FileLink[] {
  const all: FileLink[] = [];
  for (const { directive } of document.all) {
    const [word] = directive.args;
    const targets = word ? targetsOf(workspace, document, directive, word) : [];
    if (word && targets.length > 0) all.push({ span: inner(word), targets });
  }
  return all;
}

/** A value that names a folder in which files of the workspace lie. */
export type FolderLink = { readonly span: Span; readonly folder: string };

export function folderLinks(workspace: Workspace, document: Document): readonly FolderLink[] {
  return document.all.flatMap(({ directive }) => {
    const [word] = directive.args;
    const path = word && folderPath(workspace, document, directive, word);
    const folder = path?.startsWith("/") ? workspace.paths.folder(path) : undefined;
    return word && folder !== undefined ? [{ span: inner(word), folder }] : [];
  });
}

function folderPath(workspace: Workspace, document: Document, directive: Directive, word: Word): string | undefined {
  const name = directive.name.text;
  if (document.language === "nginx") return name === "root" || name === "alias" ? word.text : undefined;
  if (document.language !== "uwsgi" || directive.body || optionOf(name)?.subtype !== "dir") return undefined;
  return settingsOf(workspace, document, directive).find(({ setting }) => setting.holes.length === 0)?.setting.value ?? word.text;
}

export function targetsOf(workspace: Workspace, document: Document, directive: Directive, word: Word): readonly Place[] {
  if (document.language === "uwsgi") return uwsgiTargets(workspace, document, directive, word);
  return document.language === "nginx" ? nginxTargets(workspace, document, directive, word) : [];
}

const inner = ({ span, quote }: Word): Span => (quote ? { start: span.start + 1, end: Math.max(span.start + 1, span.end - 1) } : span);
const begin = (uri: string): Place => ({ uri, span: { start: 0, end: 0 } });

function uwsgiTargets(workspace: Workspace, document: Document, directive: Directive, word: Word): readonly Place[] {
  const option = optionOf(directive.name.text);
  if (!option || directive.body) return [];
  const found = settingsOf(workspace, document, directive).filter(({ setting }) => setting.holes.length === 0);
  const values =
    found.length > 0
      ? found.map(({ setting, instance }) => ({ value: setting.value, cwd: instance.socketBase ?? instance.cwd }))
      : [{ value: word.text, cwd: undefined }];
  const places = new Map<string, Place>();
  for (const { value, cwd } of values)
    for (const place of targetOf(workspace, document, option, value, cwd)) places.set(`${place.uri} ${place.span.start}`, place);
  return [...places.values()];
}

function targetOf(
  workspace: Workspace,
  document: Document,
  option: NonNullable<ReturnType<typeof optionOf>>,
  value: string,
  cwd: string | undefined,
): readonly Place[] {
  const { subtype } = option;
  if (FILE_OPTIONS.has(option.name) || subtype === "config-file") return configuration(workspace, document, value);
  if (subtype === "emperor-source")
    return workspace
      .of("uwsgi")
      .filter((one) => one !== document && isWatched(workspace, one, value))
      .map((one) => begin(one.uri));
  if (subtype === "python-module" || option.name === "wsgi-file")
    return application(workspace, value, option.name === "wsgi-file" ? fileNamed(workspace, document, value, cwd) : undefined);
  if (!isPath(option) && subtype !== "log-destination") return [];
  const uri = fileNamed(workspace, document, value, cwd);
  return uri === undefined ? [] : [begin(uri)];
}

function configuration(workspace: Workspace, document: Document, value: string): readonly Place[] {
  const { file, section } = splitSection(value);
  const uri =
    file === ""
      ? document.uri
      : (fileNamed(workspace, document, file) ?? (section === undefined ? undefined : fileNamed(workspace, document, value)));
  const target = uri === undefined ? undefined : workspace.get(uri);
  if (!target) return uri === undefined ? [] : [begin(uri)];
  const header = section === undefined ? undefined : target.tree.directives.find((one) => one.body && one.name.text === section);
  return header ? [{ uri: target.uri, span: header.name.span }] : file === "" ? [] : [begin(target.uri)];
}

/** The Python file, at what is called there. */
function application(workspace: Workspace, value: string, known: string | undefined): readonly Place[] {
  const fitting = workspace.of("python").filter((python) => (known === undefined ? isModule(python.uri, value) : python.uri === known));
  // Several files of that name: the folder imports start from decides, and it is not known.
  if (fitting.length !== 1) return [];
  const [, callable = "application"] = value.split(":");
  return fitting.map((python) => {
    const offset = applicationsOf(python).find(({ name }) => name === callable)?.offset ?? 0;
    return { uri: python.uri, span: { start: offset, end: offset } };
  });
}

const NGINX_FILES: ReadonlySet<string> = new Set([
  "ssl_certificate",
  "ssl_certificate_key",
  "ssl_dhparam",
  "auth_basic_user_file",
  "ssl_client_certificate",
  "ssl_trusted_certificate",
  "js_import",
  "perl_require",
  "access_log",
  "error_log",
]);

function nginxTargets(workspace: Workspace, document: Document, directive: Directive, word: Word): readonly Place[] {
  if (directive.name.text === "include") {
    const files = configurationsWith(workspace, document).flatMap(({ root }) => filesOf(workspace, word.text, root, document.uri) ?? []);
    return [...new Set(files)].map((file) => begin(file.uri));
  }
  if (!NGINX_FILES.has(directive.name.text)) return [];
  const uri = fileNamed(workspace, document, word.text);
  return uri === undefined ? [] : [begin(uri)];
}

/** For the names of sections: which file a value of a configuration option means. */
export function configurationOf(
  workspace: Workspace,
  document: Document,
  value: string,
): { readonly uri: string; readonly section: string } | undefined {
  const { file, section } = splitSection(value);
  if (section === undefined) return undefined;
  const uri = file === "" ? document.uri : fileNamed(workspace, document, file);
  return uri === undefined ? undefined : { uri, section };
}
