/** `uwsgi-nginx topology`: the deployment as a drawing. */
import type { Output } from "./check";

export function topology(_argv: readonly string[], io: Output): number {
  io.err("uwsgi-nginx topology: not there yet\n");
  return 2;
}
