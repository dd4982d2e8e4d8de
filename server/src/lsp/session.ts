/** One conversation with an editor: its folders, its open texts, its settings, and the workspace made of them. */
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Document } from "../model/document";
import { type LanguageId, languageOf } from "../model/language";
import { fileUri, normaliseUri, pathOf } from "../text/uri";
import { isSkipped, mayBeRead } from "../workspace/reading";
import { Workspace } from "../workspace/workspace";
import { Convert } from "./convert";
import type { AskClient, Files, Host } from "./host";
import { DEFAULTS, type Settings } from "./settings";

/** So many files are asked for at once. */
const AT_ONCE = 50;

export class Session {
  workspace = new Workspace();
  settings: Settings = DEFAULTS;
  convert: Convert;
  /** True once every file of the folders was looked at: before, what is missing may just not have been read. */
  isLoaded = false;
  askClient: AskClient | undefined;
  readonly #open = new Map<string, TextDocument>();
  #byFolder: ReadonlyMap<string, Settings> = new Map();
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
    this.#folders = folders.map(withoutSlash);
    const added = this.settings.folders.map((folder) => withoutSlash(folder.includes("://") ? folder : fileUri(folder)));
    this.#roots = [...new Set([...this.#folders, ...added])];
    this.#files = this.host.files(this.#roots, this.askClient);
    this.workspace = new Workspace(this.#roots);
    this.workspace.target = this.settings.target;
    this.convert = this.#converter();
    for (const text of this.#open.values()) this.#take(text.uri);
    await this.#load();
  }

  /** The settings of the folder a file lies in. */
  settingsFor(uri: string): Settings {
    const folder = this.#folders.findLast((one) => normaliseUri(uri).startsWith(`${one}/`));
    return this.#byFolder.get(folder ?? "") ?? this.settings;
  }

  /** `byFolder`: where folders have settings of their own. What is known of the machine, and what is read, is one for all. */
  async setSettings(settings: Settings, byFolder: ReadonlyMap<string, Settings> = new Map()): Promise<void> {
    const before = this.settings;
    this.settings = settings;
    this.#byFolder = new Map(Array.from(byFolder, ([folder, own]) => [withoutSlash(folder), own]));
    if (JSON.stringify(before.folders) !== JSON.stringify(settings.folders)) await this.setFolders(this.#folders);
    else if (JSON.stringify(before.target) !== JSON.stringify(settings.target)) this.workspace.target = settings.target;
  }

  /** Brings one file, or a folder that is new, to what is on the disk. */
  async read(uri: string): Promise<void> {
    if (this.isOpen(uri) || this.#isOutside(uri)) return;
    const { workspace } = this;
    const text = mayBeRead(pathOf(uri)) ? await this.#files.read(uri) : undefined;
    if (this.isOpen(uri) || workspace !== this.workspace) return;
    if (text !== undefined) this.#keep(uri, text);
    else if (await this.#files.list(uri)) for await (const portion of this.#files.find(uri)) await this.#readAll(portion);
    else if (mayBeRead(pathOf(uri))) this.gone(uri);
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
    return new Convert(this.workspace, (uri) => this.#open.get(uri)?.uri ?? uri);
  }
}

const withoutSlash = (uri: string): string => normaliseUri(uri).replace(/\/+$/, "");
