/** Addresses: uWSGI binds them, nginx connects to them, units hand them over. One name in many spellings. */

import { optionOf } from "../../facts/uwsgi";
import type { FileEdit } from "../../rules/rule";
import { type Address, isAnyHost, isLoopback, uwsgiAddress } from "../../stack/address";
import type { Instance } from "../../stack/instance";
import { type Stack, stackOf } from "../../stack/stack";
import { t } from "../../text/l10n";
import { contains, type Span } from "../../text/span";
import type { Setting } from "../../workspace/effective";
import { machinePath } from "../../workspace/paths";
import type { Workspace } from "../../workspace/workspace";
import type { At } from "../place";
import { type Named, type Occurrence, unique } from "./occurrence";
import { type Made, remade } from "./templates";

/** A place that holds an address. Not literal: parts of it are filled in; `made` where it is known from what. */
export type AddressPlace = {
  readonly uri: string;
  readonly span: Span;
  readonly address: Address;
  readonly role: "defines" | "uses";
  readonly isLiteral: boolean;
  readonly made?: Made;
};

const PLACES = {};

export function addressPlaces(workspace: Workspace): readonly AddressPlace[] {
  return workspace.derive(PLACES, () => {
    const stack = stackOf(workspace);
    return [...bound(stack), ...connected(stack), ...upstreamServers(stack), ...handedOver(stack)];
  });
}

export function socketAt({ workspace, document, offset }: At): Named | undefined {
  const all = addressPlaces(workspace);
  const here = all.find((place) => place.uri === document.uri && contains(place.span, offset));
  if (!here || (here.address.kind !== "unix" && here.address.kind !== "tcp") || (here.address.kind === "unix" && here.address.relative))
    return undefined;
  const { address } = here;
  const same = all.filter((place) => isSame(place.address, address));
  const occurrences = unique([...same, ...mentions(workspace, address, same)].flatMap((place) => occurrence(workspace, place)));
  const own = occurrences.find((one) => one.uri === document.uri && contains(here.span, one.span.start));
  if (!own) return undefined;
  const stack = stackOf(workspace);
  const templates = same.filter((place) => !place.isLiteral);
  const elsewhere = (name: string): readonly (FileEdit | string)[] =>
    templates.flatMap((place) => respelled(stack, all, same, place, name) ?? []);
  const refuses = (name: string): string | undefined => {
    const refusal = misspelt(address, name) ?? elsewhere(name).find((edit) => typeof edit === "string");
    return typeof refusal === "string" ? refusal : undefined;
  };
  const also = (name: string): readonly FileEdit[] => elsewhere(name).filter((edit) => typeof edit !== "string");
  return { span: own.span, text: textOf(document.text.slice(own.span.start, own.span.end), here), occurrences, refuses, also };
}

/** What a rename starts from. A path that is relative, or filled in, is shown as what it comes to: the others cannot write it so. */
function textOf(written: string, { address, made }: AddressPlace): string {
  if (address.kind === "unix") return made || !written.startsWith("/") ? address.path : written;
  return made?.setting.value ?? written;
}

function misspelt({ kind }: Address, name: string): string | undefined {
  if (kind === "unix") return /^(?:unix:)?\/[^\s;{}"'$%:]+$/.test(name) ? undefined : t`Write the absolute path of a socket.`;
  return /^(?:[\w.-]*:|\[[\da-f:]*\]:)?\d{1,5}$/i.test(name) ? undefined : t`Write a port, or host:port.`;
}

const covers = (outer: Span, inner: Span): boolean => contains(outer, inner.start) && contains(outer, inner.end);

/** How a value made of placeholders comes to the new name. */
function respelled(
  stack: Stack,
  all: readonly AddressPlace[],
  same: readonly AddressPlace[],
  { uri, span, address, made }: AddressPlace,
  name: string,
): FileEdit | string | undefined {
  if (!made) return t`The address is put together from variables in one of its places: change it there.`;
  const { value } = made.setting;
  const isWhole = address.kind === "unix" ? machinePath(value) === address.path : /^\d+$/.test(value.slice(value.lastIndexOf(":") + 1));
  if (!isWhole) return t`The address is put together from placeholders in one of its places: change it there.`;
  const next =
    address.kind === "tcp" && /^:?\d+$/.test(name)
      ? value.slice(0, value.lastIndexOf(":") + 1) + name.replace(/^:/, "")
      : name.replace(/^unix:/i, "");
  const isShared = all.some((place) => place.uri === uri && place.span.start === span.start && !same.includes(place));
  const follows = (reader: Instance, use: { readonly uri: string; readonly span: Span }): boolean => {
    const around = all.filter((place) => place.made?.instance === reader && place.uri === use.uri && covers(place.span, use.span));
    return around.length > 0 && around.every((place) => same.includes(place));
  };
  return remade(stack, made, next, { isShared, follows });
}

/** Two spellings that may mean one listener of one machine. */
function isSame(a: Address, b: Address): boolean {
  if (a.kind === "unix" && b.kind === "unix") return a.path === b.path;
  if (a.kind !== "tcp" || b.kind !== "tcp" || a.port !== b.port) return false;
  const local = (host: string): boolean => isAnyHost(host) || isLoopback(host);
  return a.host === b.host || (local(a.host) && local(b.host));
}

function* bound(stack: Stack): Iterable<AddressPlace> {
  for (const instance of stack.instances) {
    for (const endpoint of instance.endpoints) yield* placed(instance, stack, endpoint.setting, endpoint.address, "defines");
    for (const setting of instance.effective.settings) {
      const option = optionOf(setting.key);
      if (option?.type === "socket-connect" || option?.subtype === "socket-connect")
        yield* placed(instance, stack, setting, uwsgiAddress(setting.value, setting.holes, instance.socketBase), "uses");
    }
  }
}

function* placed(instance: Instance, stack: Stack, setting: Setting, address: Address, role: AddressPlace["role"]): Iterable<AddressPlace> {
  const at = setting.valueOrigin;
  if (!at) return;
  const written = stack.workspace.get(at.uri)?.text.slice(at.span.start, at.span.end) ?? "";
  const isKnown = setting.holes.length === 0;
  const isLiteral = isKnown && written.includes(setting.value);
  yield { uri: at.uri, span: at.span, address, role, isLiteral, ...(isKnown && !isLiteral ? { made: { instance, setting } } : {}) };
}

function* connected(stack: Stack): Iterable<AddressPlace> {
  for (const { connection } of stack.links) {
    const { document, span, address } = connection;
    const written = document.text.slice(span.start, span.end);
    yield { uri: document.uri, span, address, role: "uses", isLiteral: !written.includes("$") };
  }
}

/** Of upstreams that nothing passes to as well. */
function* upstreamServers(stack: Stack): Iterable<AddressPlace> {
  for (const upstreams of stack.upstreams.values())
    for (const { servers } of upstreams)
      for (const { document, word, target } of servers)
        yield { uri: document.uri, span: word.span, address: target.address, role: "uses", isLiteral: !word.text.includes("$") };
}

function* handedOver(stack: Stack): Iterable<AddressPlace> {
  for (const starter of stack.starters)
    for (const { value, at } of starter.listens) {
      const text = stack.workspace.get(at.uri)?.text.slice(at.span.start, at.span.end) ?? "";
      const from = text.lastIndexOf(value);
      if (from < 0) continue;
      const span = { start: at.span.start + from, end: at.span.start + from + value.length };
      yield { uri: at.uri, span, address: uwsgiAddress(/^\d+$/.test(value) ? `:${value}` : value, []), role: "defines", isLiteral: true };
    }
}

const DEPLOYMENT = ["systemd", "compose", "supervisor", "dockerfile", "tmpfiles", "shell", "crontab", "kubernetes"] as const;

/** The same path in files around the deployment: commands that wait for a socket, change its mode or ask it. */
function* mentions(workspace: Workspace, address: Address, known: readonly AddressPlace[]): Iterable<AddressPlace> {
  if (address.kind !== "unix") return;
  for (const language of DEPLOYMENT) {
    for (const { uri, text } of workspace.of(language)) {
      for (const path of spellings(address.path)) {
        for (let at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1)) {
          if (/[\w./-]/.test(text[at - 1] ?? "") || /[\w/-]/.test(text[at + path.length] ?? "")) continue;
          const span = { start: at, end: at + path.length };
          if (!known.some((place) => place.uri === uri && contains(place.span, at)))
            yield { uri, span, address, role: "uses", isLiteral: true };
        }
      }
    }
  }
}

/** `/run/x` is `/var/run/x` too. */
const spellings = (path: string): readonly string[] => (path.startsWith("/run/") ? [path, `/var${path}`] : [path]);

/** The path, or host and port, within what is written. */
function occurrence(workspace: Workspace, { uri, span, address, role, isLiteral }: AddressPlace): readonly Occurrence[] {
  if (!isLiteral) return [{ uri, span, role, respell: null }];
  const text = workspace.get(uri)?.text.slice(span.start, span.end) ?? "";
  if (address.kind === "unix") {
    const path = /\/[^\s,;"']*/.exec(text.replace(/^unix:\/\/(?=\/)/i, (prefix) => "\0".repeat(prefix.length)));
    if (!path || machinePath(path[0].replace(/:$/, "")) !== address.path) return [{ uri, span, role }];
    return [
      { uri, span: inside(span, path.index, path[0].replace(/:$/, "").length), role, respell: (name) => name.replace(/^unix:/i, "") },
    ];
  }
  const match = /((?:\[[^\]]*\]|[\w.*-]*):)?(\d+)(?=$|[,/?"'\s])/.exec(text);
  if (!match) return [{ uri, span, role }];
  const [whole, host = ""] = match;
  return [
    {
      uri,
      span: inside(span, match.index, whole.length),
      role,
      respell: (name) => (/^:?\d+$/.test(name) ? `${host}${name.replace(/^:/, "")}` : name),
    },
  ];
}

const inside = (span: Span, from: number, length: number): Span => ({ start: span.start + from, end: span.start + from + length });
