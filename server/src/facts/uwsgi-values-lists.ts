/** Values of several parts: `key=value,…`, `name=target`, `<name> <rest>`, regular expressions. */
import { t } from "../text/l10n";
import { keyList } from "./uwsgi";
import { type Check, fatal, fatalAtStart, fatalIfUsed, misread, odd, type ValueProblem } from "./uwsgi-value";
import { cron2Time } from "./uwsgi-values-times";

export type Pair = { readonly key: string; readonly value: string; readonly hasValue: boolean; readonly start: number };

/** The items of a list: separated by a sign, a backslash takes the sign's meaning. Nothing is trimmed. */
export function pairsOf(text: string, separator = ","): readonly Pair[] {
  const items: { raw: string; start: number }[] = [];
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    if (text.charAt(at) === "\\") at++;
    else if (at === text.length || text.charAt(at) === separator) {
      items.push({ raw: text.slice(from, at), start: from });
      from = at + 1;
    }
  }
  if (from < text.length) items.push({ raw: text.slice(from), start: from });
  return items.map(({ raw, start }) => {
    const equals = raw.indexOf("=");
    return { key: equals < 0 ? raw : raw.slice(0, equals), value: equals < 0 ? "" : raw.slice(equals + 1), hasValue: equals >= 0, start };
  });
}

/** uWSGI's function that reads the list, and the keys it refuses to do without. */
type Reader = { readonly function: string; readonly needs: readonly (readonly string[])[]; readonly when: "read" | "start" };

const READERS: Readonly<Record<string, Reader>> = {
  cache2: { function: "uwsgi_cache_create", needs: [["name"], ["items", "max_items", "maxitems"]], when: "start" },
  "attach-daemon2": { function: "uwsgi_opt_add_daemon2", needs: [["cmd", "command", "exec"]], when: "read" },
  https2: { function: "uwsgi_opt_https2", needs: [["addr"], ["cert", "crt"], ["key"]], when: "read" },
  sslrouter2: { function: "uwsgi_opt_sslrouter2", needs: [["addr"], ["cert", "crt"], ["key"]], when: "read" },
  metric: { function: "uwsgi_register_keyval_metric", needs: [["name"]], when: "start" },
  "metric-alarm": { function: "uwsgi_setup_metrics", needs: [["key"], ["value"]], when: "start" },
  "alarm-metric": { function: "uwsgi_setup_metrics", needs: [["key"], ["value"]], when: "start" },
  "metric-threshold": { function: "uwsgi_setup_metrics", needs: [["key"], ["value"]], when: "start" },
  sharedarea: { function: "uwsgi_sharedarea_init_keyval", needs: [["pages", "size"]], when: "start" },
  subscribe2: { function: "uwsgi_subscribe2", needs: [], when: "start" },
  "glusterfs-mount": { function: "uwsgi_glusterfs_add_mountpoint", needs: [], when: "start" },
  "gridfs-mount": { function: "uwsgi_gridfs_add_mountpoint", needs: [], when: "start" },
  "rados-mount": { function: "uwsgi_rados_add_mountpoint", needs: [], when: "start" },
};

/** These take a plain value too. */
const MAY_BE_PLAIN: ReadonlySet<string> = new Set(["metric", "sharedarea"]);

export const keyLists: Check = (value, option) => {
  const reader = Object.hasOwn(READERS, option.name) ? READERS[option.name] : undefined;
  if (!reader || (MAY_BE_PLAIN.has(option.name) && !value.includes("="))) return undefined;
  const pairs = pairsOf(value);
  const lacking = reader.needs.find((names) => !pairs.some((pair) => pair.hasValue && names.includes(pair.key)));
  if (lacking) {
    const message = t`\`${option.name}\` needs \`${lacking[0] ?? ""}=…\`: uWSGI refuses to start.` + blankNote(pairs, lacking);
    return reader.when === "read" ? fatal(message) : fatalAtStart(message);
  }
  return pairProblem(pairs, reader.function);
};

const blankNote = (pairs: readonly Pair[], names: readonly string[]): string =>
  pairs.some((pair) => names.includes(pair.key.trim())) ? ` ${t`Blanks around a comma or a sign belong to the key.`}` : "";

/** The first item that uWSGI ignores. */
export function pairProblem(pairs: readonly Pair[], reader: string): ValueProblem | undefined {
  const keys = keyList(reader)?.keys;
  if (!keys) return undefined;
  for (const pair of pairs) {
    if (pair.key === "" && !pair.hasValue) continue;
    if (!pair.hasValue) return misread(t`\`${pair.key.trim()}\` has no "=" and is ignored: every item of this list is \`key=value\`.`);
    if (Object.hasOwn(keys, pair.key)) continue;
    if (Object.hasOwn(keys, pair.key.trim()))
      return misread(t`Blanks are not cut off: \`${pair.key}\` is not the key \`${pair.key.trim()}\`, so it is ignored.`);
    return misread(t`There is no key \`${pair.key}\` here, so it is ignored. Keys: ${Object.keys(keys).join(", ")}.`);
  }
  return undefined;
}

/** `cron2 = key=value,… command` */
export const cron2: Check = (value) => {
  const blank = value.indexOf(" ");
  const list = blank < 0 ? value : value.slice(0, blank);
  if (!list.includes("=")) return undefined;
  if (blank < 0) return fatal(t`There is no command behind the times: uWSGI refuses to start. Blanks end the list.`);
  const pairs = pairsOf(list);
  for (const pair of pairs) {
    const problem = pair.hasValue ? cron2Time(pair.key, pair.value) : undefined;
    if (problem) return problem;
  }
  return pairProblem(pairs, "uwsgi_opt_add_cron2");
};

const isBlank = (sign: string): boolean => sign === " " || sign === "\t";

function hasBlankAtEquals(value: string): boolean {
  const equals = value.indexOf("=");
  return isBlank(value.charAt(equals - 1)) || isBlank(value.charAt(equals + 1));
}

const REFUSAL = { read: fatal, start: fatalAtStart, depends: fatalIfUsed } as const;

/** `name=target`, without which uWSGI does not start. */
export const needsEquals =
  (example: () => string, when: keyof typeof REFUSAL = "read"): Check =>
  (value) => {
    if (value.includes("=")) {
      if (!hasBlankAtEquals(value)) return undefined;
      const [, name = "", rest = ""] = /^(.*?)(?<![ \t])[ \t]*=[ \t]*(.*)$/s.exec(value) ?? [];
      const trimmed = `${name}=${rest}`;
      return value.startsWith(`${name}=`) && value.endsWith(`=${rest}`)
        ? undefined
        : misread(t`The blanks around "=" belong to the name and the value. Write \`${trimmed}\`.`, { value: trimmed, sure: true });
    }
    return REFUSAL[when](t`This is \`${example()}\`: without "=" uWSGI refuses to start.`);
  };

/** `<first> <rest>`, separated by a blank. */
export const needsBlank =
  (example: () => string, rest?: (text: string) => ValueProblem | undefined, when: keyof typeof REFUSAL = "read"): Check =>
  (value) => {
    const blank = value.indexOf(" ");
    if (blank >= 0) return rest?.(value.slice(blank + 1));
    return REFUSAL[when](t`This is \`${example()}\`: without a blank uWSGI refuses to start.`);
  };

const HARD = /\(\?|[+*?}]\+|\[\]|\[\^\]|\\[QEGKRXhHvVNAZz]|\(\*|\[[:.=]/;
/** The faults that no library reads in another way, as the language's own library calls them. */
const CLEAR: readonly (readonly [RegExp, () => string])[] = [
  [/Unterminated group/i, () => t`Unterminated group`],
  [/Unmatched '\)'/i, () => t`Unmatched ')'`],
  [/Unterminated character class/i, () => t`Unterminated character class`],
  [/\\ at end of pattern/i, () => t`\\ at end of pattern`],
  [/Range out of order/i, () => t`Range out of order in character class`],
];
/** Without any of these signs nothing can be wrong. */
const SIGNS = /[[\](){}*+?|\\]/;

/** What is wrong with a regular expression in every library; undefined when it may be right. */
export function regexpError(pattern: string): string | undefined {
  if (!SIGNS.test(pattern) || HARD.test(pattern) || pattern.length > 2000) return undefined;
  try {
    new RegExp(pattern);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    return CLEAR.find(([fault]) => fault.test(message))?.[1]();
  }
}

export const regexp: Check = (value) => {
  const error = regexpError(value);
  return error === undefined ? undefined : fatal(t`The regular expression is not complete (${error}): uWSGI refuses to start.`);
};

const regexpFirst = needsBlank(() => t`<regular expression> <value>`);
export const regexpThen: Check = (value, option, version) =>
  regexpFirst(value, option, version) ?? regexp(value.slice(0, value.indexOf(" ")), option, version);
export const thenRegexp: Check = (value, option, version) =>
  needsBlank(() => t`<name> <regular expression>`)(value, option, version) ?? regexp(value.slice(value.indexOf(" ") + 1), option, version);

export const environmentVariable: Check = (value) => {
  if (!value.includes("=")) return odd(t`Without "=" the variable \`${value}\` is removed, not set.`);
  if (!hasBlankAtEquals(value)) return undefined;
  const name = value.slice(0, value.indexOf("="));
  const trimmed = value.replace(/^([^=]*?)(?<![ \t])[ \t]*=[ \t]*/, "$1=");
  return trimmed === value
    ? undefined
    : misread(t`The blanks around "=" belong to the name and the value: the variable is called \`${name}\`. Write \`${trimmed}\`.`, {
        value: trimmed,
        sure: true,
      });
};
