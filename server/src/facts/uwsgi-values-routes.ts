/** Internal routing: `<regexp> <action>:<args>`, `<condition>:<args> <action>:<args>`, `<action>:<args>`. */
import { t } from "../text/l10n";
import { isIn, type Registered, registry } from "./uwsgi";
import { type Check, fatal, fatalAtStart, odd } from "./uwsgi-value";
import { regexpError } from "./uwsgi-values-lists";

export type Route = {
  /** Name of the condition, of `route-if` alone. */
  readonly condition?: { readonly name: string; readonly args: string };
  readonly subject?: string;
  readonly action: string;
  readonly args: string;
};

/** undefined where uWSGI finds no action. */
export function routeOf(subtype: string | undefined, value: string): Route | undefined {
  const blank = value.indexOf(" ");
  const command = subtype === "run" ? value : blank < 0 ? "" : value.slice(blank + 1);
  const subject = value.slice(0, Math.max(blank, 0));
  const colon = command.indexOf(":");
  if (colon < 0) return undefined;
  const action = { action: command.slice(0, colon), args: command.slice(colon + 1) };
  if (subtype === "run") return action;
  if (subtype !== "if" && subtype !== "if-not") return { ...action, subject };
  const split = subject.indexOf(":");
  return split < 0 ? undefined : { ...action, condition: { name: subject.slice(0, split), args: subject.slice(split + 1) } };
}

function formOf(subtype: string | undefined): string {
  if (subtype === "run") return t`<action>:<arguments>`;
  if (subtype === "if" || subtype === "if-not") return t`<condition>:<arguments> <action>:<arguments>`;
  return t`<regular expression> <action>:<arguments>`;
}

const named = (list: readonly Registered[], name: string, version: string): Registered | undefined =>
  list.find((one) => one.name === name && isIn(one, version));

export const route: Check = (value, option, version) => {
  const { subtype } = option;
  if (subtype === "label") return undefined;
  const found = routeOf(subtype, value);
  if (!found) return fatal(t`A route is written \`${formOf(subtype)}\`; every action needs its colon (\`last:\`): uWSGI refuses to start.`);
  if (found.condition && !named(registry("route_condition"), found.condition.name, version))
    return fatal(t`There is no condition \`${found.condition.name}\`: uWSGI refuses to start.`);
  if (!named(registry("router"), found.action, version)) return fatal(t`There is no action \`${found.action}\`: uWSGI refuses to start.`);
  if ((found.action === "logvar" || found.action === "addvar") && !found.args.includes("="))
    return fatal(t`\`${found.action}\` needs \`name=value\`: uWSGI refuses to start.`);
  if (found.action === "alarm" && !found.args.includes(" "))
    return fatal(t`\`alarm\` needs the name of an alarm, a blank and a message: uWSGI refuses to start.`);
  const error = found.subject === undefined || subtype === "status" ? undefined : regexpError(found.subject);
  if (error !== undefined) return fatalAtStart(t`The regular expression is not complete (${error}): uWSGI refuses to start.`);
  return subtype === "status" && !/^\d{3}$/.test(found.subject ?? "")
    ? odd(t`A status is three digits: this one is read as 0 or cut.`)
    : undefined;
};

/** The plugins that a route needs beside the core: its action's and its condition's. */
export function pluginsOfRoute(subtype: string | undefined, value: string): readonly string[] {
  const found = routeOf(subtype, value);
  if (!found || subtype === "label") return [];
  const plugin = registry("router").find((one) => one.name === found.action)?.plugin;
  const other = found.condition && registry("route_condition").find((one) => one.name === found.condition?.name)?.plugin;
  return [plugin, other].filter((name) => name !== undefined && name !== "core").map(String);
}
