/** What the command line offers: one table for the reading of words, for the help and for the documentation's test. */
import type { Options } from "./words";

export const FORMATS = ["text", "json", "sarif", "github", "gitlab"] as const;
export const LEVELS = ["error", "warning", "info", "hint"] as const;
export const DRAWINGS = ["mermaid", "dot", "json", "svg"] as const;

export type Command = {
  /** What stands behind the name, without options. */
  readonly takes: string;
  readonly about: string;
  readonly options: Options;
  readonly notes?: string;
};

const SETUP: Options = {
  "--facts": { value: "FILE", about: "what is known of the target machine, as JSON; adds to the target of the configuration file" },
  "--facts-from-machine": { about: "what is not said is looked up on this machine: the files are its own (Linux)" },
  "--uwsgi-help": { value: "FILE", about: "what uwsgi --help prints on the target: its options are the ones that count" },
  "--config": { value: "FILE", about: "the configuration file, instead of the .uwsgi-nginx.json found upward from PATH" },
  "--no-config": { about: "take no configuration file" },
};

export const CHECK: Command = {
  takes: "[PATH…]",
  about: "Reports what will not work. PATH is a folder or a file (default: this folder); - is standard input.",
  options: {
    "--format": { value: "FORMAT", choices: FORMATS, about: `${FORMATS.join(", ")} (default: text)` },
    "--level": {
      value: "LEVEL",
      choices: LEVELS,
      about: "what counts, and what text shows: error, warning, info, hint (default: warning)",
    },
    "--fix": { about: "apply the fixes that are safe, then report what is left" },
    "--dry-run": { about: "with --fix: write nothing, print the changes as a diff" },
    ...SETUP,
    "--baseline": { value: "FILE", about: "leave out the findings that are recorded in this file" },
    "--write-baseline": { value: "FILE", about: "record all findings of now in this file" },
    "--stdin-filename": { value: "PATH", about: "with -: judge standard input as if it were this file" },
  },
  notes: `Exit code: 0 nothing at the level or above, 1 something, 2 wrong usage, or something could not be read or written.
Colours: on a terminal; NO_COLOR=1 and FORCE_COLOR=1 decide otherwise.
`,
};

export const TOPOLOGY: Command = {
  takes: "[PATH…]",
  about: "Draws the deployment: processes, addresses, and what connects to what.",
  options: { "--format": { value: "FORMAT", choices: DRAWINGS, about: `${DRAWINGS.join(", ")} (default: mermaid)` }, ...SETUP },
};

export const COMMANDS: Readonly<Record<string, Command>> = {
  check: CHECK,
  "show-config": { takes: "FILE[:SECTION]", about: "Prints the options that uWSGI would end up with, without starting it.", options: {} },
  topology: TOPOLOGY,
  explain: {
    takes: 'RULE|OPTION|DIRECTIVE|"LOG LINE"',
    about: "Says what a rule, an option, a directive or a line of an error log means.",
    options: {},
  },
  lsp: { takes: "--stdio", about: "Speaks the language server protocol on standard input and output.", options: {} },
};

export function help(name?: string): string {
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (name === undefined || !command)
    return `${overview()}\nuwsgi-nginx COMMAND --help tells more; uwsgi-nginx --version says which one this is.\n`;
  const options = Object.entries(command.options).map(
    ([option, { value, about }]) => [value ? `${option} ${value}` : option, about] as const,
  );
  const width = Math.max(...options.map(([option]) => option.length));
  const list = options.map(([option, about]) => `  ${option.padEnd(width)}  ${about}\n`).join("");
  return `usage: uwsgi-nginx ${name} ${command.takes}${list === "" ? "" : " [OPTION…]"}\n\n${command.about}\n${list === "" ? "" : `\n${list}`}${
    command.notes ? `\n${command.notes}` : ""
  }`;
}

function overview(): string {
  const lines = Object.entries(COMMANDS).map(([name, { takes, options, about }]) => {
    const more = Object.keys(options).length > 0 ? " [OPTION…]" : "";
    return `uwsgi-nginx ${name} ${takes}${more}\n           ${about}\n`;
  });
  return `usage: ${lines.join("       ")}`;
}
