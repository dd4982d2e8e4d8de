/** What people want to know about options and about the words inside their values. Written by hand, loaded when first asked for. */

export type Note = {
  /** One sentence, Markdown. */
  readonly summary: string;
  readonly text?: string;
  readonly default?: { readonly value: string; readonly evidence: string };
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly { readonly value: string; readonly meaning: string }[];
  readonly requires?: readonly string[];
  readonly implies?: readonly string[];
  readonly conflicts?: readonly string[];
  readonly related?: readonly string[];
  readonly example?: string;
  /** Lines the example needs around it to run. */
  readonly exampleNeeds?: string;
  /** Page and anchor of the official documentation. */
  readonly link?: string;
};

/** A word that a value may hold: a router, a logger … */
export type WordNote = { readonly summary: string; readonly plugin?: string; readonly arguments?: string };
export type WordNotes = Readonly<Record<string, WordNote | string>>;

/** Texts about the configuration language: by family, then by word. */
export type LanguageNotes = {
  readonly magic: Readonly<Record<string, string>>;
  readonly expansions: Readonly<Record<string, string>>;
  readonly logic: Readonly<Record<string, string>>;
  readonly socketForms: readonly { readonly form: string; readonly meaning: string }[];
  /** By option, or by `router NAME`, `logger NAME` …: key → meaning. */
  readonly keyval: Readonly<Record<string, Readonly<Record<string, string>>>>;
} & Readonly<Record<WordFamily, WordNotes>>;

export type WordFamily =
  | "emperorMonitors"
  | "routers"
  | "routeConditions"
  | "routeVars"
  | "hooks"
  | "logVariables"
  | "loggers"
  | "logEncoders"
  | "protocols"
  | "loops"
  | "cheaperAlgos"
  | "schemes"
  | "metricCollectors"
  | "alarms"
  | "statsPushers"
  | "exceptionHandlers"
  | "configurators";

export type Notes = { readonly options: ReadonlyMap<string, Note>; readonly language: LanguageNotes };

let loaded: Promise<Notes> | undefined;

export function loadNotes(): Promise<Notes> {
  // In the bundles each family is compressed, and a promise.
  loaded ??= import("./notes-data").then(async ({ families, language }) => ({
    options: new Map((await Promise.all(families)).flatMap((family) => Object.entries(family))),
    language: await language,
  }));
  return loaded;
}

/** Own properties only: words come from files of users. */
export function entry<T>(record: Readonly<Record<string, T>> | undefined, word: string): T | undefined {
  return record && Object.hasOwn(record, word) ? record[word] : undefined;
}

export const summaryOf = (note: WordNote | string): string => (typeof note === "string" ? note : note.summary);

export const documentationUrl = (link: string): string => `https://uwsgi-docs.readthedocs.io/en/latest/${link}`;
