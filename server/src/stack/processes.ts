/**
 * The uWSGI processes of a workspace: a group for each file that may be started, and one for each command that needs no file. Groups that
 * an edit does not touch stay the same objects.
 */
import type { Document } from "../model/document";
import { baseName } from "../text/uri";
import { kept, Register, sameItems } from "../workspace/register";
import type { Workspace } from "../workspace/workspace";
import type { Deployed } from "./deploy";
import { type Instance, instanceOf, type Start, splitSection } from "./instance";
import { filesRead, isVassal, type Started, startedBy, startsOf, templatedIncludes } from "./starts";

export type Group = readonly Instance[];
/** What an emperor watches. */
/** The one key under which names of files are collected that a template includes. */
const TEMPLATED = "templated";

type Realm = { readonly emperor: Instance; readonly pattern: string };

export class Processes {
  /** What was evaluated, by the file and the way it is started. */
  #known = new Map<string, Instance>();
  /** With parts of others, and without. */
  #all: readonly Group[] = [];
  #groups: readonly Group[] = [];
  /** Where the group of a file is. */
  #slots = new Map<string, number>();
  #realms: readonly Realm[] = [];
  /** Files that are looked at only as parts of those that name them. */
  #parts: ReadonlySet<string> = new Set();
  #started: Started | undefined;
  #revision = 0;
  readonly #templated = new Register<Document, typeof TEMPLATED, string>((document) =>
    templatedIncludes(document).map((name) => [TEMPLATED, name] as const),
  );
  readonly #included = kept((names: readonly string[]) => new Set(names));
  readonly #startedBy = kept((workspace: Workspace, deployments: readonly Deployed[], included: ReadonlySet<string>, _shape: number) =>
    startedBy(workspace, deployments, included),
  );
  readonly #readers = new Register<Group, string, Instance>(function* (group) {
    for (const instance of group) for (const input of instance.inputs.keys()) yield [input, instance];
  });

  /** `deployments` must be the same list while they are the same. */
  groups(workspace: Workspace, deployments: readonly Deployed[]): readonly Group[] {
    const included = this.#included(this.#templated.update(workspace.of("uwsgi")).get(TEMPLATED));
    const started = this.#startedBy(workspace, deployments, included, workspace.shape);
    const changed = started === this.#started ? workspace.changedSince(this.#revision) : undefined;
    this.#started = started;
    this.#revision = workspace.revision;
    if (!changed || !this.#renew(workspace, started, changed)) this.#find(workspace, started);
    return this.#groups;
  }

  /** Looks again only at files that changed and those that read them. False when that is not enough. */
  #renew(workspace: Workspace, started: Started, changed: ReadonlySet<string>): boolean {
    const uris = new Set(changed);
    for (const uri of changed) for (const reader of this.#readers.get(uri)) uris.add(reader.uri);
    const all = [...this.#all];
    const affected = new Set<number>();
    for (const uri of uris) {
      const document = workspace.get(uri);
      const slot = this.#slots.get(uri);
      if (slot === undefined && document?.language !== "uwsgi" && this.#readers.get(uri).every((reader) => reader.uri !== uri)) continue;
      if (slot === undefined || !document) return false;
      const before = all[slot] ?? [];
      const group = this.#parts.has(uri) ? NO_GROUP : this.#group(workspace, started, document);
      if ([...before, ...group].some((instance) => instance.isEmperor)) return false;
      for (const { inputs } of [...before, ...group]) for (const input of inputs.keys()) affected.add(this.#slots.get(input) ?? slot);
      all[slot] = group;
      affected.add(slot);
    }
    if (affected.size === 0) return true;
    this.#all = all;
    this.#readers.update(all);
    const groups = [...this.#groups];
    for (const slot of affected) groups[slot] = this.#withoutParts(started, all[slot] ?? []);
    this.#groups = groups;
    return true;
  }

  #find(workspace: Workspace, started: Started): void {
    const before = this.#known;
    this.#known = new Map();
    const files = workspace.of("uwsgi");
    const all: Group[] = started.bare.map(({ document, start }) => this.#made(workspace, document, [start], before));
    const emperors: Instance[] = all.flat().filter((instance) => instance.isEmperor);
    const slots = new Map(files.map((document, index) => [document.uri, all.length + index]));
    const parts = new Set<string>();
    const isNamed = namedByOthers(files);
    let reads = MOST_READS + files.length * MOST_READS_EACH;
    const look = (document: Document): Group => {
      const isPart = reads < 0 && !started.byFile.has(document.uri) && isNamed(document);
      const group = isPart ? NO_GROUP : this.#group(workspace, started, document, before);
      if (isPart) parts.add(document.uri);
      for (const { inputs } of group) reads -= inputs.size;
      all[slots.get(document.uri) ?? 0] = group;
      return group;
    };
    for (const document of files) if (mayBeEmperor(document)) emperors.push(...look(document).filter((instance) => instance.isEmperor));
    this.#realms = emperors.flatMap((emperor) =>
      emperor
        .all("emperor")
        .filter((setting) => setting.holes.length === 0)
        .map((setting) => ({ emperor, pattern: setting.value })),
    );
    for (const document of files) if (!mayBeEmperor(document)) look(document);
    this.#parts = parts;
    this.#slots = slots;
    this.#all = all;
    this.#readers.update(all);
    this.#groups = all.map((group) => this.#withoutParts(started, group));
  }

  #group(workspace: Workspace, started: Started, document: Document, before = this.#known): Group {
    const over = mayBeEmperor(document)
      ? []
      : this.#realms.filter(({ pattern, emperor }) => emperor.uri !== document.uri && isVassal(workspace, document, pattern));
    return this.#made(
      workspace,
      document,
      startsOf(
        workspace,
        document,
        started,
        over.map(({ emperor }) => emperor),
      ),
      before,
    );
  }

  #made(workspace: Workspace, document: Document, starts: readonly Start[], before: ReadonlyMap<string, Instance>): Group {
    const slot = this.#slots.get(document.uri);
    const group = starts.map((start) => {
      const key = keyOf(document, start);
      const instance = instanceOf(workspace, document, start, before.get(key));
      this.#known.set(key, instance);
      return instance;
    });
    const old = slot === undefined ? undefined : this.#all[slot];
    return old && sameItems(old, group) ? old : group;
  }

  /** A file that others read in and nobody starts by itself is a part of them, not a process. Files in a circle have no beginning. */
  #withoutParts(started: Started, group: Group): Group {
    const isPart = ({ uri, start }: Instance): boolean =>
      start.emperor === undefined &&
      !started.byFile.has(uri) &&
      this.#readers.get(uri).some((reader) => reader.uri !== uri && !group.some((instance) => instance.inputs.has(reader.uri)));
    return group.some(isPart) ? group.filter((instance) => !isPart(instance)) : group;
  }
}

const NO_GROUP: Group = [];

/**
 * Every file may be started by itself, and reads all that it includes: along a chain of thousands that is too much. Once processes have
 * read this many files, what others name is looked at only as a part of them.
 */
const MOST_READS = 20_000;
const MOST_READS_EACH = 4;

/** Tells, of files, whether the name of one stands in an option of another that reads a file. */
function namedByOthers(files: readonly Document[]): (document: Document) => boolean {
  let names: ReadonlySet<string> | undefined;
  return (document) => {
    names ??= new Set(
      files.flatMap((file) =>
        filesRead(file).flatMap((text) => {
          const name = baseName(splitSection(text).file);
          return name === baseName(file.uri) ? [] : [name];
        }),
      ),
    );
    return names.has(baseName(document.uri));
  };
}

/** Cheap, and right wherever the option is not put together from pieces. What may be one is not taken for a vassal. */
const mayBeEmperor = (document: Document): boolean => document.text.includes("emperor");

function keyOf({ uri }: Document, { section, command, emperor, debian, likelyVassal }: Start): string {
  return `${uri}\n${section ?? ""}\n${command ? `${command.at.uri}:${command.at.span.start}` : ""}\n${emperor?.uri ?? ""}\n${debian}${likelyVassal}`;
}
