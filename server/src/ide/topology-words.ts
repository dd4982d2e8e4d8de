/** The words on the nodes of the graph. */

import { type Identity, NOBODY_KNOWN } from "../stack/access";
import { dropSetup, isTyrant, socketSetup, startIdentity } from "../stack/access-setup";
import type { Starter } from "../stack/deploy";
import type { Endpoint } from "../stack/endpoint";
import type { Instance } from "../stack/instance";
import { modeWords, octal } from "../stack/mode";
import { dropped, permission } from "../stack/permission";
import type { Stack } from "../stack/stack";
import type { Directive, Nested } from "../syntax/tree";
import { t } from "../text/l10n";
import { baseName } from "../text/uri";
import type { Setting } from "../workspace/effective";
import { pathFacts, targetOf } from "../workspace/known";

/** User and group of the process once it runs, as far as they are known. */
export function runsAs(stack: Stack, instance: Instance): Identity {
  if (isTyrant(instance)) {
    const file = stack.workspace.paths.deployed(instance.uri);
    const facts = file === undefined ? undefined : pathFacts(targetOf(stack.workspace, instance.uri), file);
    return { ...NOBODY_KNOWN, user: facts?.owner, group: facts?.group };
  }
  const identity = dropped(startIdentity(stack, instance).who, dropSetup(stack, instance));
  return identity.user === undefined && instance.text("uid") !== undefined
    ? { ...identity, user: instance.text("uid"), group: instance.text("gid") }
    : identity;
}

export function processName(instance: Instance): string {
  const { section } = instance.start;
  const file = baseName(instance.document.path);
  return section === undefined ? file : `${file}:${section}`;
}

export function instanceDetails(stack: Stack, instance: Instance): readonly string[] {
  const { user, group } = runsAs(stack, instance);
  const details: string[] = [];
  if (user !== undefined) details.push(t`runs as ${group === undefined ? user : `${user}:${group}`}`);
  const watched = instance.all("emperor").map((setting) => setting.value);
  if (watched.length > 0) details.push(t`emperor of ${watched.join(", ")}`);
  else if (instance.isVassal) details.push(instance.start.emperor ? t`vassal` : t`vassal of an emperor elsewhere`);
  else if (instance.start.debian) details.push(t`started by Debian's service`);
  const workers = instance.text("workers") ?? instance.text("processes");
  if (workers !== undefined) details.push(workers === "1" ? t`1 worker` : t`${workers} workers`);
  return details;
}

export function endpointDetails(stack: Stack, endpoint: Endpoint): readonly string[] {
  const protocol = endpoint.protocol === "unknown" ? t`protocol not known` : endpoint.protocol;
  const details = [
    endpoint.option === endpoint.protocol || endpoint.option.startsWith(endpoint.protocol)
      ? endpoint.option
      : `${endpoint.option}, ${protocol}`,
  ];
  if (endpoint.address.kind !== "unix") return details;
  const { socket } = permission(socketSetup(stack, endpoint), NOBODY_KNOWN);
  const owner = socket.owner === undefined && socket.group === undefined ? "" : `${socket.owner ?? "?"}:${socket.group ?? "?"}`;
  const mode = socket.mode === undefined ? "" : `${octal(socket.mode)} ${modeWords(socket.mode)}`;
  const line = [mode, owner].filter((part) => part !== "").join(" ");
  return line === "" ? details : [...details, line];
}

const APPS: readonly string[] = ["wsgi-file", "module", "mount", "paste", "psgi", "rack", "lua", "cgi", "php-app", "eval"];

/** What the process serves: the options that name an application. */
export function appsOf(instance: Instance): readonly { readonly label: string; readonly setting: Setting }[] {
  const callable = instance.text("callable");
  const found = APPS.flatMap((key) => instance.all(key).map((setting) => ({ key, setting })));
  const seen = new Set<string>();
  return found.flatMap(({ key, setting }) => {
    if (setting.value === "" || seen.has(`${key} ${setting.value}`)) return [];
    seen.add(`${key} ${setting.value}`);
    const named =
      callable !== undefined && !setting.value.includes(":") && (key === "wsgi-file" || key === "module")
        ? `${setting.value}:${callable}`
        : setting.value;
    return [{ label: key === "eval" ? t`inline Python` : named, setting }];
  });
}

export const starterDetails = (starter: Starter): readonly string[] => [
  starter.kind,
  ...(starter.user ? [t`as ${[starter.user.value, starter.group?.value].filter((one) => one !== undefined).join(":")}`] : []),
];

export function serverLabel(directive: Directive): string {
  const names = valuesOf(directive, "server_name").filter((name) => name !== "");
  if (names.length === 0 || (names.length === 1 && names[0] === "_")) return t`any name`;
  return names.length > 2 ? t`${names[0] ?? ""} and ${names.length - 1} more` : names.join(" ");
}

export function serverDetails(directive: Directive): readonly string[] {
  const listens = (directive.body ?? [])
    .filter((one) => one.name.text === "listen")
    .map((one) => one.args.map((word) => word.text).join(" "));
  return listens.length === 0 ? ["listen 80"] : listens.slice(0, 3).map((listen) => `listen ${listen}`);
}

export const locationLabel = (nested: Nested): string =>
  nested.directive.args.map((word) => word.text).join(" ") || nested.directive.name.text;

const valuesOf = (directive: Directive, name: string): readonly string[] =>
  (directive.body ?? []).filter((one) => one.name.text === name).flatMap((one) => one.args.map((word) => word.text));
