/** What a link is worth. "fails" rests on a finding, "fits" on the same answers that the rules ask for; everything else is not known. */

import { differentUsers } from "../rules/stack/socket-permission";
import { FITS } from "../rules/stack/wrong-protocol";
import { socketSetup, USUAL_WORKERS, workerOf } from "../stack/access-setup";
import type { Endpoint } from "../stack/endpoint";
import type { Instance } from "../stack/instance";
import type { Link } from "../stack/links";
import { bind, permission } from "../stack/permission";
import type { Stack } from "../stack/stack";
import { t } from "../text/l10n";
import type { Diagnosis } from "./diagnose";
import type { Judgement } from "./topology-drawing";
import type { LinkState } from "./topology-shape";

/** Rules that say, even as a warning, that nginx does not get through. */
export const ABOUT_MEETING: ReadonlySet<string> = new Set([
  "no-such-socket",
  "wrong-protocol",
  "socket-permission",
  "container-address",
  "unknown-service",
  "private-tmp",
  "nginx-address",
  "upstream-without-port",
  "variable-needs-resolver",
  "emperor-socket",
]);
const ABOUT_STARTING: ReadonlySet<string> = new Set(["tyrant-root-file", "vassal-ignored"]);

const failing = ({ message, code }: Diagnosis): Judgement => ({ state: "fails", why: message, rule: code });

export function connectState(
  stack: Stack,
  link: Link,
  endpoint: Endpoint | undefined,
  own: readonly Diagnosis[],
  serves: () => LinkState | undefined,
): Judgement {
  const broken =
    own.find((finding) => finding.severity === "error" && ABOUT_MEETING.has(finding.code)) ??
    own.find((finding) => finding.severity === "error" || (finding.severity === "warning" && ABOUT_MEETING.has(finding.code)));
  if (broken) return failing(broken);
  if (serves() === "fails") return { state: "fails", why: t`uWSGI does not bind this address.` };
  if (!endpoint || link.reached.length === 0)
    return {
      state: "unknown",
      why: link.settled ? t`No configuration here binds this address.` : t`It is not known who binds this address.`,
    };
  if (!FITS[link.connection.pass.protocol].includes(endpoint.protocol))
    return { state: "unknown", why: t`It is not known whether both speak the same protocol.` };
  if (!endpoint.setting.certain || !endpoint.instance.start.certain)
    return { state: "unknown", why: t`It is not known whether this process runs so.` };
  if (endpoint.address.kind !== "unix") return { state: "fits" };
  if (mayConnect(stack, link, endpoint)) return { state: "fits" };
  const doubt = own.find((finding) => ABOUT_MEETING.has(finding.code));
  return { state: "unknown", why: doubt?.message ?? t`It is not known whether nginx may write to the socket.` };
}

function mayConnect(stack: Stack, link: Link, endpoint: Endpoint): boolean {
  if (endpoint.address.kind !== "unix" || endpoint.address.relative || differentUsers(stack, link, endpoint)) return false;
  const setup = socketSetup(stack, endpoint);
  // Folders nobody says anything about are presumed to let everybody through: asked here is the socket itself.
  const known = { ...setup, directories: setup.directories.filter((folder) => folder.exists !== undefined) };
  const { who } = workerOf(stack);
  const workers =
    who.user === undefined ? USUAL_WORKERS.map((user) => ({ user, group: user, groups: { known: [user], complete: true } })) : [who];
  return workers.every((worker) => permission(known, worker).connects === "yes");
}

/** Findings that judge both sides are told by the link from nginx. */
export function bindState(stack: Stack, endpoint: Endpoint, own: readonly Diagnosis[]): Judgement {
  const broken = own.find((finding) => finding.severity === "error" && !ABOUT_MEETING.has(finding.code));
  if (broken) return failing(broken);
  if (endpoint.address.kind === "unknown" || !endpoint.setting.certain)
    return { state: "unknown", why: t`Parts of the address are not known.` };
  if (endpoint.address.kind !== "unix") return { state: "fits" };
  return bind(socketSetup(stack, endpoint)).binds === "no" ? { state: "unknown" } : { state: "fits" };
}

export function startState(instance: Instance, own: readonly Diagnosis[]): Judgement {
  const broken = own.find((finding) => finding.severity === "error" && ABOUT_STARTING.has(finding.code));
  if (broken) return failing(broken);
  return instance.start.certain ? { state: "fits" } : { state: "unknown" };
}
