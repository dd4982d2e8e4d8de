/** What uWSGI makes of a file: the options it would list, each with the place it comes from. */

import type { Document } from "../model/document";
import type { Place } from "../rules/rule";
import type { Instance, Start } from "../stack/instance";
import { stackOf } from "../stack/stack";
import { t } from "../text/l10n";
import { baseName, pathOf } from "../text/uri";
import type { Workspace } from "../workspace/workspace";
import { shownValue } from "./uwsgi/evaluated";

/** One way to run the file: another section, another emperor, another unit. */
export type Choice = { readonly label: string; readonly description: string; readonly section?: string; readonly by?: string };

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
  wanted: { readonly section?: string; readonly by?: string },
): EffectiveDocument | undefined {
  const stack = stackOf(workspace);
  const started = stack.startedFrom(document.uri);
  const instances = started.length > 0 ? started : stack.instancesOf(document.uri);
  const choices = instances.map(choice);
  const fits = (one: Choice): boolean =>
    (wanted.section === undefined || (one.section ?? "uwsgi") === wanted.section) && (wanted.by === undefined || one.by === wanted.by);
  const chosen = Math.max(0, choices.findIndex(fits));
  const instance = instances[chosen];
  return instance && { ...listing(instance), choices, chosen };
}

function choice({ document, start }: Instance): Choice {
  const file = baseName(document.path);
  const by = startedBy(start);
  return {
    label: start.section === undefined ? file : `${file}:${start.section}`,
    description: description(start),
    ...(start.section === undefined ? {} : { section: start.section }),
    ...(by === "" ? {} : { by }),
  };
}

/** What stays the same while files are edited: the files of the emperors and of what starts them. */
const startedBy = ({ emperor, starter }: Start): string =>
  emperor ? `${emperor.uri} ${startedBy(emperor.start)}`.trim() : starter ? `${starter.uri} ${starter.name}` : "";

function description({ emperor, starter, debian, likelyVassal }: Start): string {
  if (emperor) {
    const vassal = t`vassal of ${baseName(emperor.document.path)}`;
    return emperor.start.starter || emperor.start.emperor ? `${vassal}, ${description(emperor.start)}` : vassal;
  }
  if (starter) return t`started by ${starter.name}`;
  if (debian) return t`started by Debian's service`;
  return likelyVassal ? t`vassal` : t`started by itself`;
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
  if (stopped) say(`; ${t`uWSGI refuses to start.`}`);
  if (!complete) say(`; ${t`Something that is read in is not known here: options may be missing.`}`);
  say("[uwsgi]");
  const width = Math.max(0, ...settings.map((setting) => Math.min(60, setting.key.length + setting.value.length + 3)));
  for (const setting of settings) {
    if (setting.direct) continue;
    const line = `${setting.key} = ${shownValue(setting)}`;
    const from = setting.origin && setting.origin.uri !== instance.uri ? baseName(pathOf(setting.origin.uri)) : undefined;
    const doubts = [
      setting.certain ? undefined : t`perhaps`,
      setting.holes.length > 0 ? t`parts are not known` : undefined,
      from && t`from ${from}`,
    ].filter((word) => word !== undefined);
    say(doubts.length > 0 ? `${line.padEnd(width)}  ; ${doubts.join(", ")}` : line, setting.origin ?? null);
  }
  return { text: `${lines.join("\n")}\n`, origins };
}
