/** `uwsgi-nginx show-config`: the options that uWSGI would list, without starting it. */

import type { Effective, Machine, Setting } from "../../workspace/effective";
import { evaluate } from "../../workspace/evaluate";
import type { Output } from "./check";
import { localMachine } from "./local-machine";

const USAGE = "usage: uwsgi-nginx show-config FILE[:SECTION]\n";

const LOADERS: readonly (readonly [RegExp, string])[] = [
  [/\.ya?ml(?::[^/]*)?$/, "yaml"],
  [/\.js(?:on)?(?::[^/]*)?$/, "json"],
  [/\.xml(?::[^/]*)?$/, "xml"],
];

export function showConfig(argv: readonly string[], io: Output): number {
  const [file, ...more] = argv;
  if (file === undefined || file.startsWith("--") || more.length) {
    io.err(USAGE);
    return 2;
  }
  const { text, messages } = configText(Buffer.from(file, "utf8").toString("latin1"), localMachine());
  for (const message of messages) io.err(`${message}\n`);
  if (text === undefined) return 1;
  io.out(Buffer.from(text, "latin1"));
  return 0;
}

export type ConfigText = {
  /** What uWSGI lists, in bytes; undefined when it refuses to start. */
  readonly text: string | undefined;
  /** uWSGI ends with an error; otherwise without a text it ends because it is told to. */
  readonly refused: boolean;
  /** For the person who asks: what stops uWSGI, and what could not be known. */
  readonly messages: readonly string[];
};

export function configText(file: string, machine: Machine): ConfigText {
  const name = LOADERS.find(([pattern]) => pattern.test(file))?.[1] ?? "ini";
  const origin = { uri: "", span: { start: 0, end: 0 } };
  const effective = evaluate([{ name, value: file, origin }], machine);
  const fatal = effective.problems.find((problem) => problem.fatal);
  if (effective.stopped)
    return {
      text: undefined,
      refused: fatal !== undefined,
      messages: [(fatal ?? effective.problems[0])?.message ?? "uWSGI would stop here"],
    };
  const listed = effective.settings.filter((setting) => !setting.direct && setting.origin !== origin);
  const lines = listed.map((setting) => `${setting.key} = ${shown(setting)}\n`);
  return {
    text: `;uWSGI instance configuration\n[uwsgi]\n${lines.join("")};end of configuration\n`,
    refused: false,
    messages: unknowns(effective),
  };
}

/** `cron2` cuts its value where the command begins, and uWSGI lists what is left. */
function shown({ key, value, known }: Setting): string {
  const blank = value.indexOf(" ");
  return key === "cron2" && known !== false && blank >= 0 && value.slice(0, blank).includes("=") ? value.slice(0, blank) : value;
}

function unknowns(effective: Effective): readonly string[] {
  const messages = effective.settings
    .filter((setting) => setting.holes.length)
    .map(
      (setting) => `not known here: ${setting.holes.map((hole) => setting.value.slice(hole.start, hole.end)).join(", ")} in ${setting.key}`,
    );
  return effective.complete ? messages : [...messages, "something this configuration loads is not known here: options may be missing"];
}
