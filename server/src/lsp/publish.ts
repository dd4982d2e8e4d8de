/** Findings on their way to the editor: after a pause, only what changed, open files first. */
import type { Connection, Diagnostic } from "vscode-languageserver";
import { type Diagnosis, diagnose } from "../ide/diagnose";
import type { Document } from "../model/document";
import { stackOf } from "../stack/stack";
import type { Workspace } from "../workspace/workspace";
import { whereOf } from "./fence";
import type { Session } from "./session";
import type { Settings } from "./settings";

const PAUSE = 150;
const AT_ONCE = 20;
/** Nobody reads more in one file, and an editor that is given a hundred thousand stands still. */
const MOST_SHOWN = 1_000;
const NONE: readonly Diagnosis[] = [];

type Kept = {
  readonly workspace: Workspace;
  readonly revision: number;
  readonly settings: Settings;
  readonly findings: readonly Diagnosis[];
};

export class Publisher {
  readonly #sent = new Map<string, string>();
  readonly #failed = new Set<string>();
  readonly #kept = new WeakMap<Document, Kept>();
  #callOff: (() => void) | undefined;
  #changed = "";

  constructor(
    readonly session: Session,
    readonly connection: Pick<Connection, "sendDiagnostics" | "console">,
    /** Told after each round, when what other files show may have changed. */
    readonly settled: () => void,
  ) {}

  /** A text that was just opened is waited for; what it means for others can wait. */
  opened(uri: string): void {
    const document = this.session.workspace.get(uri);
    if (document && this.session.isLoaded) this.#fenced(() => this.#send(document.uri, document));
    this.soon();
  }

  /** The file that is typed into comes first, whatever else is open. */
  changed(uri: string): void {
    this.#changed = uri;
    this.soon();
  }

  soon(): void {
    this.#callOff?.();
    this.#after(PAUSE, () => {
      const { session } = this;
      const document = session.isLoaded && session.isOpen(this.#changed) ? session.workspace.get(this.#changed) : undefined;
      this.#changed = "";
      if (!document) return this.#publish();
      this.#send(document.uri, document);
      this.#after(0, () => this.#publish());
    });
  }

  now(): void {
    this.#fenced(() => this.#publish());
  }

  #after(milliseconds: number, run: () => void): void {
    this.#callOff = this.session.host.after(milliseconds, () => this.#fenced(run));
  }

  /** Above a timer there is nobody to catch what is thrown. */
  #fenced(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.connection.console.error(`findings: ${whereOf(error)}`);
    }
  }

  stop(): void {
    this.#callOff?.();
  }

  /** Kept until something changes: several requests ask for them. */
  findings(document: Document): readonly Diagnosis[] {
    if (this.session.isIgnored(document.uri)) return NONE;
    const { workspace } = this.session;
    const settings = this.session.settingsFor(document.uri);
    const kept = this.#kept.get(document);
    if (kept && kept.workspace === workspace && kept.revision === workspace.revision && kept.settings === settings) return kept.findings;
    const findings = this.#diagnose(document, settings);
    this.#kept.set(document, { workspace, revision: workspace.revision, settings, findings });
    return findings;
  }

  #diagnose(document: Document, { levels }: Settings): readonly Diagnosis[] {
    const { workspace } = this.session;
    const onError = (rule: { readonly id: string }, error: unknown): void => {
      if (this.#failed.has(rule.id)) return;
      this.#failed.add(rule.id);
      this.connection.console.error(`rule ${rule.id}: ${whereOf(error)}`);
    };
    return diagnose(document, { workspace, stack: stackOf(workspace) }, { levels, onError });
  }

  #publish(): void {
    const { session } = this;
    if (!session.isLoaded) return;
    const open = session.open;
    for (const document of open) this.#send(document.uri, document);
    const rest = session.settings.wholeWorkspace
      ? [...session.workspace.documents].filter((document) => !session.isOpen(document.uri))
      : [];
    const projects = [...session.projects.values()];
    const kept = new Set([...open, ...rest, ...projects].map(({ uri }) => uri));
    for (const uri of [...this.#sent.keys()]) if (!kept.has(uri)) this.#send(uri, undefined);
    for (const project of projects) this.#tell(project.uri, undefined, session.convert.wrong(project).slice(0, MOST_SHOWN));
    this.#sendSome(rest);
    this.settled();
  }

  /** Files that are not open can wait: a few at a time, until something changes. */
  #sendSome(documents: readonly Document[]): void {
    for (const document of documents.slice(0, AT_ONCE)) this.#send(document.uri, document);
    if (documents.length > AT_ONCE) this.#after(0, () => this.#sendSome(documents.slice(AT_ONCE)));
  }

  /** No document: nothing is said of the file any more. */
  #send(uri: string, document: Document | undefined): void {
    const { convert } = this.session;
    const findings = document ? this.findings(document).slice(0, MOST_SHOWN) : [];
    const diagnostics: Diagnostic[] = document ? findings.map((finding) => convert.diagnostic(document, finding)) : [];
    this.#tell(uri, document?.version, diagnostics);
    if (!document) this.#sent.delete(uri);
  }

  #tell(uri: string, version: number | undefined, diagnostics: Diagnostic[]): void {
    const content = `${version} ${JSON.stringify(diagnostics)}`;
    if (this.#sent.get(uri) === content || (!this.#sent.has(uri) && diagnostics.length === 0 && version === undefined)) return;
    this.#sent.set(uri, content);
    const to = this.session.convert.uriOf(uri);
    void this.connection.sendDiagnostics({ uri: to, diagnostics, ...(version === undefined ? {} : { version }) });
  }
}
