/** What the names inside nginx configurations are called. */
import type { NameKind } from "../../model/nginx/reading";
import { t } from "../../text/l10n";

const WORDS: Readonly<Record<NameKind, () => string>> = {
  variable: () => t`variable`,
  upstream: () => "upstream",
  zone: () => t`zone`,
  "log format": () => t`log format`,
  "named location": () => t`named location`,
  "thread pool": () => t`thread pool`,
};

export const kindWords = (kind: NameKind): string => WORDS[kind]();
