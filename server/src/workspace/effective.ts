/** The words of evaluation: what a uWSGI process makes of its command line and files. Computed by `evaluate`. */
import type { UwsgiBuild } from "../facts/uwsgi-build";
import type { Tree } from "../syntax/tree";
import type { UwsgiFormat } from "../syntax/uwsgi-formats";
import type { Span } from "../text/span";

/** A place in a file of the workspace, or undefined for what comes from a command line, the environment or the machine. */
export type Origin = { readonly uri: string; readonly span: Span };

/** One stored option, in the order in which uWSGI stores them. */
export type Setting = {
  readonly key: string;
  /** Whether the binary, with the plugins it loads, has an option of this name; undefined when the build is not known. */
  readonly known: boolean | undefined;
  /** After expansion. What could not be expanded stands as it is written and is named in `holes`. */
  readonly value: string;
  /** Parts of `value` that depend on what is not known (environment, templates, other machines): a known value has none. */
  readonly holes: readonly Span[];
  /** False when the option stands in a block whose condition is not known. */
  readonly certain: boolean;
  /** Where the whole option is written, and where its value is (the innermost file, even when it was included). */
  readonly origin: Origin | undefined;
  readonly valueOrigin: Origin | undefined;
  readonly keyOrigin: Origin | undefined;
  /** The include, inherit or section lines that brought the file in, outermost first. */
  readonly via: readonly Origin[];
  /** Keys of the placeholders that were substituted, with the place of their definition. */
  readonly from: readonly { readonly name: string; readonly origin: Origin | undefined }[];
  /** The value as written, before expansion (after magic letters). */
  readonly raw: string;
  /** True for options run while reading (include, plugin, for, if-…): their values are never expanded. */
  readonly immediate: boolean;
  /** Appended by a deferred `inherit`. */
  readonly inherited: boolean;
  /** Run by an option that `declare-option` defined: it works, but it is not listed and no placeholder sees it. */
  readonly direct: boolean;
};

/** Something evaluation noticed. `fatal`: uWSGI refuses to start here. `code` is the id of the rule that reports it. */
export type EvaluationProblem = {
  readonly code: string;
  readonly message: string;
  readonly origin: Origin | undefined;
  readonly fatal: boolean;
  readonly data?: Readonly<Record<string, string>>;
};

export type Effective = {
  readonly settings: readonly Setting[];
  readonly problems: readonly EvaluationProblem[];
  /** False when something included could not be read: absent options are then not known to be absent. */
  readonly complete: boolean;
  /** True when uWSGI stops before it could run the options. */
  readonly stopped: boolean;
  /** Every path read or asked for, so that the answer can be thrown away when one of them changes. */
  readonly reads: ReadonlySet<string>;
  /** Plugins that `plugin` lines load, as they are named there. */
  readonly plugins: readonly { readonly name: string; readonly origin: Origin | undefined }[];
  /** Options that `declare-option` defines. */
  readonly declared: readonly { readonly name: string; readonly template: string; readonly origin: Origin | undefined }[];
};

export type SourceFile = {
  readonly text: string;
  readonly uri: string;
  readonly template?: boolean;
  /** What its text is in a format, if somebody has parsed it. */
  parsed?(format: UwsgiFormat): Tree | undefined;
};

/** Three-valued answers: undefined is "not known", null is "known to be absent". */
export type Machine = {
  /** Text of a file by the path as the process would open it, already absolute where the working directory is known. */
  read(path: string): SourceFile | null | undefined;
  kind(path: string): "file" | "directory" | "other" | null | undefined;
  /** Names in a directory (for globs). */
  list(path: string): readonly string[] | undefined;
  env(name: string): string | null | undefined;
  /** Upper-case for facts of the machine. */
  readonly cwd?: string;
  readonly hostname?: string;
  readonly user?: { readonly uid: number; readonly gid: number; readonly user: string; readonly group: string };
  readonly cpus?: number;
  readonly binary?: string;
  readonly time?: { readonly seconds: string; readonly microseconds: string };
  inode?(path: string): string | undefined;
  /** Whether the process may read it, where that is not the same as its being there. */
  readable?(path: string): boolean | undefined;
  /** The absolute path by which uWSGI knows a configuration file: its real path, but a link keeps its own name. */
  fullPath?(path: string): string | undefined;
  /** Plugins built into the binary; undefined when the build is not known. */
  readonly embedded?: readonly string[];
  /** Whether `plugin = name` finds a plugin. */
  loadable?(plugin: string): boolean | undefined;
  /** True when texts hold bytes, one in each character. */
  readonly bytes?: boolean;
  /** Target version; default "2.0.30". */
  readonly version?: string;
  readonly build?: UwsgiBuild | undefined;
  /** It reads YAML by itself, without libyaml. */
  readonly ownYaml?: boolean;
  /** Variables of the environment that start with UWSGI_, or undefined when the environment is not known. */
  readonly environment?: readonly (readonly [string, string])[];
};

/** One option of a command line, or a bare file argument (`name` is ""). Values on the command line are not magic-expanded. */
export type Argument = { readonly name: string; readonly value: string; readonly origin?: Origin };
