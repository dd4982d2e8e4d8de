/** `uwsgi-nginx show-config`. */
import type { Output } from "./check";

export function showConfig(_argv: readonly string[], io: Output): number {
  io.err("uwsgi-nginx show-config: not there yet\n");
  return 2;
}
