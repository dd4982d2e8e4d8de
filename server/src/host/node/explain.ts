/** `uwsgi-nginx explain`: what a rule, an option, a directive or a line of a log means. */
import { optionOf } from "../../facts/uwsgi";
import { RULES } from "../../rules/index";
import type { Output } from "./check";

export function explain(argv: readonly string[], io: Output): number {
  const subject = argv.join(" ").trim();
  const rule = RULES.find((one) => one.id === subject);
  if (rule) {
    io.out(`${rule.id} (${rule.severity})\n${rule.title}\n\n${rule.why}\n${rule.link ? `\n${rule.link}\n` : ""}`);
    return 0;
  }
  const option = optionOf(subject.replace(/^--/, ""));
  if (option) {
    io.out(`${option.name}: ${option.type}, plugin ${option.plugin}, since ${option.since}\n`);
    return 0;
  }
  io.err(`uwsgi-nginx explain: nothing is known of ${subject || "nothing"}\n`);
  return 2;
}
