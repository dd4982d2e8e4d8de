import { optionOf } from "../../facts/uwsgi";
import { t } from "../../text/l10n";
import type { Setting } from "../../workspace/effective";
import { fixes, suggest } from "../edits";
import { removeOption, setOption } from "../option-edits";
import { rule, type Severity } from "../rule";

const NUMBERS: ReadonlySet<string> = new Set(["int", "uint16", "uint64", "megabytes"]);
/** Their own rules say what a wrong number does to them. */
const ELSEWHERE: ReadonlySet<string> = new Set(["processes", "workers"]);
const FACTOR: Readonly<Record<string, number>> = { k: 1024, kb: 1024, m: 1024 ** 2, mb: 1024 ** 2, g: 1024 ** 3, gb: 1024 ** 3 };
const SECONDS: Readonly<Record<string, number>> = { s: 1, sec: 1, secs: 1, seconds: 1, m: 60, min: 60, minutes: 60, h: 3600 };

export const numberValue = rule({
  id: "number-value",
  title: "A number that uWSGI reads otherwise",
  why: 'Numbers are read like in C: leading digits count, the rest is ignored without a word. `10m` is 10, `32 768` is 32, `true` is 0. A negative number ends uWSGI where a count is wanted: `invalid value for option "harakiri": must be > 0`.',
  severity: "warning",
  languages: ["uwsgi"],
  examples: [
    { files: { "app.ini": "[uwsgi]\nsocket = :3031\nlimit-post = 10m\n" }, finds: ["app.ini:3"] },
    { files: { "app.ini": "[uwsgi]\nsocket = :3031\nharakiri = -1\n" }, finds: ["app.ini:3"] },
  ],
  *check(document, { workspace, stack }) {
    for (const instance of stack.instancesOf(document.uri)) {
      const numbers = Array.from(instance.options).filter((name) => NUMBERS.has(optionOf(name)?.type ?? ""));
      for (const setting of numbers.flatMap((name) => instance.all(name))) {
        if (setting.origin?.uri !== document.uri || setting.holes.length > 0 || !setting.certain) continue;
        const found = judge(setting);
        if (!found) continue;
        const right =
          found.write !== "" && suggest(t`Write ${found.write}`, setOption(workspace, setting, setting, setting.key, found.write));
        const none = found.write === "" && suggest(t`Remove it: the default counts`, removeOption(document, setting.origin.span));
        yield { span: setting.origin.span, severity: found.severity, message: found.message, fixes: fixes(right, none) };
      }
    }
  },
});

function judge({ key, value }: Setting): { readonly severity: Severity; readonly message: string; readonly write: string } | undefined {
  const option = optionOf(key);
  if (!option || !NUMBERS.has(option.type) || (value === "" && option.arg !== "required")) return undefined;
  const text = value.trim();
  const [, sign = "", digits = "", rest = ""] = /^([+-]?)(\d*)(.*)$/s.exec(text) ?? [];
  if (sign === "-" && option.callback === "uwsgi_opt_set_int" && Number(digits) > 0)
    return {
      severity: "error",
      message: t`uWSGI exits: invalid value for option "${key}": must be > 0.`,
      write: rest === "" ? digits : "",
    };
  if (digits === "")
    return ELSEWHERE.has(option.aliasOf ?? key) || /^\s*[;#]/.test(text)
      ? undefined
      : {
          severity: "warning",
          message: t`uWSGI reads "${value}" as 0: ${key} takes a plain number.`,
          write: /^(?:true|on|yes)$/i.test(text) ? "1" : "",
        };
  if (rest === "" || /^\s*[;#]/.test(rest)) return undefined;
  const write = meant(digits, rest, option.unit);
  return {
    // A unit says for certain that another number was meant.
    severity: /^[a-z]+$/i.test(rest) ? "error" : "warning",
    message: t`uWSGI reads "${value}" as ${Number(digits)}: only leading digits count, units are not known.`,
    write,
  };
}

/** The number behind a unit or behind separated digits. */
function meant(digits: string, rest: string, unit: string | undefined): string {
  const grouped = /^(?:[ _,.']\d{3})+$/.exec(rest);
  if (grouped) return digits + rest.replace(/\D/g, "");
  const word = /^\s*([a-z]+)$/i.exec(rest)?.[1]?.toLowerCase() ?? "";
  const factors = unit === "bytes" ? FACTOR : unit === "seconds" ? SECONDS : {};
  const factor = Object.hasOwn(factors, word) ? factors[word] : undefined;
  return factor === undefined ? "" : String(Number(digits) * factor);
}
