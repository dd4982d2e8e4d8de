/** Files that start programs line by line: shell scripts, jobs of upstart, Procfiles. */
import type { Document } from "../../model/document";
import { baseName } from "../../text/uri";
import { type Deployment, NOTHING, type Said, type Starter, type StarterKind } from "../deploy";
import { type Ran, ranBy } from "./command";
import { signalOf, withoutUndefined } from "./said";
import { slice, spanOf, type Taken, takeSpan, trim } from "./taken";
import { commandsOf, type Words } from "./words";

export function readShell(document: Document): Deployment {
  const { text, uri } = document;
  return only(
    starterOf("shell", document, baseName(document.path), ranBy(commandsOf(takeSpan(text, { start: 0, end: text.length }), "shell"), uri)),
  );
}

function starterOf(kind: StarterKind, { uri }: Document, name: string, ran: Ran): Starter {
  return { kind, uri, name, at: ran.commands[0]?.at ?? { uri, span: { start: 0, end: 0 } }, ...ran, environmentFiles: [], listens: [] };
}

/** A script that does nothing for a deployment is no starter. */
function only(...starters: readonly Starter[]): Deployment {
  const telling = starters.filter(
    ({ kind, commands, startsNginx, runsOther, makes, scripts }) =>
      commands.length + makes.length + scripts.length > 0 || startsNginx || (kind === "shell" && runsOther !== undefined),
  );
  return telling.length === 0 ? NOTHING : { ...NOTHING, starters: telling };
}

const UPSTART = /^(?:start[ \t]+on|exec|script|pre-start|respawn)\b/m;

/** Files without a language of their own: `Procfile`, jobs of upstart. */
export function readOther(document: Document): Deployment {
  const name = baseName(document.path);
  if (/^Procfile(?:\.|$)/.test(name)) return readProcfile(document);
  return /\.(?:conf|upstart)(?:\.|$)/.test(name) && UPSTART.test(document.text) ? readUpstart(document, name) : NOTHING;
}

/** `web: uwsgi --ini x.ini`. */
function readProcfile(document: Document): Deployment {
  const starters: Starter[] = [];
  for (const { index, 0: line, 1: name } of document.text.matchAll(/^([A-Za-z0-9_-]+):[ \t]*(?=\S).*$/gm)) {
    const start = index + (name?.length ?? 0) + 1;
    const command = trim(takeSpan(document.text, { start, end: index + line.length }));
    starters.push(starterOf("procfile", document, name ?? "", ranBy(commandsOf(command, "shell"), document.uri)));
  }
  return only(...starters);
}

function readUpstart(document: Document, name: string): Deployment {
  const { text, uri } = document;
  const said = new Map<string, Said<string>>();
  const commands: Words[] = [];
  const environment = new Map<string, Said<string | undefined>>();
  // A `script` goes on to its `end script`; other lines may be continued with a backslash.
  for (const { index, 0: whole } of text.matchAll(
    /^[ \t]*(?:(?:pre-start|post-start)[ \t]+)?script[ \t\r]*$[\s\S]*?^[ \t]*end[ \t]+script\b|^(?:[^\n\\]|\\[\s\S])*/gm,
  )) {
    const taken = takeSpan(text, { start: index, end: index + whole.length });
    const script = /^[ \t]*(?:(?:pre|post)-start[ \t]+)?(?:script[ \t\r]*\n|exec[ \t]+)/.exec(whole)?.[0];
    if (script === undefined) stanza(taken, uri, said, environment);
    else {
      const length = whole.replace(/^[ \t]*end[ \t]+script$/m, "").length;
      for (const command of commandsOf(slice(taken, script.length, length), "shell")) commands.push(command);
    }
  }
  const directory = said.get("chdir");
  const ran = ranBy(commands, uri, directory?.value);
  return only({
    ...starterOf("upstart", document, name.replace(/\.conf\b.*$/, ""), ran),
    ...withoutUndefined({
      user: said.get("setuid"),
      group: said.get("setgid"),
      umask: said.get("umask"),
      workingDirectory: directory,
      stopSignal: signalOf(said.get("kill signal")),
    }),
    environment: new Map([...environment, ...ran.environment]),
  });
}

function stanza(line: Taken, uri: string, said: Map<string, Said<string>>, environment: Map<string, Said<string | undefined>>): void {
  const [whole, key = "", value = ""] = /^[ \t]*(setuid|setgid|umask|chdir|env|kill[ \t]+signal)[ \t]+(.*?)[ \t\r]*$/.exec(line.text) ?? [];
  if (whole === undefined || value === "") return;
  const from = line.text.indexOf(value, line.text.search(/\S/) + key.length);
  const at = { uri, span: spanOf(slice(line, from, from + value.length)) };
  const equals = value.indexOf("=");
  if (key !== "env") said.set(key.startsWith("kill") ? "kill signal" : key, { value, at });
  else if (equals > 0) environment.set(value.slice(0, equals), { value: value.slice(equals + 1).replace(/^(["'])(.*)\1$/, "$2"), at });
}
