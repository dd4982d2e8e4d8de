/** What rules ask about the plugins of a process, and the line that loads one more. */
import type { Instance } from "../stack/instance";
import { t } from "../text/l10n";
import type { Setting } from "../workspace/effective";
import type { Target } from "../workspace/target";
import type { Workspace } from "../workspace/workspace";
import { suggest } from "./edits";
import { setOption } from "./option-edits";
import type { Fix } from "./rule";

/** The number of a plugin that serves requests: `uwsgi_modifier1`. */
export const MODIFIERS = { psgi: "5", lua: "6", rack: "7", jvm: "8", cgi: "9", php: "14", mono: "15" } as const;

/** Builds that keep languages and routers in plugins of their own. */
export const isModular = ({ uwsgiInstall = "" }: Target): boolean => /^(?:debian|ubuntu|fedora|rhel|centos|alpine|epel)/.test(uwsgiInstall);

/** Whether its configuration tells all that it loads. What an emperor gives to a vassal is not looked at. */
export const tellsPlugins = (instance: Instance): boolean =>
  instance.effective.complete && instance.flag("autoload") !== true && instance.start.emperor === undefined;

export const loads = ({ effective }: Instance, plugin: string): boolean => effective.plugins.some(({ name }) => name.includes(plugin));

/** Names the plugin beside those that are loaded; where none is, beside the setting that needs it. */
export function loadPlugin(workspace: Workspace, instance: Instance, setting: Setting, plugin: string): Fix | undefined {
  const line = instance.last("plugins") ?? instance.last("plugin");
  const key = line?.key ?? "plugins";
  const value = line && line.holes.length === 0 ? `${line.value},${plugin}` : plugin;
  return suggest(t`Load the plugin: ${key} = ${value}`, setOption(workspace, line, setting, key, value));
}
