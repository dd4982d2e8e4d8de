/** How one build of uWSGI differs from its release, as far as its `--help` tells: names and a line about each, not what they take. */
import { isIn, type Option, optionOf, options } from "./uwsgi";

export type UwsgiBuild = {
  /** Options of the release, or of a plugin built in, that were left out. */
  readonly absent: readonly string[];
  /** Options that the release does not have, of patches and plugins of one's own, with the program's word about each. */
  readonly own: Readonly<Record<string, string>>;
  /** Plugins built in; undefined where nobody says. */
  readonly builtIn?: readonly string[];
  /** It reads YAML by itself, without libyaml. */
  readonly ownYaml?: boolean;
};

const NOT_ON_LINUX = /FreeBSD|SSL_SESSION_CACHE/;
/** A line of a terminal; what is longer is no help. */
const LONGEST = 200;

/** Whether uWSGI has the option; what some plugin brings counts, unless the build has the plugin without it. */
export function isOffered(option: Option, version: string, build: UwsgiBuild | undefined): boolean {
  if (isOwn(option.name, build)) return true;
  return isIn(option, version) && !build?.absent.includes(option.name) && !isOfOtherSystem(option);
}

/** Whether the build has it beyond its release. */
export const isOwn = (name: string, build: UwsgiBuild | undefined): boolean => build !== undefined && Object.hasOwn(build.own, name);

const isOfOtherSystem = ({ condition }: Option): boolean =>
  condition !== undefined && NOT_ON_LINUX.test(condition) && !condition.startsWith("!");

/** From what `uwsgi --help` prints, and `--cflags`; undefined for a text of another kind. */
export function buildFromHelp(help: string, version: string, cflags = ""): UwsgiBuild | undefined {
  const said = new Map(Array.from(help.matchAll(/^ {4}(?:-\S\|)?--(\S+)[ \t]*(.*)$/gm), ([, name = "", line = ""]) => [name, line.trim()]));
  if (!said.has("socket") || !said.has("ini")) return undefined;
  const flags = flagsIn(cflags);
  const builtIn = new Set(flags?.builtIn);
  const own = new Map<string, string>();
  for (const [name, line] of said) {
    const option = optionOf(name);
    if (!option || !isIn(option, version) || isOfOtherSystem(option)) own.set(name, line.slice(0, LONGEST));
    else if (option.plugin !== "core") builtIn.add(option.plugin);
  }
  const left = options().filter(
    (option) =>
      (option.plugin === "core" || builtIn.has(option.plugin)) &&
      !said.has(option.name) &&
      isIn(option, version) &&
      !isOfOtherSystem(option),
  );
  return {
    absent: left.map(({ name }) => name),
    own: Object.fromEntries(own),
    builtIn: [...builtIn],
    ...(flags && { ownYaml: flags.ownYaml }),
  };
}

/** From what `uwsgi --cflags` prints: the flags it was compiled with. */
export function flagsIn(cflags: string): Required<Pick<UwsgiBuild, "builtIn" | "ownYaml">> | undefined {
  if (!cflags.includes("-DUWSGI_VERSION")) return undefined;
  const builtIn = Array.from(cflags.matchAll(/\bUDEP\((\w+)\)/g), ([, plugin = ""]) => plugin);
  return { builtIn, ownYaml: cflags.includes("-DUWSGI_YAML") && !cflags.includes("-DUWSGI_LIBYAML") };
}
