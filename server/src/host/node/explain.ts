/** `uwsgi-nginx explain`: what a rule, an option, a directive or a line of a log means, for a terminal. */
import { explanationOf } from "../../ide/explain";
import type { Output } from "./check";
import { forTerminal } from "./terminal";

/** Exit code 2: nobody knows the subject. */
export async function explain(argv: readonly string[], io: Output): Promise<number> {
  const subject = argv
    .filter((word) => word !== "--")
    .join(" ")
    .trim();
  if (subject === "") {
    io.err('usage: uwsgi-nginx explain RULE|OPTION|DIRECTIVE|"LOG LINE"\n');
    return 2;
  }
  const found = await explanationOf(subject);
  if ("markdown" in found) {
    io.out(`${forTerminal(found.markdown, process.stdout.isTTY ? process.stdout.columns : undefined)}\n`);
    return 0;
  }
  const near = [...new Set(found.near)];
  io.err(
    `uwsgi-nginx explain: nothing is known of ${subject.slice(0, 200)}${near.length > 0 ? `. Did you mean ${near.join(", ")}?` : ""}\n`,
  );
  return 2;
}
