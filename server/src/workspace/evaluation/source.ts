/** The text of a configuration file as uWSGI parses it: other files injected around it, magic letters replaced, places kept. */

import { type Mapped, replaceMagic } from "../../syntax/magic";
import { regionsAt, templateRegions } from "../../syntax/uwsgi-template";
import { t } from "../../text/l10n";
import type { Span } from "../../text/span";
import type { Origin, SourceFile } from "../effective";
import { absolute, BOUNDS, bound, type Run, report, UNKNOWN_LETTER } from "./run";

export type Source = Mapped & {
  readonly uri: string;
  readonly isTemplate: boolean;
  /** Of a file that is read as it is written the tree may be there already. */
  readonly parsed?: SourceFile["parsed"];
  origin(span: Span): Origin;
};

type Part = { readonly file: SourceFile; readonly start: number };

const SCHEME = /^(?:emperor|http|data|sym|section|fd|exec|call|callint):\/\//;

/** Read by a loader of its own or from standard input: never known here. */
export const isUrl = (name: string): boolean => name === "-" || SCHEME.test(name);

/** null: it is not there. undefined: not known. */
export function readText(run: Run, name: string, at: Origin | undefined): SourceFile | null | undefined {
  if (isUrl(name)) return undefined;
  const path = absolute(run, name);
  run.reads.add(path);
  if (name === "") return null;
  if (++run.files > BOUNDS.files) {
    bound(run, t`This configuration reads more files than are looked at here.`, at);
    return undefined;
  }
  return run.machine.read(path);
}

/** The file with what `inject-before` and `inject-after` put around it. */
export function readSource(run: Run, name: string, at: Origin | undefined): Source | null | undefined {
  const file = readText(run, name, at);
  if (!file) return file;
  const parts: Part[] = [];
  let length = 0;
  const append = (part: SourceFile): void => {
    parts.push({ file: part, start: length });
    length += part.text.length;
  };
  const inject = (names: readonly string[]): void => {
    for (const other of names) {
      const text = readText(run, other, at);
      if (text) append(text);
      else if (text === undefined) run.complete = false;
      else
        report(run, "include-missing", t`\`${other}\`, to be injected, is not there: uWSGI refuses to start.`, at, {
          fatal: true,
          data: { path: other },
        });
    }
  };
  inject(run.inject.before);
  append(file);
  inject(run.inject.after);
  return sourceOf(run, parts, file.uri);
}

function sourceOf(run: Run, parts: readonly Part[], uri: string): Source {
  const only = parts.length === 1 ? parts[0]?.file : undefined;
  const text = only?.text ?? parts.map((part) => part.file.text).join("");
  const isTemplate = parts.some((part) => part.file.template);
  const inRegion = isTemplate ? regionsAt(templateRegions(text)) : () => false;
  const { table } = run.letters;
  const mapped = replaceMagic(text, (letter, at) => {
    if (inRegion(at)) return undefined;
    const value = table.get(letter);
    return value === null ? UNKNOWN_LETTER + letter : (value ?? "");
  });
  const origin = (span: Span): Origin => {
    const part = parts.length === 1 ? parts[0] : parts.findLast((one) => one.start <= span.start);
    if (!part?.start) return { uri: part?.file.uri ?? uri, span };
    const end = Math.min(span.end - part.start, part.file.text.length);
    return { uri: part.file.uri, span: { start: span.start - part.start, end } };
  };
  const parsed = mapped.text === only?.text ? only.parsed : undefined;
  return { ...mapped, uri, isTemplate, origin, ...(parsed && { parsed }) };
}
