/** Whether a connection of nginx can reach a listener of uWSGI, given where both run. */
import { machinePath } from "../workspace/paths";
import { type Address, isAnyHost, isIp, isLoopback, meets } from "./address";
import type { Container } from "./deploy";
import type { Endpoint } from "./endpoint";
import { type Host, sharedLoopback, shareNetwork } from "./hosts";

export type Why = "address" | "container-loopback" | "networks" | "published-port" | "bound-loopback" | "mount" | "localhost-v6";
export type Reach = {
  readonly answer: "yes" | "no" | "unknown";
  readonly why?: Why /** What would be right: an address as nginx would write it. */;
  readonly right?: string;
};

const YES: Reach = { answer: "yes" };
const UNKNOWN: Reach = { answer: "unknown" };
const NO: Reach = { answer: "no", why: "address" };

export function reach(target: Address, from: readonly Host[], endpoint: Endpoint, at: readonly Host[]): Reach {
  const pairs = from.flatMap((a) => at.filter((b) => a.container.project === b.container.project).map((b) => [a, b] as const));
  if (pairs.length > 0)
    return best(pairs.map(([a, b]) => (sharedLoopback(a, b) ? sameMachine(target, endpoint) : acrossContainers(target, a, endpoint, b))));
  const direct = sameMachine(target, endpoint);
  if (at.length > 0 && direct.answer === "no") return best([...at.map((host) => intoContainer(target, endpoint, host)), direct]);
  if (from.length > 0 && direct.answer === "no" && target.kind === "unix" && from.some((host) => covers(host.container, target.path)))
    return UNKNOWN;
  return direct;
}

/** The kindest answer: a claim of failure needs every way to fail. */
function best(answers: readonly Reach[]): Reach {
  return (
    answers.find((one) => one.answer === "yes") ??
    answers.find((one) => one.answer === "unknown") ??
    answers.find((one) => one.why !== "address") ??
    NO
  );
}

function sameMachine(target: Address, endpoint: Endpoint): Reach {
  const answer = meets(target, endpoint.address);
  return answer === "yes" ? YES : answer === "v6" ? { answer: "yes", why: "localhost-v6" } : answer === "unknown" ? UNKNOWN : NO;
}

function acrossContainers(target: Address, from: Host, endpoint: Endpoint, at: Host): Reach {
  const bound = endpoint.address;
  if (bound.kind === "unknown" || target.kind === "unknown") return sameMachine(target, endpoint).answer === "no" ? NO : UNKNOWN;
  if (target.kind === "unix" && bound.kind === "unix") return throughVolume(target.path, from.container, bound, at.container);
  if (target.kind !== "tcp" || bound.kind !== "tcp") return NO;
  const name = at.container.names.find((one) => one.toLowerCase() === target.host);
  const right = `${at.container.names[0] ?? at.starter.name}:${bound.port}`;
  if (name === undefined) {
    if (target.port !== bound.port) return NO;
    if (isLoopback(target.host) || isAnyHost(target.host)) return { answer: "no", why: "container-loopback", right };
    return isIp(target.host) || target.host.includes(".") ? UNKNOWN : NO;
  }
  const published = at.container.ports.find((port) => port.value.host === target.port && port.value.container === bound.port);
  if (target.port !== bound.port) return published ? { answer: "no", why: "published-port", right } : NO;
  if (!shareNetwork(from.container, at.container)) return { answer: "no", why: "networks", right };
  if (isLoopback(bound.host)) return { answer: "no", why: "bound-loopback", right };
  return YES;
}

/** A unix socket is shared through a volume mounted in both containers; the path may differ. */
function throughVolume(path: string, from: Container, bound: { readonly path: string; readonly relative: boolean }, at: Container): Reach {
  if (bound.relative) return UNKNOWN;
  const there = inside(at, bound.path);
  const here = inside(from, path);
  if (there === undefined && here === undefined) return bound.path === path ? { answer: "no", why: "mount" } : NO;
  if (there === undefined) return bound.path === path ? { answer: "no", why: "mount" } : NO;
  if (there.source === undefined || (here && here.source === undefined)) return UNKNOWN;
  if (here && `${there.source}${there.rest}` === `${here.source}${here.rest}`) return YES;
  const seen = from.mounts.find((mount) => mount.source === there.source);
  return seen
    ? { answer: "no", why: "mount", right: `unix:${machinePath(seen.target)}${there.rest}` }
    : bound.path === path
      ? { answer: "no", why: "mount" }
      : NO;
}

function inside(container: Container, path: string): { readonly source: string | undefined; readonly rest: string } | undefined {
  let found: { readonly source: string | undefined; readonly rest: string; readonly length: number } | undefined;
  for (const mount of container.mounts) {
    const target = machinePath(mount.target);
    if (path !== target && !path.startsWith(`${target}/`)) continue;
    if (!found || target.length > found.length) found = { source: mount.source, rest: path.slice(target.length), length: target.length };
  }
  return found;
}

export const covers = (container: Container, path: string): boolean => inside(container, path) !== undefined;

/** nginx outside of the containers of this project: published ports and bind mounts lead in. */
function intoContainer(target: Address, endpoint: Endpoint, host: Host): Reach {
  const bound = endpoint.address;
  if (target.kind === "tcp" && bound.kind === "tcp") {
    const published = host.container.ports.some((port) => port.value.host === target.port && port.value.container === bound.port);
    if (published && !isLoopback(bound.host)) return YES;
    if (host.container.names.some((name) => name.toLowerCase() === target.host) && target.port === bound.port) return YES;
    return host.container.ports.some((port) => port.value.host === undefined) ? UNKNOWN : NO;
  }
  if (target.kind === "unix" && bound.kind === "unix") return covers(host.container, bound.path) || bound.relative ? UNKNOWN : NO;
  return bound.kind === "unknown" ? UNKNOWN : NO;
}
