/** What may be written at a place. Lists are short on words: what an item means is asked for when somebody looks at it. */
import { directivesNamed, nginxVariables } from "../facts/nginx";
import { optionOf } from "../facts/uwsgi";
import type { Span } from "../text/span";
import { completeNginx } from "./nginx/complete";
import { directiveText, variableText } from "./nginx/directive-text";
import type { At } from "./place";
import type { Texts } from "./texts";
import { completeUwsgi } from "./uwsgi/complete";
import { optionText } from "./uwsgi/option-text";

export type CompletionKind =
  | "option"
  | "keyword"
  | "value"
  | "variable"
  | "section"
  | "file"
  | "folder"
  | "module"
  | "function"
  | "address"
  | "user"
  | "directive"
  | "letter";

export type Completion = {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail?: string;
  /** What is written; the label when absent. */
  readonly insert?: string;
  /** Items are ordered by this, then by the label. */
  readonly rank: number;
  /** What its documentation is found by: `option NAME`, or the words themselves. */
  readonly about?: string;
  readonly deprecated?: boolean;
};

/** Everything replaces the same part of the text. */
export type Completions = { readonly span: Span; readonly items: readonly Completion[] };

export function complete(at: At, texts: Texts): Completions | undefined {
  if (at.document.language === "uwsgi") return completeUwsgi(at, texts.notes);
  return at.document.language === "nginx" ? completeNginx(at, texts.nginx) : undefined;
}

/** The documentation of an item, by its `about`. */
export function documentation(about: string, texts: Texts): string | undefined {
  const [kind = "", name = "", ...rest] = about.split(" ");
  if (kind === "option") {
    const option = optionOf(name);
    return option && optionText(option, texts.notes);
  }
  if (kind === "directive") {
    const fact = directivesNamed(name).find((one) => one.module === rest.join(" "));
    return fact && directiveText(fact, texts.nginx);
  }
  if (kind === "variable") {
    const fact = nginxVariables(rest[0] === "stream" ? "stream" : "http").find((one) => one.name === name);
    return fact && variableText(name, fact, texts.nginx);
  }
  if (kind === "says") return [name, ...rest].join(" ");
  return undefined;
}
