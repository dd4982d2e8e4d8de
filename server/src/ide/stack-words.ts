/** What the other files of the deployment offer for a value: addresses that somebody asks for or binds, users that exist. */

import { show } from "../stack/address";
import { stackOf } from "../stack/stack";
import { t } from "../text/l10n";
import { baseName, pathOf } from "../text/uri";
import { targetOf } from "../workspace/known";
import type { Workspace } from "../workspace/workspace";
import type { Completion } from "./completion";

/** Addresses nginx connects to, as uWSGI writes them; the ones nobody binds first. */
export function addressesAsked(workspace: Workspace): readonly Completion[] {
  const items = new Map<string, Completion>();
  for (const link of stackOf(workspace).links) {
    const { address, pass } = link.connection;
    if (address.kind !== "unix" && address.kind !== "tcp") continue;
    const label = show(address);
    const rank = link.reached.length > 0 ? 1 : 0;
    const known = items.get(label);
    if (!known || known.rank > rank)
      items.set(label, { label, kind: "address", detail: t`${pass.nested.directive.name.text} in ${nameOf(pass.document.uri)}`, rank });
  }
  return [...items.values()];
}

/** Addresses that uWSGI processes bind, as uWSGI writes them. */
export function addressesBound(workspace: Workspace): readonly Completion[] {
  return bound(workspace, (path) => path);
}

/** The same for nginx. */
export function passTargets(workspace: Workspace): readonly Completion[] {
  return bound(workspace, (path) => `unix:${path}`);
}

function bound(workspace: Workspace, unix: (path: string) => string): readonly Completion[] {
  const stack = stackOf(workspace);
  const items = new Map<string, Completion>();
  for (const instance of stack.instances) {
    for (const endpoint of instance.endpoints) {
      const { address } = endpoint;
      if (address.kind !== "tcp" && (address.kind !== "unix" || address.relative)) continue;
      const host =
        address.kind === "tcp" && (address.host === "" || address.host === "0.0.0.0") ? { ...address, host: "127.0.0.1" } : address;
      const label = host.kind === "unix" ? unix(host.path) : show(host);
      items.set(label, {
        label,
        kind: "address",
        detail: t`${endpoint.option} in ${nameOf(instance.uri)}`,
        rank: stack.linksTo(endpoint).length > 0 ? 1 : 0,
      });
    }
  }
  return [...items.values()];
}

export function usersKnown(workspace: Workspace, uri: string): readonly Completion[] {
  const target = targetOf(workspace, uri);
  const items = new Map<string, Completion>();
  const add = (label: string | undefined, detail: string, rank: number): void => {
    if (label && /^[a-z_][\w.-]*\$?$/i.test(label) && !items.has(label)) items.set(label, { label, kind: "user", detail, rank });
  };
  for (const [name, user] of Object.entries(target.users ?? {})) {
    add(name, t`user of the machine`, 0);
    for (const group of user.groups) add(group, t`group of the machine`, 1);
  }
  for (const group of target.groups ?? []) add(group, t`group of the machine`, 1);
  if (target.nginxUser) add(target.nginxUser, t`user of nginx`, 0);
  for (const document of workspace.of("nginx"))
    for (const { directive } of document.named("user")) add(directive.args[0]?.text, t`user of nginx, ${nameOf(document.uri)}`, 1);
  for (const instance of stackOf(workspace).instances)
    for (const key of ["uid", "gid"])
      for (const setting of instance.all(key)) if (setting.holes.length === 0) add(setting.value, t`${key} in ${nameOf(instance.uri)}`, 2);
  add("www-data", t`user of web servers on Debian`, 3);
  return [...items.values()];
}

const nameOf = (uri: string): string => baseName(pathOf(uri));
