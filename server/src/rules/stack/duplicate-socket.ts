import type { Document } from "../../model/document";
import { keysOf, show } from "../../stack/address";
import type { Endpoint } from "../../stack/endpoint";
import type { Instance } from "../../stack/instance";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { mayBind } from "../meeting-place";
import { removeOption, setOption } from "../option-edits";
import { type Fix, rule } from "../rule";
import { atEndpoint, shortName } from "../words";
import { FITS } from "./wrong-protocol";

export const duplicateSocket = rule({
  id: "duplicate-socket",
  title: "Two processes bind the same address",
  why: "A unix socket is unlinked and bound anew by whoever starts last, silently: one application answers for both. On TCP the second one exits (`probably another instance of uWSGI is running on the same address`); as a vassal it is cursed for ever. The same address twice in one file: the later line is ignored.",
  severity: "error",
  languages: ["uwsgi"],
  examples: [
    {
      files: {
        "etc/uwsgi/vassals/a.ini": "[uwsgi]\nsocket = /run/uwsgi/app.sock\n",
        "etc/uwsgi/vassals/b.ini": "[uwsgi]\nsocket = /run/uwsgi/app.sock\n",
      },
      finds: ["etc/uwsgi/vassals/a.ini:2", "etc/uwsgi/vassals/b.ini:2"],
    },
  ],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      if (!instance.start.certain) continue;
      const several = instance.endpoints.length > 1 ? instance.endpoints : [];
      const served = firstOf(several.filter(({ protocol }) => protocol !== "stats"));
      const bound = firstOf(several.filter(isKnown));
      for (const endpoint of instance.endpoints) {
        const at = endpoint.setting.origin;
        if (at?.uri !== document.uri || keysOf(endpoint.address).length === 0) continue;
        const other = stack
          .endpointsAt(endpoint.address)
          .slice(0, MOST_NEIGHBOURS)
          .find((one) => one.instance !== instance && sameAddress(endpoint, one) && runTogether(instance, one.instance));
        if (other)
          yield {
            span: at.span,
            severity: bothVassals(instance, other.instance) ? "error" : "warning",
            message:
              endpoint.address.kind === "unix"
                ? t`${shortName(other.instance.uri)} binds ${show(endpoint.address)} too: the one that starts last takes the socket away, and one application answers for both. Give each its own address.`
                : t`${shortName(other.instance.uri)} binds ${show(endpoint.address)} too: the second one does not start. Give each its own address.`,
            related: atEndpoint(other, t`bound here as well`),
            fixes: fixes(ownAddress(stack, endpoint)),
          };
        const application = endpoint.protocol === "stats" ? served.get(show(endpoint.address)) : undefined;
        if (application)
          yield {
            span: at.span,
            message: t`The statistics take ${show(endpoint.address)} away from ${application.option}: nginx gets JSON instead of answers (upstream sent invalid header).`,
            related: atEndpoint(application, t`the socket of the application`),
            fixes: fixes(suggest(t`Remove stats`, removeOption(document, at.span))),
          };
        const first = isKnown(endpoint) ? bound.get(show(endpoint.address)) : undefined;
        // Debian's own socket, named once more, is no mistake.
        if (first?.setting.origin && first.setting.origin.span.start !== at.span.start)
          yield {
            span: at.span,
            severity: "info",
            message: t`${show(endpoint.address)} is bound twice by this process: the later line is ignored.`,
            related: atEndpoint(first, t`bound here first`),
            fixes: fixes(oneOfBoth(document, stack, first, endpoint)),
          };
      }
    }
  },
});

/** By the address: a process may have thousands, made in a loop. */
const firstOf = (endpoints: readonly Endpoint[]): ReadonlyMap<string, Endpoint> =>
  new Map(endpoints.toReversed().map((endpoint) => [show(endpoint.address), endpoint]));

const isKnown = ({ setting, address, protocol }: Endpoint): boolean =>
  setting.certain && !(address.kind === "unix" && address.relative) && protocol !== "stats" && keysOf(address).length > 0;

const sameAddress = (a: Endpoint, b: Endpoint): boolean => isKnown(a) && isKnown(b) && show(a.address) === show(b.address);

/** Whether two files run side by side: vassals of one emperor, files of one folder of Debian, or units that are started both. */
function runTogether(a: Instance, b: Instance): boolean {
  if (!b.start.certain || a.uri === b.uri) return false;
  if (bothVassals(a, b)) return true;
  return (
    a.start.starter !== undefined &&
    b.start.starter !== undefined &&
    a.start.starter.kind === "systemd" &&
    b.start.starter.kind === "systemd" &&
    a.start.starter !== b.start.starter
  );
}

const folder = (uri: string): string => uri.slice(0, uri.lastIndexOf("/"));

function bothVassals(a: Instance, b: Instance): boolean {
  if (a.start.emperor) return a.start.emperor === b.start.emperor && folder(a.uri) === folder(b.uri);
  const shared =
    (a.start.likelyVassal === true && b.start.likelyVassal === true) ||
    (a.start.debian === true && b.start.debian === true && /-enabled\//.test(a.uri));
  return shared && folder(a.uri) === folder(b.uri);
}

/** Where so many share an address and none runs beside the others, these are samples. */
const MOST_NEIGHBOURS = 100;
const ADDRESSES = {};

/** Addresses nginx looks for in vain, by kind, and ports in use. */
function addressesOf({ links, instances }: Stack) {
  const wanted = new Map<string, Set<string>>();
  for (const { reached, connection } of links) {
    const { address } = connection;
    if (reached.length === 0) wanted.set(address.kind, (wanted.get(address.kind) ?? new Set()).add(show(address)));
  }
  const endpoints = instances.flatMap((instance) => instance.endpoints);
  return { wanted, taken: new Set(endpoints.flatMap(({ address }) => (address.kind === "tcp" ? [address.port] : []))) };
}

/** The address that nginx looks for in vain, else one named after the file, else the next free port. */
function ownAddress(stack: Stack, endpoint: Endpoint): Fix | undefined {
  const { address, setting, option, instance } = endpoint;
  const { wanted: all, taken } = stack.workspace.derive(ADDRESSES, () => addressesOf(stack));
  const wanted = all.get(address.kind) ?? new Set<string>();
  const path = address.kind === "unix" ? `${folder(address.path)}/${shortName(instance.uri).replace(/\..*$/, "")}.sock` : undefined;
  let port = address.kind === "tcp" ? address.port : 0;
  while (taken.has(port)) port++;
  const [first] = wanted;
  const own = wanted.size === 1 ? first : (path ?? (address.kind === "tcp" ? show({ ...address, port }) : undefined));
  if (own === undefined || own === show(address) || (own.startsWith("/") && mayBind(stack, endpoint, own) === "no")) return undefined;
  return suggest(t`Bind ${own} here`, setOption(stack.workspace, setting, setting, option, own));
}

/** Of two lines for one address the one goes whose protocol nginx does not speak there. */
function oneOfBoth(document: Document, stack: Stack, first: Endpoint, later: Endpoint): Fix | undefined {
  const asked = stack.linksTo(later).map(({ connection }) => connection.pass.protocol);
  const spare = asked.length > 0 && asked.every((protocol) => FITS[protocol].includes(later.protocol)) ? first : later;
  const at = spare.setting.origin;
  return at?.uri === document.uri
    ? suggest(t`Remove ${spare.option} = ${spare.setting.value}`, removeOption(document, at.span))
    : undefined;
}
