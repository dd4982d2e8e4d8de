/** Values at which uWSGI refuses to start as soon as the option is run: some by themselves, some by what ran before. */

import { type Option, optionOf } from "../../facts/uwsgi";
import { checkValue } from "../../facts/uwsgi-values";
import { pluginsOfRoute } from "../../facts/uwsgi-values-routes";
import { t } from "../../text/l10n";
import { toInt } from "../../text/numbers";
import { type Entry, isUnknown, pluginOf, type Run, report } from "./run";
import type { Text } from "./text";

export function refuse(run: Run, entry: Entry): void {
  const option = optionOf(entry.key);
  if (!option || !entry.value || isUnknown(entry.value)) return;
  const value = entry.value.text;
  const problem = checkValue(entry.key, value, run.version);
  const byItself = problem?.kind === "fatal" && problem.when === "read" ? problem.message : undefined;
  const message = byItself ?? cutBefore(run, option, entry.value) ?? fromBefore(run, option, value);
  const data = { option: entry.key, by: byItself === undefined ? "order" : "value" };
  if (message === undefined) remember(run, option, entry.value);
  else report(run, "value-refused", message, entry.places.value ?? entry.places.option, { fatal: true, data });
}

const SHARES: ReadonlySet<string> = new Set([
  "uwsgi_opt_add_socket",
  "uwsgi_opt_add_socket_no_defer",
  "uwsgi_opt_add_lazy_socket",
  "uwsgi_opt_add_ssl_socket",
]);
const OF_LEGION: ReadonlySet<string> = new Set([
  "uwsgi_opt_legion_hook",
  "uwsgi_opt_legion_node",
  "uwsgi_opt_legion_quorum",
  "uwsgi_opt_legion_scroll",
]);

function fromBefore(run: Run, option: Option, value: string): string | undefined {
  if (SHARES.has(option.callback)) return sharedSocket(run, value.trimStart());
  if (OF_LEGION.has(option.callback)) {
    const name = value.slice(0, value.indexOf(" "));
    return run.legions.has(name)
      ? undefined
      : t`There is no legion \`${name}\` so far: uWSGI refuses to start. Define it before with \`legion\`.`;
  }
  return option.callback === "uwsgi_opt_add_route" ? missingPlugin(run, option, value) : undefined;
}

/** The turns of a loop have one text in common, unless `%(_)` stands in it, and uWSGI cuts it where the command begins. */
const cutBefore = (run: Run, option: Option, value: Text): string | undefined =>
  option.callback === "uwsgi_opt_add_cron2" && run.cut.has(value)
    ? t`The first turn of the loop took the command out of this text: at the second uWSGI refuses to start. With \`%(_)\` in it each turn has a text of its own.`
    : undefined;

function sharedSocket(run: Run, value: string): string | undefined {
  const number = value.startsWith("=") ? toInt(value.slice(1)) : -1;
  if (number < run.sharedSockets) return undefined;
  return t`There is no shared socket ${number} so far: uWSGI refuses to start. \`shared-socket\` lines are numbered from 0 and must come before.`;
}

function missingPlugin(run: Run, option: Option, value: string): string | undefined {
  const { embedded } = run.machine;
  if (!embedded || run.autoload || !run.embeddedKnown) return undefined;
  const missing = pluginsOfRoute(option.subtype, value).find(
    (plugin) => !embedded.includes(plugin) && !run.plugins.some((loaded) => loaded.found !== false && pluginOf(loaded.name) === plugin),
  );
  return (
    missing && t`This route needs the plugin \`${missing}\`, which is not loaded: uWSGI refuses to start. Add \`plugin = ${missing}\`.`
  );
}

function remember(run: Run, option: Option, value: Text): void {
  const first = value.text.slice(0, Math.max(0, value.text.indexOf(" ")));
  if (option.callback === "uwsgi_opt_add_shared_socket") run.sharedSockets++;
  if (option.callback === "uwsgi_opt_add_cron2" && first.includes("=")) run.cut.add(value);
  if (option.type === "legion") run.legions.add(first);
}
