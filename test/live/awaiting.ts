/** Scenarios for which the engine offers no working fix yet. Their second half is reported as skipped, never as passed. */
export const AWAITING: ReadonlySet<string> = new Set([]);
