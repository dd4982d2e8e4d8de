/** What uWSGI makes of a file: the options it would list, each with the place it comes from. */
import type { Document } from "../model/document";
import type { Place } from "../rules/rule";
import type { Instance } from "../stack/instance";
import { stackOf } from "../stack/stack";
import { baseName, pathOf } from "../text/uri";
import type { Workspace } from "../workspace/workspace";
import { shownValue } from "./uwsgi/evaluated";

/** One way to run the file: another section, another emperor. */
export type Choice = { readonly label: string; readonly description: string; readonly section?: string; readonly emperor?: string };

export type EffectiveDocument = {
  readonly text: string;
  /** By line of the text: where the option is written. */
  readonly origins: readonly (Place | null)[];
  readonly choices: readonly Choice[];
  /** Index of the choice shown. */
  readonly chosen: number;
};

export function effectiveDocument(
  workspace: Workspace,
  document: Document,
  wanted: { readonly section?: string; readonly emperor?: string },
): EffectiveDocument | undefined {
  const stack = stackOf(workspace);
  const started = stack.startedFrom(document.uri);
  const instances = started.length > 0 ? started : stack.instancesOf(document.uri);
  const choices = instances.map(choice);
  const fits = (one: Choice): boolean =>
    (wanted.section === undefined || (one.section ?? "uwsgi") === wanted.section) &&
    (wanted.emperor === undefined || one.emperor === wanted.emperor);
  const chosen = Math.max(0, choices.findIndex(fits));
  const instance = instances[chosen];
  return instance && { ...listing(instance), choices, chosen };
}

function choice(instance: Instance): Choice {
  const { section, emperor, starter, debian, likelyVassal } = instance.start;
  const file = baseName(instance.document.path);
  const by = emperor
    ? `vassal of ${baseName(emperor.document.path)}`
    : starter
      ? `started by ${starter.name}`
      : debian
        ? "started by Debian's service"
        : likelyVassal
          ? "vassal"
          : "started by itself";
  return {
    label: section === undefined ? file : `${file}:${section}`,
    description: by,
    ...(section === undefined ? {} : { section }),
    ...(emperor ? { emperor: emperor.uri } : {}),
  };
}

function listing(instance: Instance): Pick<EffectiveDocument, "text" | "origins"> {
  const lines: string[] = [];
  const origins: (Place | null)[] = [];
  const say = (line: string, origin: Place | null = null): void => {
    lines.push(line.replace(/[\r\n]+/g, " "));
    origins.push(origin);
  };
  const { settings, problems, complete, stopped } = instance.effective;
  for (const problem of problems) if (problem.fatal) say(`; ${problem.message}`, problem.origin ?? null);
  if (stopped) say("; uWSGI refuses to start.");
  if (!complete) say("; Something that is read in is not known here: options may be missing.");
  say("[uwsgi]");
  const width = Math.max(0, ...settings.map((setting) => Math.min(60, setting.key.length + setting.value.length + 3)));
  for (const setting of settings) {
    if (setting.direct) continue;
    const line = `${setting.key} = ${shownValue(setting)}`;
    const from = setting.origin && setting.origin.uri !== instance.uri ? baseName(pathOf(setting.origin.uri)) : undefined;
    const doubts = [
      setting.certain ? undefined : "perhaps",
      setting.holes.length > 0 ? "parts are not known" : undefined,
      from && `from ${from}`,
    ].filter((word) => word !== undefined);
    say(doubts.length > 0 ? `${line.padEnd(width)}  ; ${doubts.join(", ")}` : line, setting.origin ?? null);
  }
  return { text: `${lines.join("\n")}\n`, origins };
}
