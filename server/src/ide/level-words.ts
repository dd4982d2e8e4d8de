/** The names of levels, where a person reads them. */
import type { Severity } from "../rules/rule";
import { t } from "../text/l10n";

const WORDS: Readonly<Record<Severity, () => string>> = {
  error: () => t`error`,
  warning: () => t`warning`,
  info: () => t`info`,
  hint: () => t`hint`,
};

export const levelWord = (severity: Severity): string => WORDS[severity]();
