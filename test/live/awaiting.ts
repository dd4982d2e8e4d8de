/** Scenarios for which the engine offers no working fix yet, and what is missing. They are reported as skipped, never as passed. */
export const AWAITING: ReadonlyMap<string, string> = new Map([
  ["an unknown host", "names that a resolver of the machine may know are not judged"],
]);
