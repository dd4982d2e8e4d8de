/** What values come to, behind them: placeholders and letters filled in, modes as letters, sizes and times in words. */

import { optionOf } from "../../facts/uwsgi";
import type { Document } from "../../model/document";
import { modeWords, socketMode } from "../../stack/mode";
import { stackOf } from "../../stack/stack";
import type { Directive } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { overlaps, type Span } from "../../text/span";
import { baseName, pathOf } from "../../text/uri";
import type { Workspace } from "../../workspace/workspace";
import { distinct, isKnownValue, settingsOf } from "../uwsgi/evaluated";
import { bytesWords, secondsWords } from "./quantities";

export type Inlay = { readonly offset: number; readonly text: string; readonly tooltip?: string };

export function inlays(workspace: Workspace, document: Document, within: Span): readonly Inlay[] {
  if (document.language !== "uwsgi") return [];
  const here = document.all.filter(({ directive }) => overlaps(directive.span, within));
  const all = here.flatMap(({ directive }) => {
    if (directive.body) return inherited(workspace, document, directive);
    const text = resolved(workspace, document, directive) ?? inWords(directive);
    return text === undefined ? [] : [{ offset: directive.span.end, text }];
  });
  return all.filter(({ offset }) => within.start <= offset && offset <= within.end);
}

const LONGEST = 60;

/** The value after expansion, where it is known and the same for every process. */
function resolved(workspace: Workspace, document: Document, directive: Directive): string | undefined {
  const written = directive.args[0]?.text ?? "";
  if (!/[%$@]/.test(written)) return undefined;
  const found = settingsOf(workspace, document, directive);
  if (found.length === 0 || !found.every(({ setting }) => isKnownValue(setting))) return undefined;
  const values = distinct(found.map(({ setting }) => setting.value));
  const [value] = values;
  if (values.length !== 1 || value === undefined || value === written) return undefined;
  return `= ${value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value}`;
}

function inWords({ name, args }: Directive): string | undefined {
  const option = optionOf(name.text);
  const value = args[0]?.text ?? "";
  if (!option || value === "") return undefined;
  if (option.type === "octal-mode-3") {
    const mode = socketMode(value);
    return mode === undefined ? undefined : modeWords(mode);
  }
  if (!/^\d+$/.test(value)) return undefined;
  switch (option.unit) {
    case "bytes":
      return bytesWords(Number(value));
    case "KiB":
      return bytesWords(Number(value) * 1024);
    case "MiB":
      return bytesWords(Number(value) * 1024 ** 2);
    case "seconds":
      return secondsWords(Number(value));
    case "milliseconds":
      return Number(value) >= 1000 ? secondsWords(Number(value) / 1000) : undefined;
  }
  return undefined;
}

/** Behind a header: what the emperor and included files add. */
function inherited(workspace: Workspace, document: Document, section: Directive): readonly Inlay[] {
  const own = stackOf(workspace)
    .startedFrom(document.uri)
    .filter(({ start }) => (start.section ?? "uwsgi") === section.name.text);
  if (own.length !== 1) return [];
  const settings = (own[0]?.effective.settings ?? []).filter(
    (setting) => setting.origin && setting.origin.uri !== document.uri && !setting.immediate,
  );
  if (settings.length === 0) return [];
  const files = distinct(settings.map((setting) => baseName(pathOf(setting.origin?.uri ?? ""))));
  const from = files.slice(0, 3).join(", ");
  const text = settings.length === 1 ? t`+ 1 option from ${from}` : t`+ ${settings.length} options from ${from}`;
  const offset = section.bodySpan?.start ?? section.span.end;
  return [
    {
      offset,
      text,
      tooltip: settings
        .slice(0, 30)
        .map((setting) => `${setting.key} = ${setting.value}`)
        .join("\n"),
    },
  ];
}
