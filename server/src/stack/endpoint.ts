/** The addresses a uWSGI process listens on, and the protocol it speaks there. */
import type { Setting } from "../workspace/effective";
import { type Address, uwsgiAddress } from "./address";
import type { Instance } from "./instance";

export type Protocol = "uwsgi" | "suwsgi" | "http" | "https" | "fastcgi" | "scgi" | "raw" | "puwsgi" | "stats" | "unknown";

export type Endpoint = {
  readonly instance: Instance;
  readonly setting: Setting;
  /** The option as written: `socket`, `http-socket`, `http` … */
  readonly option: string;
  readonly protocol: Protocol;
  /** A router process of the http plugin, not the workers themselves. */
  readonly router: boolean;
  readonly address: Address;
};

const SOCKETS: Readonly<Record<string, { readonly protocol: Protocol; readonly router?: true }>> = {
  socket: { protocol: "uwsgi" },
  "uwsgi-socket": { protocol: "uwsgi" },
  "suwsgi-socket": { protocol: "suwsgi" },
  "ssl-socket": { protocol: "suwsgi" },
  "http-socket": { protocol: "http" },
  "http11-socket": { protocol: "http" },
  "https-socket": { protocol: "https" },
  "fastcgi-socket": { protocol: "fastcgi" },
  "fastcgi-nph-socket": { protocol: "fastcgi" },
  "scgi-socket": { protocol: "scgi" },
  "scgi-nph-socket": { protocol: "scgi" },
  "raw-socket": { protocol: "raw" },
  "puwsgi-socket": { protocol: "puwsgi" },
  http: { protocol: "http", router: true },
  httprouter: { protocol: "http", router: true },
  https: { protocol: "https", router: true },
  fastrouter: { protocol: "uwsgi", router: true },
  stats: { protocol: "stats" },
  "stats-server": { protocol: "stats" },
};

/** Options that bind an address, with what is spoken there. */
export const isSocketOption = (key: string): boolean => Object.hasOwn(SOCKETS, key);
/** Options whose sockets the workers serve. */
export const isAppSocket = (key: string): boolean =>
  isSocketOption(key) && SOCKETS[key]?.router !== true && SOCKETS[key]?.protocol !== "stats";

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  uwsgi: "uwsgi",
  http: "http",
  http11: "http",
  https: "https",
  suwsgi: "suwsgi",
  fastcgi: "fastcgi",
  "fastcgi-nph": "fastcgi",
  scgi: "scgi",
  "scgi-nph": "scgi",
  raw: "raw",
  puwsgi: "puwsgi",
};

export function endpointsOf(instance: Instance): readonly Endpoint[] {
  const endpoints: Endpoint[] = [];
  const bound = new Set<string>();
  const protocol = instance.last("protocol");
  const general = protocol === undefined ? "uwsgi" : protocol.holes.length > 0 ? "unknown" : (PROTOCOLS[protocol.value] ?? "unknown");
  const abstract = instance.flag("abstract-socket") === true;
  for (const setting of instance.effective.settings) {
    const kind = Object.hasOwn(SOCKETS, setting.key) ? SOCKETS[setting.key] : undefined;
    if (!kind) continue;
    const value = kind.protocol === "suwsgi" || kind.protocol === "https" ? (setting.value.split(",")[0] ?? "") : setting.value;
    const read = uwsgiAddress(value, setting.holes, instance.socketBase);
    const address: Address = abstract && read.kind === "unix" && kind.router !== true ? { kind: "abstract", name: read.path } : read;
    // A line of a loop binds each address once.
    const once = `${setting.origin?.uri} ${setting.origin?.span.start} ${setting.key} ${setting.certain} ${value}`;
    if (bound.has(once)) continue;
    bound.add(once);
    endpoints.push({
      instance,
      setting,
      option: setting.key,
      protocol: setting.key === "socket" ? general : kind.protocol,
      router: kind.router === true,
      address,
    });
  }
  return endpoints;
}
