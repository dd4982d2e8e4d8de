// One case of the protocol fuzzer: what a person does with a few files, as plain data, so that it can be stored and made smaller.
import { type Dice, dice } from "./dice";
import { grown, grownWorkspace } from "./grammar";
import { MAX_LENGTH, mutate } from "./mutate";
import type { File, Seed } from "./seeds";

/** `at`: offsets at which every question is asked. A path with a scheme is a whole URI. */
export type Step =
  | { readonly do: "write"; readonly path: string; readonly text: string }
  | { readonly do: "remove"; readonly path: string }
  | { readonly do: "open"; readonly path: string; readonly text: string; readonly at: readonly number[] }
  | {
      readonly do: "edit";
      readonly path: string;
      readonly from: number;
      readonly to: number;
      readonly text: string;
      readonly at: readonly number[];
    }
  | { readonly do: "close"; readonly path: string }
  /** Waits for the findings that come by themselves after a pause. */
  | { readonly do: "wait"; readonly path: string };

export type Case = { readonly seed: number; readonly steps: readonly Step[] };

export const documentsIn = ({ steps }: Case): number => steps.filter((step) => step.do === "open").length;

const ODD_URIS = [
  "untitled:Untitled-1",
  "git:/a/uwsgi.ini?ref=x",
  "vscode-vfs://github/a/b/nginx.conf",
  "file:///outside%2Fof/all%00.ini",
  "file://host/share/uwsgi.ini",
];

/** The same case for the same seed and number. */
export function caseOf(seed: number, number: number, seeds: readonly Seed[]): Case {
  const cast = dice(seed, number);
  const anyText = (): string => cast.pick(cast.pick(seeds))[1];
  const changed = (text: string): string => (cast.chance(0.7) ? mutate(text, cast, anyText) : text).slice(0, MAX_LENGTH);
  const files = filesOf(cast, seeds).map(([path, text]): File => [path, changed(text)]);
  const texts = new Map<string, string>();
  const steps: Step[] = [];
  const places = (text: string): readonly number[] => cast.many(2, () => cast.below(text.length + 1));

  for (const [path, text] of files) {
    if (cast.chance(0.5)) steps.push({ do: "write", path, text });
    else texts.set(path, text);
  }
  // At least one is open.
  const [first] = files;
  if (first && texts.size === 0) texts.set(...first);
  for (const [path, text] of texts) steps.push({ do: "open", path, text, at: places(text) });

  for (let left = cast.below(4); left > 0; left--) {
    const path = cast.pick([...texts.keys()]);
    const text = texts.get(path) ?? "";
    const edit = editOf(cast, text, anyText);
    const next = text.slice(0, edit.from) + edit.text + text.slice(edit.to);
    texts.set(path, next);
    steps.push({ do: "edit", path, ...edit, at: [edit.from + edit.text.length, cast.below(next.length + 1)] });
  }
  if (files.length > 1 && cast.chance(0.3)) steps.push({ do: "remove", path: cast.pick(files)[0] });
  if (cast.chance(0.1)) steps.push({ do: "wait", path: cast.pick([...texts.keys()]) });
  return { seed: number, steps };
}

function filesOf(cast: Dice, seeds: readonly Seed[]): readonly File[] {
  const kind = cast.next();
  if (kind < 0.25) return [cast.pick(cast.pick(seeds))];
  if (kind < 0.5) return [grown(cast)];
  if (kind < 0.55) return [[cast.pick(ODD_URIS), cast.pick(cast.pick(seeds))[1]]];
  return unique(kind < 0.8 ? cast.pick(seeds) : grownWorkspace(cast));
}

const unique = (files: readonly File[]): readonly File[] => [...new Map(files)];

/** Typing, deleting and pasting. */
function editOf(cast: Dice, text: string, other: () => string): { readonly from: number; readonly to: number; readonly text: string } {
  if (cast.chance(0.2)) return { from: 0, to: text.length, text: mutate(text, cast, other) };
  const from = cast.below(text.length + 1);
  const to = cast.chance(0.5) ? from : Math.min(text.length, from + cast.below(30));
  const source = cast.chance(0.5) ? text : other();
  const start = cast.below(source.length + 1);
  return { from, to, text: cast.chance(0.3) ? "" : source.slice(start, start + cast.below(40)) };
}
