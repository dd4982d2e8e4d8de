/** Flags and numbers, as C functions read them: what cannot be read is 0, and what follows a number is ignored. */
import { t } from "../text/l10n";
import { toInt, toInt64 } from "../text/numbers";
import { type Check, fatal, misread, odd, perhaps, sure, type ValueProblem } from "./uwsgi-value";

/** A flag is off for these words and for nothing else. */
export const isFalse = (value: string): boolean => /^(?:false|off|no)$/i.test(value) || value === "0";

const MEANS_OFF = /^["']?(?:false|off|no|0|n|f|none|disabled?|never|00+|0\.0)["']?(?:[ \t]*[;#,].*)?$/i;
const MEANS_ON = /^(?:|true|on|yes|1|y|t|enabled?|always)$/i;

export const bool: Check = (value) => {
  if (isFalse(value) || MEANS_ON.test(value)) return undefined;
  if (MEANS_OFF.test(value))
    return misread(t`This switches it on: off are only \`false\`, \`off\`, \`no\` and \`0\`, without quotes and comments.`, sure("false"));
  return odd(t`This is a flag: any text that is not \`false\`, \`off\`, \`no\` or \`0\` switches it on.`, perhaps("true"));
};

const NUMBER = /^[ \t]*[+-]?\d+/;

/** What is left behind the number, and what one may have meant by it. */
function leftOver(value: string, unit: string | undefined): ValueProblem | undefined {
  const read = NUMBER.exec(value)?.[0] ?? "";
  const rest = value.slice(read.length);
  const number = String(toInt64(value));
  if (rest === "") return undefined;
  if (/^[ \t]+[;#]/.test(rest))
    return odd(t`There are no comments behind a value; uWSGI reads ${number} and ignores the rest.`, sure(number));
  if (unit === "seconds" && /^ *s(?:ec(?:ond)?s?)?$/i.test(rest))
    return odd(t`Units are not read; the number is in seconds anyway.`, sure(number));
  const scaled = scale(number, rest.trim(), unit);
  return misread(
    scaled
      ? t`uWSGI reads ${number} and ignores \`${rest}\`. Write \`${scaled}\`.`
      : t`uWSGI reads ${number} and ignores \`${rest}\`. Write the whole number.`,
    scaled ? perhaps(scaled) : undefined,
  );
}

const SECONDS: Readonly<Record<string, bigint>> = { m: 60n, min: 60n, h: 3600n, d: 86400n };
const BYTES: Readonly<Record<string, bigint>> = { k: 1024n, kb: 1024n, m: 1048576n, mb: 1048576n, g: 1073741824n, gb: 1073741824n };

function scale(number: string, suffix: string, unit: string | undefined): string | undefined {
  const factors =
    unit === "seconds" ? SECONDS : unit === "bytes" ? BYTES : unit === "megabytes" ? { m: 1n, mb: 1n, g: 1024n, gb: 1024n } : {};
  const factor = Object.hasOwn(factors, suffix.toLowerCase()) ? (factors as Record<string, bigint>)[suffix.toLowerCase()] : undefined;
  return factor === undefined ? undefined : String(BigInt(number) * factor);
}

function unreadable(value: string): ValueProblem {
  const inside = /^(["'])(\d+)\1$/.exec(value)?.[2];
  if (inside) return misread(t`The quotes are part of the value, so it is no number: uWSGI reads 0.`, sure(inside));
  if (value === "") return misread(t`Without a number this is 0: the same as not there, or switched off.`);
  if (/^(?:true|yes|on)$/i.test(value)) return misread(t`This is a number, not a flag: uWSGI reads 0, which is off.`, perhaps("1"));
  return misread(t`This is no number: uWSGI reads 0.`);
}

export const int: Check = (value, option) => {
  const number = toInt(value);
  if (number < 0) return fatal(t`A negative number: uWSGI refuses to start.`);
  if (!NUMBER.test(value)) return isFalse(value) ? undefined : unreadable(value);
  if (toInt64(value) !== BigInt(number)) return misread(t`The number does not fit into 32 bits: uWSGI reads ${number}.`);
  return leftOver(value, option.unit);
};

export const signedInt: Check = (value, option) => (NUMBER.test(value) ? leftOver(value, option.unit) : unreadable(value));

export const uint64: Check = (value, option) => {
  if (/^[ \t]*-0*[1-9]/.test(value)) return misread(t`A negative number becomes a very large one here.`);
  if (!NUMBER.test(value)) return isFalse(value) ? undefined : unreadable(value);
  return leftOver(value, option.unit);
};

const UINT16_MAX = 65535;

export const uint16: Check = (value, option, version) => {
  if (option.differsIn?.["2.1-dev"]?.callback === "uwsgi_opt_set_64bit" && version.startsWith("2.1"))
    return uint64(value, { ...option, unit: "bytes" }, version);
  if (toInt64(value) > UINT16_MAX || /^[ \t]*-0*[1-9]/.test(value))
    return misread(t`The most this can be is ${UINT16_MAX}; uWSGI takes that.`, sure(String(UINT16_MAX)));
  return uint64(value, { ...option, unit: option.unit ?? "bytes" }, version);
};

export const megabytes: Check = (value, option, version) => {
  const suffix = /^[ \t]*\d+ *(m|mb|mib)$/i.test(value);
  if (suffix) return undefined;
  if (toInt64(value) >= 1_000_000n)
    return misread(t`The number is in megabytes: this is more than any machine has.`, perhaps(String(toInt64(value) / 1048576n)));
  return uint64(value, { ...option, unit: "megabytes" }, version);
};

const THREE = /^[0-7]{3}$/;

function three(value: string): ReturnType<typeof sure> | undefined {
  const digits = /^["']?0?o?([0-7]{3})["']?$/.exec(value)?.[1] ?? symbolic(value);
  return digits ? sure(digits) : undefined;
}

/** `rw-rw----` */
function symbolic(value: string): string | undefined {
  if (!/^(?:[r-][w-][x-]){3}$/.test(value)) return undefined;
  return [0, 3, 6]
    .map((at) => [...value.slice(at, at + 3)].reduce((sum, letter, bit) => sum + (letter === "-" ? 0 : 4 >> bit), 0))
    .join("");
}

export const socketMode: Check = (value) => {
  if (THREE.test(value) || value === "1") return undefined;
  return fatal(t`A mode is exactly three octal digits here (or \`1\` for 666): uWSGI refuses to start.`, three(value));
};

export const fileMode: Check = (value) =>
  THREE.test(value) ? undefined : fatal(t`A mode is exactly three octal digits here: uWSGI refuses to start.`, three(value));

export const umask: Check = (value) => {
  if (value.length < 3) {
    const padded = /^[0-7]{1,2}$/.test(value) ? sure(value.padStart(3, "0")) : undefined;
    return misread(
      t`A umask needs three octal digits: uWSGI only logs that it is invalid and takes 000, which lets everybody write.`,
      padded,
    );
  }
  const used = value.length === 3 ? value : value.slice(1, 4);
  if (!THREE.test(used)) return misread(t`These are no octal digits: uWSGI makes a meaningless mask of them.`, three(value));
  if (value.length > 4 || !/^0?[0-7]{3}$/.test(value))
    return misread(t`uWSGI takes the second to the fourth character: \`${used}\`.`, three(value));
  return undefined;
};
