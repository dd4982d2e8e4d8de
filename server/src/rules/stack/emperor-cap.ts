import { t } from "../../text/l10n";
import { pathFacts, targetOf } from "../../workspace/known";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

export const emperorCap = rule({
  id: "emperor-cap",
  title: "A vassal that is root without root's rights",
  why: "`emperor-cap` leaves the vassals nothing but the capabilities it names. Without `dac_override` root may write in its own folders only: a socket in a folder of another user fails with `bind(): Permission denied`.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Emperor.html",
  examples: [
    {
      files: {
        "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\nemperor-cap = setuid,setgid\n",
        "etc/uwsgi/vassals/app.ini": "[uwsgi]\nsocket = /run/uwsgi/app.sock\n",
        "etc/uwsgi/vassals/own.ini": "[uwsgi]\nuid = www-data\nsocket = /run/uwsgi/own.sock\n",
      },
      facts: { system: { paths: [{ path: "/run/uwsgi", type: "dir", owner: "www-data", group: "www-data", mode: "0755" }] } },
      finds: ["etc/uwsgi/vassals/app.ini:2"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      const cap = instance.start.emperor?.last("emperor-cap");
      if (!cap || cap.holes.length > 0 || !cap.certain || !instance.start.certain || /\bdac_override\b/.test(cap.value)) continue;
      // Any other user than root has no use for the capability.
      if (instance.all("uid").length > 0 || instance.start.emperor?.flag("emperor-tyrant") === true) continue;
      for (const endpoint of instance.endpoints) {
        const at = endpoint.setting.origin;
        if (at?.uri !== document.uri || endpoint.address.kind !== "unix" || endpoint.address.relative) continue;
        const folder = endpoint.address.path.slice(0, endpoint.address.path.lastIndexOf("/")) || "/";
        const facts = pathFacts(targetOf(workspace, document.uri), folder);
        if (facts?.owner === undefined || facts.owner === "root" || facts.group === "root" || !/[0145]$/.test(facts.mode ?? "")) continue;
        const wider = `${cap.value},dac_override`;
        yield {
          span: at.span,
          message: t`emperor-cap takes the right to write in folders of others from this vassal, and ${folder} belongs to ${facts.owner}: bind(): Permission denied.`,
          related: cap.origin ? [{ ...cap.origin, message: t`dac_override is not among them` }] : [],
          fixes: fixes(suggest(t`Write emperor-cap = ${wider}`, setOption(workspace, cap, cap, "emperor-cap", wider))),
        };
      }
    }
  },
});
