/** One conversation with an editor: its folders, its open texts, its settings, and the workspace made of them. */
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Document } from "../model/document";
import { type LanguageId, languageOf } from "../model/language";
import { fileUri, normaliseUri, pathOf } from "../text/uri";
import { isSkipped, mayBeRead } from "../workspace/reading";
import { Workspace } from "../workspace/workspace";
import { CONFIG_NAME } from "./config-file";
import { Convert } from "./convert";
import type { AskClient, Files, Host, ThisMachine } from "./host";
import { type Projects, projectsIn, together, within } from "./projects";
import { DEFAULTS, type Settings } from "./settings";

/** So many files are asked for at once. */
const AT_ONCE = 50;

export class Session {
  workspace = new Workspace();
  /** For all folders together. */
  settings: Settings = DEFAULTS;
  /** What the folders say about themselves. */
  projects: Projects = new Map();
  /** Whether the person trusts what the folders say; undefined where the client knows no such thing. */
  isTrusted: boolean | undefined;
  convert: Convert;
  /** True once every file of the folders was looked at: before, what is missing may just not have been read. */
  isLoaded = false;
  askClient: AskClient | undefined;
  readonly #open = new Map<string, TextDocument>();
  /** What the person has set, for all and where folders have settings of their own. */
  #said: { readonly all: Settings; readonly byFolder: ReadonlyMap<string, Settings> } = { all: DEFAULTS, byFolder: new Map() };
  #byFolder: ReadonlyMap<string, Settings> = new Map();
  #machine: ThisMachine | undefined;
  #turn = 0;
  #folders: readonly string[] = [];
  #roots: readonly string[] = [];
  #files: Files;
  #loading = 0;

  constructor(readonly host: Host) {
    this.#files = host.files([], undefined);
    this.convert = this.#converter();
  }

  get open(): readonly Document[] {
    return [...this.#open.keys()].flatMap((uri) => this.workspace.get(uri) ?? []);
  }

  isOpen(uri: string): boolean {
    return this.#open.has(normaliseUri(uri));
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  opened(uri: string, languageId: string, version: number, text: string): void {
    this.#open.set(normaliseUri(uri), TextDocument.create(uri, languageId, version, text));
    this.#take(uri);
  }

  changed(uri: string, version: number, changes: TextDocumentContentChangeEvent[]): void {
    const before = this.#open.get(normaliseUri(uri));
    if (!before) return;
    this.#open.set(normaliseUri(uri), TextDocument.update(before, changes, version));
    this.#take(uri);
  }

  /** What is on the disk counts again; what no folder holds is gone. */
  async closed(uri: string): Promise<void> {
    this.#open.delete(normaliseUri(uri));
    if (this.#isOutside(uri)) this.gone(uri);
    else await this.read(uri);
  }

  /** The folders of the editor; with the ones the settings add, they are all that is ever read. */
  async setFolders(folders: readonly string[]): Promise<void> {
    const turn = ++this.#turn;
    this.#folders = folders.map(withoutSlash);
    const projects = await this.#readProjects();
    if (turn !== this.#turn) return;
    this.projects = projects;
    this.#combine();
    await this.#openAnew();
  }

  async #openAnew(): Promise<void> {
    const added = this.settings.folders.map((folder) => withoutSlash(folder.includes("://") ? folder : fileUri(folder)));
    this.#roots = [...new Set([...this.#folders, ...added])];
    this.#files = this.host.files(this.#roots, this.askClient);
    this.workspace = new Workspace(this.#roots);
    this.#setTarget();
    this.convert = this.#converter();
    for (const text of this.#open.values()) this.#take(text.uri);
    await this.#load();
  }

  /** The settings of the folder a file lies in. */
  settingsFor(uri: string): Settings {
    return this.#byFolder.get(this.#folderOf(uri) ?? "") ?? this.settings;
  }

  /** Whether the project leaves a file alone: it is there, and neither read nor judged. */
  isIgnored(uri: string): boolean {
    if (this.projects.size === 0) return false;
    return this.projects.get(this.#folderOf(uri) ?? "")?.config.ignores(pathOf(normaliseUri(uri))) === true;
  }

  #folderOf(uri: string): string | undefined {
    return this.#folders.findLast((one) => normaliseUri(uri).startsWith(`${one}/`));
  }

  /** `byFolder`: where folders have settings of their own. What is known of the machine, and what is read, is one for all. */
  async setSettings(all: Settings, byFolder: ReadonlyMap<string, Settings> = new Map()): Promise<void> {
    this.#said = { all, byFolder: new Map(Array.from(byFolder, ([folder, own]) => [withoutSlash(folder), own])) };
    await this.#adapt(this.projects);
  }

  /** From now on the person trusts the folders. */
  async trust(): Promise<void> {
    this.isTrusted = true;
    await this.#adapt(this.projects);
  }

  /** The files of these URIs have changed: what folders say may be among them, and the machine may be another. */
  async noticed(uris: readonly string[]): Promise<void> {
    const names = new Set(this.#folders.map((folder) => `${folder}/${CONFIG_NAME}`));
    if (uris.some((uri) => names.has(normaliseUri(uri)))) await this.#adapt(await this.#readProjects());
    else this.lookAgain();
  }

  /** What was looked up on the machine is looked up anew where it is otherwise now. */
  lookAgain(): void {
    const before = this.#machine;
    if (before && this.#local() !== before) this.#setTarget();
  }

  #readProjects(): Promise<Projects> {
    return projectsIn(this.host.files(this.#folders, this.askClient), this.#folders);
  }

  #combine(): void {
    const { all, byFolder } = this.#said;
    this.settings = together(all, this.projects, this.isTrusted === true);
    const own = new Map(byFolder);
    for (const [folder, project] of this.projects) own.set(folder, within(byFolder.get(folder) ?? this.settings, project));
    this.#byFolder = own;
  }

  /** Takes in what was said, by the person or by the folders; what is read is read anew if it is other files. */
  async #adapt(projects: Projects): Promise<void> {
    const reads = this.#reads();
    this.projects = projects;
    this.#combine();
    if (this.#reads() !== reads) await this.#openAnew();
    else this.#setTarget();
  }

  #reads(): string {
    return JSON.stringify([this.settings.folders, Array.from(this.projects, ([folder, { config }]) => [folder, config.ignore])]);
  }

  /** A target that is the same is left: whoever asked about it need not ask again. */
  #setTarget(): void {
    const local = this.#local();
    const { local: before, ...said } = this.workspace.target;
    if (before === local && JSON.stringify(said) === JSON.stringify(this.settings.target)) return;
    this.workspace.target = local ? { ...this.settings.target, local } : this.settings.target;
  }

  /** The machine, if the whole workspace lies where the person says that its files are the machine's own. */
  #local(): ThisMachine | undefined {
    const { localFolders } = this.settings;
    const isOwn = (folder: string): boolean => folder.startsWith("file://") && localFolders.some((own) => isWithin(own, pathOf(folder)));
    if (this.isTrusted === false || this.#folders.length === 0 || !this.#folders.every(isOwn)) this.#machine = undefined;
    else if (!this.#machine || this.#machine.isStale()) this.#machine = this.host.machine?.();
    return this.#machine;
  }

  /** Brings one file, or a folder that is new, to what is on the disk. */
  async read(uri: string): Promise<void> {
    if (this.isOpen(uri) || this.#isOutside(uri)) return;
    const { workspace } = this;
    const text = this.#isWanted(uri) ? await this.#files.read(uri) : undefined;
    if (this.isOpen(uri) || workspace !== this.workspace) return;
    if (text !== undefined) this.#keep(uri, text);
    else if (await this.#files.list(uri)) for await (const portion of this.#files.find(uri)) await this.#readAll(portion);
    else if (this.#isWanted(uri)) this.gone(uri);
    else workspace.know(uri);
  }

  /** A file, or a folder with all that was in it, is no more. */
  gone(uri: string): void {
    const key = normaliseUri(uri);
    const below = [...this.workspace.files].filter((file) => file === key || file.startsWith(`${key}/`));
    for (const file of below) if (!this.#open.has(file)) this.workspace.delete(file);
  }

  async #load(): Promise<void> {
    const turn = ++this.#loading;
    this.isLoaded = false;
    for (const root of this.#roots) {
      for await (const portion of this.#files.find(root)) {
        await this.#readAll(portion);
        if (turn !== this.#loading) return;
        await new Promise<void>((done) => void this.host.after(0, done));
      }
    }
    if (turn === this.#loading) this.isLoaded = true;
  }

  async #readAll(uris: readonly string[]): Promise<void> {
    const { workspace } = this;
    for (let start = 0; start < uris.length; start += AT_ONCE) {
      const some = uris.slice(start, start + AT_ONCE);
      const texts = await Promise.all(some.map((uri) => (mayBeRead(pathOf(uri)) ? this.#files.read(uri) : undefined)));
      if (workspace !== this.workspace) return;
      for (const [index, uri] of some.entries()) this.#keep(uri, texts[index]);
    }
  }

  #isWanted(uri: string): boolean {
    return mayBeRead(pathOf(uri)) && !this.isIgnored(uri);
  }

  /** A text from the disk never replaces an open one. */
  #keep(uri: string, text: string | undefined): void {
    if (this.isOpen(uri)) return;
    const language = text === undefined ? "other" : languageOf(pathOf(uri), text);
    if (text === undefined || language === "other") this.workspace.know(uri);
    else this.workspace.set(uri, text, { language });
  }

  #take(uri: string): void {
    const text = this.#open.get(normaliseUri(uri));
    if (!text) return;
    const chosen = text.languageId === "uwsgi" || text.languageId === "nginx" ? { language: text.languageId as LanguageId } : {};
    this.workspace.set(uri, text.getText(), { version: text.version, ...chosen });
  }

  #isOutside(uri: string): boolean {
    const path = pathOf(uri);
    return !this.#roots.some((root) => normaliseUri(uri).startsWith(`${root}/`) && !isSkipped(pathOf(root), path));
  }

  #converter(): Convert {
    return new Convert(
      this.workspace,
      (uri) => this.#open.get(uri)?.uri ?? uri,
      (uri) => this.#open.get(uri),
    );
  }
}

const withoutSlash = (uri: string): string => normaliseUri(uri).replace(/\/+$/, "");

function isWithin(folder: string, path: string): boolean {
  const own = folder.replace(/\/+$/, "");
  return path === own || path.startsWith(`${own}/`);
}
