/** How an emperor starts a vassal. */
import type { Argument, Effective } from "../effective";

const BY_EXTENSION: Readonly<Record<string, string>> = {
  ".ini": "ini",
  ".xml": "xml",
  ".yml": "yaml",
  ".yaml": "yaml",
  ".json": "json",
  ".js": "json",
};

/** The command line of the vassal `name`, in the order in which the emperor writes it. */
export function vassalArguments(emperor: Effective, name: string): readonly Argument[] {
  const all = (...keys: string[]): Effective["settings"] => emperor.settings.filter((setting) => keys.includes(setting.key));
  const each = (option: string, ...keys: string[]): readonly Argument[] =>
    all(...keys).map(({ value, origin }) => (origin ? { name: option, value, origin } : { name: option, value }));
  const extension = /\.[^./]*$/.exec(name)?.[0] ?? "";
  return [
    ...each("inherit", "vassals-inherit-before"),
    ...each("include", "vassals-include-before"),
    ...each("set", "vassal-set", "vassals-set"),
    { name: BY_EXTENSION[extension] ?? "config", value: name },
    ...each("inherit", "vassals-inherit"),
    ...each("include", "vassals-include"),
  ];
}
