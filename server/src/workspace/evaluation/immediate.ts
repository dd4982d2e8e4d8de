/** What options do the moment they run, where that changes how the rest of the configuration is read. */

import { isFalse } from "../../facts/uwsgi-values";
import { t } from "../../text/l10n";
import { toInt } from "../../text/numbers";
import { add } from "./add";
import { declareOption, runDeclared } from "./declared";
import { load, loadByExtension, loadPlugged } from "./load";
import { openBlock } from "./logic";
import { part } from "./places";
import { loadPlugins } from "./plugins";
import { absolute, type Callback, type Entry, isUnknown, type Run, report, type Written } from "./run";
import { known, slice, type Text } from "./text";

const named = (entry: Entry): Parameters<typeof load>[2] => ({
  name: entry.value ?? known(""),
  at: entry.places.option,
  from: entry.frame,
});

/** `key=value`, split at the first sign and not trimmed. */
function split(entry: Entry, value: Text): Written | undefined {
  const equals = value.text.indexOf("=");
  if (equals < 0) return undefined;
  const end = value.text.length;
  return {
    key: value.text.slice(0, equals),
    value: slice(value, equals + 1, end),
    places: { option: entry.places.option, key: part(entry, 0, equals), value: part(entry, equals + 1, end) },
  };
}

function set(run: Run, entry: Entry, value: Text, onlyPlaceholder: boolean): void {
  const written = split(entry, value);
  if (!written) {
    if (!isUnknown(value))
      report(run, "set-without-value", t`\`${entry.key}\` needs \`name=value\`: without "=" uWSGI refuses to start.`, entry.places.option, {
        fatal: true,
      });
    return;
  }
  if (value.holes.some((hole) => hole.start <= written.key.length)) run.complete = false;
  else add(run, written, onlyPlaceholder);
}

const resolve: Callback = (run, entry) => {
  const value = entry.value ?? known("");
  const [name, host] = value.text.split(/=(.*)/s, 2);
  if (host === undefined) return set(run, entry, value, true);
  const isAddress = /^(?:(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])(?:\.(?!$)|$)){4}$/.test(host);
  const start = (name ?? "").length + 1;
  set(
    run,
    entry,
    isAddress ? value : { text: value.text, holes: [...value.holes, { start, end: Math.max(start + 1, value.text.length) }] },
    true,
  );
};

/** Reading ends here, with the code of the process when that is known. */
function leave(run: Run, entry: Entry, code: number | undefined): void {
  if (!run.certain) return;
  run.over = true;
  run.stopped = true;
  const message =
    code === undefined
      ? t`\`${entry.key}\` ends uWSGI as soon as it is read: nothing after it counts.`
      : t`\`${entry.key}\` ends uWSGI with code ${code} as soon as it is read: nothing after it counts.`;
  report(run, "stops-here", message, entry.places.option, {
    fatal: code !== undefined && code !== 0,
  });
}

const exitWith =
  (code: number | undefined): Callback =>
  (run, entry) =>
    leave(run, entry, code);

const exit: Callback = (run, entry) => {
  if (!isUnknown(entry.value)) leave(run, entry, entry.value ? toInt(entry.value.text) & 0xff : 1);
};

const unknownOptions: Callback = (run) => {
  run.complete = false;
};

/** XML and JSON leave the name cut where the section began. */
function loadAndCut(format: "xml" | "json"): Callback {
  return (run, entry) => {
    load(run, format, named(entry));
    const colon = entry.value?.text.lastIndexOf(":") ?? -1;
    if (entry.value && colon >= 0) entry.value = slice(entry.value, 0, colon);
  };
}

const environmentFolder: Callback = (run, entry) => {
  const path = absolute(run, entry.value?.text ?? "");
  run.reads.add(path);
  if (isUnknown(entry.value) || run.machine.kind(path) === undefined) run.environmentKnown = false;
  else if (run.machine.kind(path) !== "directory")
    report(run, "include-missing", t`The folder \`${path}\` is not there: uWSGI refuses to start.`, entry.places.option, {
      fatal: true,
      data: { path },
    });
  else readEnvironment(run, path);
};

function readEnvironment(run: Run, folder: string): void {
  const names = run.machine.list(folder);
  if (!names) run.environmentKnown = false;
  for (const name of names ?? []) {
    const path = `${folder}/${name}`;
    if (name.startsWith(".") || run.machine.kind(path) !== "file") continue;
    run.reads.add(path);
    const file = run.machine.read(path);
    run.environment.set(name, file ? (file.text === "" ? null : file.text.replace(/\0.*$/s, "").replace(/[\r\n\t ]+$/, "")) : undefined);
  }
}

const putEnvironment: Callback = (run, { value }) => {
  const [name = "", text] = (value?.text ?? "").split(/=(.*)/s, 2);
  run.environment.set(name, isUnknown(value) ? undefined : (text ?? null));
};

type Switches = Partial<Pick<Run, "strict" | "autoload" | "blacklist" | "whitelist">>;

const switched =
  (switches: (run: Run, entry: Entry) => Switches): Callback =>
  (run, entry) => {
    Object.assign(run, switches(run, entry));
  };

const isOn = (run: Run, entry: Entry): boolean => run.certain && !(entry.value && isFalse(entry.value.text));
const listOf = (run: Run, entry: Entry): string | undefined =>
  run.certain && !isUnknown(entry.value) ? (entry.value?.text ?? "") : undefined;

const injected =
  (where: "before" | "after"): Callback =>
  (run, entry) => {
    if (isUnknown(entry.value) || !entry.value) run.complete = false;
    else run.inject[where].push(entry.value.text);
  };

export const CALLBACKS: ReadonlyMap<string, Callback> = new Map<string, Callback>([
  ["uwsgi_opt_load_ini", (run, entry) => load(run, "ini", named(entry))],
  ["uwsgi_opt_load_yml", (run, entry) => load(run, "yaml", named(entry))],
  ["uwsgi_opt_ini_paste", (run, entry) => load(run, "ini", named(entry))],
  ["uwsgi_opt_pypy_ini_paste", (run, entry) => load(run, "ini", named(entry))],
  ["uwsgi_opt_load_json", loadAndCut("json")],
  ["uwsgi_opt_load_xml", loadAndCut("xml")],
  ["uwsgi_opt_load", (run, entry) => loadByExtension(run, named(entry), entry.key)],
  ["uwsgi_opt_load_config", (run, entry) => loadPlugged(run, named(entry), entry.key)],
  ["uwsgi_opt_load_sqlite3", unknownOptions],
  ["uwsgi_opt_load_ldap", unknownOptions],
  ["uwsgi_opt_logic", openBlock],
  ["uwsgi_opt_set_placeholder", (run, entry) => set(run, entry, entry.value ?? known(""), entry.key !== "set")],
  ["uwsgi_opt_resolve", resolve],
  ["uwsgi_opt_add_custom_option", declareOption],
  ["declared option", runDeclared],
  ["uwsgi_opt_load_plugin", loadPlugins],
  ["uwsgi_opt_envdir", environmentFolder],
  ["uwsgi_opt_set_env", putEnvironment],
  ["uwsgi_opt_unset_env", (run, { value }) => void run.environment.set(value?.text ?? "", null)],
  ["strict", switched((run, entry) => ({ strict: isOn(run, entry) }))],
  ["autoload", switched((run, entry) => ({ autoload: isOn(run, entry) }))],
  ["blacklist", switched((run, entry) => ({ blacklist: listOf(run, entry) }))],
  ["end-blacklist", switched(() => ({ blacklist: undefined }))],
  ["whitelist", switched((run, entry) => ({ whitelist: listOf(run, entry) }))],
  ["end-whitelist", switched(() => ({ whitelist: undefined }))],
  ["inject-before", injected("before")],
  ["inject-after", injected("after")],
  ["uwsgi_opt_exit", exit],
  ["uwsgi_help", exitWith(0)],
  ["version", exitWith(0)],
  ["perl-version", exitWith(0)],
  ["python-version", exitWith(0)],
  ["cflags", exitWith(0)],
  ["dot-h", exitWith(0)],
  ["config-py", exitWith(0)],
  ["build-plugin", exitWith(1)],
  ["uwsgi_print_sym", exitWith(0)],
  ["uwsgi_opt_pidfile_signal", exitWith(undefined)],
  ["uwsgi_opt_signal", exitWith(undefined)],
  ["uwsgi_opt_connect_and_read", exitWith(undefined)],
  ["uwsgi_opt_extract", exitWith(undefined)],
  ["uwsgi_opt_binary_append_data", exitWith(undefined)],
  ["uwsgi_opt_ldap_dump", exitWith(0)],
  ["uwsgi_opt_ldap_dump_ldif", exitWith(0)],
]);
