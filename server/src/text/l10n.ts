/**
 * Words in the language of the person. A text is tagged with `t` where it is made, in a function: a constant would be made before the
 * language is known. Its key is the English text with `{0}`, `{1}`, … for the values, as in VS Code's own bundles
 * (`l10n/bundle.l10n.LANGUAGE.json`). VS Code's library for this is not used, because it brings a network client into the server.
 */

export type Words = Readonly<Record<string, string>>;

let words: ReadonlyMap<string, string> = new Map();
const keys = new WeakMap<TemplateStringsArray, string>();

/** From now on texts are made in this language; what has no translation stays English. */
export function speak(bundle: Words): void {
  words = new Map(Object.entries(bundle));
}

/** A bundle as a client sends it; undefined for what is none. */
export function wordsFrom(sent: unknown): Words | undefined {
  if (typeof sent !== "object" || sent === null) return undefined;
  return Object.fromEntries(Object.entries(sent).filter(([, text]) => typeof text === "string"));
}

export function t(parts: TemplateStringsArray, ...values: readonly (string | number | undefined)[]): string {
  const translated = words.size > 0 ? words.get(keyOf(parts)) : undefined;
  if (translated !== undefined) return translated.replace(/\{(\d+)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole));
  return parts.reduce((text, part, index) => `${text}${values[index - 1]}${part}`);
}

function keyOf(parts: TemplateStringsArray): string {
  const known = keys.get(parts) ?? parts.reduce((key, part, index) => `${key}{${index - 1}}${part}`);
  keys.set(parts, known);
  return known;
}
