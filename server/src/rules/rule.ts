/** What a rule is: one opinion about a configuration, in one file, with its words, its check, its fixes and its examples. */
import type { Document } from "../model/document";
import type { LanguageId } from "../model/language";
import type { Stack } from "../stack/stack";
import type { Edit, Span } from "../text/span";
import type { Workspace } from "../workspace/workspace";

/** error: the real stack always fails so. warning: likely broken or risky. info, hint: worth knowing. */
export type Severity = "error" | "warning" | "info" | "hint";
export const RANK: Readonly<Record<Severity, number>> = { hint: 0, info: 1, warning: 2, error: 3 };

export type Place = { readonly uri: string; readonly span: Span };
/** Edits of one file. A file that does not exist is created. */
export type FileEdit = { readonly uri: string; readonly edits: readonly Edit[] };
/** `safe` fixes may be applied in bulk; the others are a person's choice. */
export type Fix = { readonly title: string; readonly safe: boolean; readonly edits: readonly FileEdit[] };
export type Related = Place & { readonly message: string };

export type Finding = {
  readonly span: Span;
  /** What is wrong, why it matters, what to do: one to three sentences. */
  readonly message: string;
  /** When the evidence speaks for another level than the rule's. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  /** "unnecessary" greys out, "deprecated" strikes through. */
  readonly tag?: "unnecessary" | "deprecated";
};

/** Files of a small set-up that shows the rule: path → text. `finds` names `path:line` (one-based) of each finding of the rule. */
export type Example = {
  readonly title?: string;
  readonly files: Readonly<Record<string, string>>;
  readonly finds: readonly string[];
  /** Facts of the target machine, as of `--facts`. */
  readonly facts?: unknown;
};

export type Context = { readonly workspace: Workspace; readonly stack: Stack };

export type Rule = {
  /** Kebab-case, the same as the file's name; reads well after the word "allow". */
  readonly id: string;
  readonly title: string;
  /** What it costs when it is ignored, and the evidence. Markdown. */
  readonly why: string;
  readonly severity: Severity;
  /** Languages of the documents it looks at. */
  readonly languages: readonly LanguageId[];
  /**
   * Options, by the name that their other names stand for, and directives. Where none of them is written in a file or set in a process
   * that the file has to do with, there is nothing to find, and the rule is not asked.
   */
  readonly needs?: readonly string[];
  /** It judges everything of a kind, and is silent where a rule for the very case has spoken. */
  readonly general?: true;
  /** Official page about the matter. */
  readonly link?: string;
  readonly examples: readonly Example[];
  check(document: Document, context: Context): Iterable<Finding>;
};

export const rule = (rule: Rule): Rule => rule;
