/** The words in which a check of a value speaks. */
import type { Option } from "./uwsgi";

/**
 * `fatal`: uWSGI refuses to start. `misread`: it takes the value for something else than what is written.
 * `odd`: it works, but hardly anybody means it so.
 */
export type ValueProblem = {
  readonly kind: "fatal" | "misread" | "odd";
  /**
   * When it refuses: as soon as the options are run, later, when it opens sockets, logs and the like, or only where the set-up brings it
   * so far: as root, with an emperor, when a hook's moment comes.
   */
  readonly when?: "read" | "start" | "depends";
  readonly message: string;
  /** The value to write instead. `sure` when it is certainly what is meant. */
  readonly fix?: { readonly value: string; readonly sure: boolean };
};

/** Looks at a value that is completely known. */
export type Check = (value: string, option: Option, version: string) => ValueProblem | undefined;

export const fatal = (message: string, fix?: ValueProblem["fix"]): ValueProblem => ({
  kind: "fatal",
  when: "read",
  message,
  ...(fix && { fix }),
});
export const fatalAtStart = (message: string, fix?: ValueProblem["fix"]): ValueProblem => ({
  kind: "fatal",
  when: "start",
  message,
  ...(fix && { fix }),
});
export const fatalIfUsed = (message: string, fix?: ValueProblem["fix"]): ValueProblem => ({
  kind: "fatal",
  when: "depends",
  message,
  ...(fix && { fix }),
});
export const misread = (message: string, fix?: ValueProblem["fix"]): ValueProblem => ({ kind: "misread", message, ...(fix && { fix }) });
export const odd = (message: string, fix?: ValueProblem["fix"]): ValueProblem => ({ kind: "odd", message, ...(fix && { fix }) });

export const sure = (value: string): ValueProblem["fix"] => ({ value, sure: true });
export const perhaps = (value: string): ValueProblem["fix"] => ({ value, sure: false });

/** The first problem that one of the checks finds. */
export const firstOf =
  (...checks: readonly Check[]): Check =>
  (value, option, version) => {
    for (const check of checks) {
      const problem = check(value, option, version);
      if (problem) return problem;
    }
    return undefined;
  };
