import { keysOf, show } from "../../stack/address";
import type { Endpoint } from "../../stack/endpoint";
import type { Instance } from "../../stack/instance";
import { rule } from "../rule";
import { atEndpoint, shortName } from "../words";

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
      for (const endpoint of instance.endpoints) {
        const at = endpoint.setting.origin;
        if (at?.uri !== document.uri || keysOf(endpoint.address).length === 0) continue;
        const other = stack.instances.flatMap((one) => (one === instance ? [] : one.endpoints)).find((one) => sameAddress(endpoint, one) && runTogether(instance, one.instance));
        if (other)
          yield {
            span: at.span,
            severity: bothVassals(instance, other.instance) ? "error" : "warning",
            message: `${shortName(other.instance.uri)} binds ${show(endpoint.address)} too: ${endpoint.address.kind === "unix" ? "the one that starts last takes the socket away, and one application answers for both" : "the second one does not start"}. Give each its own address.`,
            related: atEndpoint(other, "bound here as well"),
          };
        const first = instance.endpoints.find((one) => one !== endpoint && one.setting.origin?.span.start !== at.span.start && sameAddress(endpoint, one) && instance.endpoints.indexOf(one) < instance.endpoints.indexOf(endpoint));
        if (first) yield { span: at.span, severity: "warning", message: `${show(endpoint.address)} is bound twice by this process: the later line is ignored.`, related: atEndpoint(first, "bound here first") };
      }
    }
  },
});

function sameAddress(a: Endpoint, b: Endpoint): boolean {
  const known = (endpoint: Endpoint): boolean => endpoint.setting.certain && !(endpoint.address.kind === "unix" && endpoint.address.relative);
  return known(a) && known(b) && a.protocol !== "stats" && b.protocol !== "stats" && keysOf(a.address).length > 0 && show(a.address) === show(b.address);
}

/** Whether two files run side by side: vassals of one emperor, files of one folder of Debian, or units that are started both. */
function runTogether(a: Instance, b: Instance): boolean {
  if (!b.start.certain || a.uri === b.uri) return false;
  if (bothVassals(a, b)) return true;
  return a.start.starter !== undefined && b.start.starter !== undefined && a.start.starter.kind === "systemd" && b.start.starter.kind === "systemd" && a.start.starter !== b.start.starter;
}

const folder = (uri: string): string => uri.slice(0, uri.lastIndexOf("/"));

function bothVassals(a: Instance, b: Instance): boolean {
  if (a.start.emperor) return a.start.emperor === b.start.emperor && folder(a.uri) === folder(b.uri);
  const shared = (a.start.likelyVassal === true && b.start.likelyVassal === true) || (a.start.debian === true && b.start.debian === true && /-enabled\//.test(a.uri));
  return shared && folder(a.uri) === folder(b.uri);
}
