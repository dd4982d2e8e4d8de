// The text a snippet leaves behind when its defaults are taken as they are.
import { readFileSync } from "node:fs";

type Snippet = { readonly prefix: readonly string[]; readonly body: readonly string[] };

/** Reads the snippets of one file by their first prefix. */
export function snippetsOf(file: "uwsgi" | "nginx" | "system"): Map<string, string> {
  const snippets: Record<string, Snippet> = JSON.parse(readFileSync(new URL(`../../snippets/${file}.json`, import.meta.url), "utf8"));
  return new Map(Object.values(snippets).map(({ prefix, body }) => [prefix[0] ?? "", `${inserted(body.join("\n"))}\n`]));
}

/** A snippet with its defaults: `${1:shop}` says what every `${1}` becomes. A default may hold another placeholder. */
export function inserted(body: string): string {
  const defaults = new Map<string, string>();
  let text = body;
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(/\$\{(\d+):([^{}$]*)\}/g, (_, number: string, value: string) => {
      if (!defaults.has(number)) defaults.set(number, value);
      return `\${${number}}`;
    });
    text = text.replace(/(?<!\\)\$(?:\{(\d+)\}|(\d+))/g, (all, braced: string, plain: string) => defaults.get(braced ?? plain) ?? all);
  }
  return text.replaceAll("\\$", "$");
}
