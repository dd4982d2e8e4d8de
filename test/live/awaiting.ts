/** Scenarios for which the engine offers no working fix yet, and what is missing. They are reported as skipped, never as passed. */
export const AWAITING: ReadonlyMap<string, string> = new Map([
  ["emperor capabilities without the right to write everywhere", "a rule for emperor-cap"],
  ["a log file logger without its plugin", "a rule for plugins of loggers"],
  ["client_max_body_size in the ini", "a fix that sets it in nginx"],
  ["the object is only made when run by hand", "moving code is not for a fix"],
  ["the host is lost behind proxy_pass", "a rule for proxy_pass without proxy_set_header Host"],
  ["an unknown host", "names that a resolver of the machine may know are not judged"],
  ["a server outside http", "moving blocks between files is not for a fix"],
]);
