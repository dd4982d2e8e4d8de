/**
 * The engine as a library: files go in as texts, what is known about them comes out as plain data. Nothing is read from a disk, run or
 * fetched, so it works wherever JavaScript does.
 */
import { diagnose } from "../../ide/diagnose";
import { diagram } from "../../ide/diagram";
import { topologyOf } from "../../ide/topology";
import { withPlaces } from "../../ide/topology-shape";
import { Document } from "../../model/document";
import { languageOf } from "../../model/language";
import type { Fix as EngineFix } from "../../rules/rule";
import { stackOf } from "../../stack/stack";
import type { Tree } from "../../syntax/tree";
import { Lines } from "../../text/lines";
import type { Span } from "../../text/span";
import { fileUri, joinPath, pathOf } from "../../text/uri";
import { targetFrom } from "../../workspace/target";
import { Workspace } from "../../workspace/workspace";

export type { Directive, Problem, Tree, Word } from "../../syntax/tree";
export type { Span } from "../../text/span";

/**
 * Path → text. Paths use slashes and are relative to one common folder. A folder that mirrors the target machine (`etc/…`, `srv/…`)
 * lets absolute paths inside the files find their files. Files in no language of ours may be given too: they are known to exist.
 */
export type Files = Readonly<Record<string, string>>;

/** Zero-based; characters are UTF-16 code units, as in the language server protocol. */
export type Position = { readonly line: number; readonly character: number };
export type Range = { readonly start: Position; readonly end: Position };
export type Place = { readonly file: string; readonly range: Range };
export type Severity = "error" | "warning" | "info" | "hint";

/** A file that is not among the given ones is to be created. */
export type Edit = Place & { readonly newText: string };
/** A safe fix keeps what the configuration means and may be applied unseen; any other is a person's choice. */
export type Fix = { readonly title: string; readonly safe: boolean; readonly edits: readonly Edit[] };

export type Finding = Place & {
  readonly severity: Severity;
  /** Id of the rule, for `Options.levels` and for comments that allow it. */
  readonly code: string;
  readonly message: string;
  readonly related: readonly (Place & { readonly message: string })[];
  readonly fixes: readonly Fix[];
};

export type Options = {
  /** Rule id → level, or "off". */
  readonly levels?: Readonly<Record<string, Severity | "off">>;
  /** What is known of the target machine: the object that `--facts` of the command line reads from a file. */
  readonly facts?: unknown;
};

/** Everything that is found in a set of files, in their order. Never throws, whatever the texts hold. */
export function check(files: Files, options: Options = {}): readonly Finding[] {
  const { workspace, fileOf } = opened(files, options);
  const context = { workspace, stack: stackOf(workspace) };
  const place = (uri: string, span: Span): Place => ({ file: fileOf(uri), range: rangeIn(workspace, uri, span) });
  const fixed = ({ title, safe, edits }: EngineFix): Fix => ({
    title,
    safe,
    edits: edits.flatMap(({ uri, edits }) => edits.map((edit) => ({ ...place(uri, edit.span), newText: edit.text }))),
  });
  return [...workspace.documents].flatMap((document) =>
    diagnose(document, context, options.levels ? { levels: options.levels } : {}).map((finding) => ({
      ...place(finding.uri, finding.span),
      severity: finding.severity,
      code: finding.code,
      message: finding.message,
      related: (finding.related ?? []).map(({ uri, span, message }) => ({ ...place(uri, span), message })),
      fixes: (finding.fixes ?? []).map(fixed),
    })),
  );
}

/** One option as uWSGI stores it: expanded, in its order. */
export type Setting = {
  readonly key: string;
  readonly value: string;
  /** False when parts of the value depend on what is not known here: the environment, a template, another machine. */
  readonly valueKnown: boolean;
  /** False when the option stands in a block whose condition is not known. */
  readonly certain: boolean;
  /** Where it is written, unless a command line or the environment says it. */
  readonly place?: Place;
};

export type Evaluation = {
  readonly settings: readonly Setting[];
  /** `fatal`: uWSGI refuses to start. */
  readonly problems: readonly { readonly message: string; readonly fatal: boolean; readonly place?: Place }[];
  /** False when something included is not among the files: an option that is absent may still be there. */
  readonly complete: boolean;
};

/**
 * What uWSGI makes of a configuration file when it is started the way the other files say (a unit, an emperor, …).
 * Undefined when no process is started from the file, or none with this section.
 */
export function evaluate(files: Files, file: string, options: Options & { readonly section?: string } = {}): Evaluation | undefined {
  const { workspace, fileOf } = opened(files, options);
  const instance = stackOf(workspace)
    .startedFrom(uriOf(file))
    .find(({ start }) => options.section === undefined || (start.section ?? "uwsgi") === options.section);
  if (!instance) return undefined;
  const at = (origin: { readonly uri: string; readonly span: Span } | undefined): { place?: Place } =>
    origin ? { place: { file: fileOf(origin.uri), range: rangeIn(workspace, origin.uri, origin.span) } } : {};
  const { settings, problems, complete } = instance.effective;
  return {
    settings: settings
      .filter((setting) => !setting.direct)
      .map(({ key, value, holes, certain, origin }) => ({ key, value, valueKnown: holes.length === 0, certain, ...at(origin) })),
    problems: problems.map(({ message, fatal, origin }) => ({ message, fatal, ...at(origin) })),
    complete,
  };
}

/** The deployment as a drawing, or as data in JSON: what `uwsgi-nginx topology` prints. */
export function topology(files: Files, format: "mermaid" | "dot" | "svg" | "json", options: Options = {}): string {
  const { workspace, fileOf } = opened(files, options);
  const graph = withPlaces(topologyOf(stackOf(workspace)), ({ uri, span }) => ({
    file: fileOf(uri),
    range: rangeIn(workspace, uri, span),
  }));
  return format === "json" ? JSON.stringify(graph, null, 2) : diagram(graph, format);
}

/**
 * What is written in one file, or undefined when it is neither uWSGI's nor nginx's. The path decides about the format (ini, YAML, JSON,
 * XML), and with the text about the language unless that is given. Spans are UTF-16 offsets. Never throws: what cannot be read is a problem.
 */
export function parse(path: string, text: string, language?: "uwsgi" | "nginx"): Tree | undefined {
  const judged = language ?? languageOf(path, text);
  return judged === "uwsgi" || judged === "nginx" ? new Document(uriOf(path), text, judged).tree : undefined;
}

const ROOT = "/workspace";
const uriOf = (file: string): string => fileUri(joinPath(ROOT, `./${file}`));

function opened(files: Files, { facts }: Options): { readonly workspace: Workspace; fileOf(uri: string): string } {
  const workspace = new Workspace([fileUri(ROOT)]);
  if (facts !== undefined) workspace.target = targetFrom(facts);
  const names = new Map<string, string>();
  for (const [file, text] of Object.entries(files)) names.set(workspace.set(uriOf(file), text).uri, file);
  return { workspace, fileOf: (uri) => names.get(uri) ?? pathOf(uri).slice(ROOT.length + 1) };
}

function rangeIn(workspace: Workspace, uri: string, span: Span): Range {
  const lines = workspace.get(uri)?.lines ?? new Lines("");
  return { start: lines.position(span.start), end: lines.position(span.end) };
}
