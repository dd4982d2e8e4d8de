/** `plugin = a,b`: which names uWSGI looks for, and whether it finds them. */
import { t } from "../../text/l10n";
import { type Callback, type Entry, isUnknown, pluginOf, type Run, report } from "./run";

/** Plugins that bring another one along. */
const REQUIRES: Readonly<Record<string, string>> = {
  fastrouter: "corerouter",
  forkptyrouter: "corerouter",
  http: "corerouter",
  rawrouter: "corerouter",
  sslrouter: "corerouter",
};

export const loadPlugins: Callback = (run, entry) => {
  if (isUnknown(entry.value)) run.embeddedKnown = false;
  else for (const item of (entry.value?.text ?? "").split(",")) if (item !== "") loadPlugin(run, entry, item);
};

/** A loop may name more than any machine has. */
const MOST_PLUGINS = 500;

function loadPlugin(run: Run, entry: Entry, item: string): void {
  if (run.plugins.length >= MOST_PLUGINS) return;
  const name = nameOf(item);
  const needed = entry.key.startsWith("need-");
  const origin = entry.places.option;
  if (isLoaded(run, name)) {
    if (needed)
      report(
        run,
        "plugin-twice",
        t`The plugin \`${name}\` is loaded already, which \`${entry.key}\` takes for a failure: uWSGI refuses to start.`,
        origin,
        { fatal: true, data: { plugin: name } },
      );
    return;
  }
  const found = run.machine.loadable?.(name);
  if (found === false)
    report(
      run,
      "plugin-missing",
      needed
        ? t`There is no plugin \`${name}\`: uWSGI refuses to start.`
        : t`There is no plugin \`${name}\`: uWSGI goes on without it, and takes its options for placeholders.`,
      origin,
      {
        fatal: needed,
        data: { plugin: name },
      },
    );
  const other = REQUIRES[name];
  if (other && !isLoaded(run, other)) run.plugins.push({ name: other, origin, found });
  run.plugins.push({ name, origin, found });
}

const isLoaded = (run: Run, name: string): boolean =>
  run.machine.embedded?.includes(name) === true ||
  run.plugins.some((plugin) => plugin.found !== false && pluginOf(plugin.name) === pluginOf(name));

/** The item without modifier and start function. uWSGI cuts as many letters from its front as it holds blanks. */
export function nameOf(item: string): string {
  const blanks = item.match(/[ \t]/g)?.length ?? 0;
  const name = item.slice(blanks).replace(/[ \t]+$/, "");
  const colon = name.indexOf(":");
  return (colon < 0 ? name : name.slice(colon + 1)).replace(/\|.*$/s, "").replace(/_plugin\.so$/, "");
}
