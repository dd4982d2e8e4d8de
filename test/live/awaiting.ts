/** Scenarios for which the engine offers no working fix yet, and what is missing. They are reported as skipped, never as passed. */
export const AWAITING: ReadonlyMap<string, string> = new Map([
  ["emperor capabilities without the right to write everywhere", "a rule for emperor-cap"],
  ["the host is lost behind proxy_pass", "a rule for proxy_pass without proxy_set_header Host"],
  ["an unknown host", "names that a resolver of the machine may know are not judged"],
]);
