import { isRoot } from "../../stack/access";
import { isTyrant, startIdentity } from "../../stack/access-setup";
import type { Instance } from "../../stack/instance";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { pathFacts, targetOf } from "../../workspace/known";
import { fixes, inFile, removeLine, suggest } from "../edits";
import { type Fix, rule } from "../rule";

export const tyrantRootFile = rule({
  id: "tyrant-root-file",
  title: "A tyrant refuses vassals whose file belongs to root",
  why: "With `emperor-tyrant` a vassal runs as the owner and group of its file. If either is root the emperor says `[emperor-tyrant] invalid permissions for vassal …` every three seconds and starts nothing. An emperor that is not root cannot be a tyrant at all: `setgroups(): Operation not permitted`.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Emperor.html#tyrant-mode-secure-multi-user-hosting",
  examples: [
    {
      files: {
        "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\nemperor-tyrant = true\n",
        "etc/uwsgi/vassals/a.ini": "[uwsgi]\nsocket = /run/uwsgi/a.sock\n",
      },
      facts: { system: { paths: [{ path: "/etc/uwsgi/vassals/a.ini", type: "file", owner: "root", group: "root", mode: "0644" }] } },
      finds: ["etc/uwsgi/vassals/a.ini:1"],
    },
    {
      title: "An emperor that is not root",
      files: {
        "a/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/a\nuid = uwsgi\nemperor-tyrant = true\n",
        "b/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/b\nuid = uwsgi\nemperor-tyrant = true\ncap = setgid,setuid\n",
      },
      finds: ["a/emperor.ini:4"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      // With `cap = setgid,setuid` it keeps what it needs.
      if (instance.flag("emperor-tyrant") === true && instance.isEmperor && !instance.last("cap")) {
        const { who, sure } = startIdentity(stack, instance);
        const at = instance.last("emperor-tyrant")?.origin;
        const uid = instance.text("uid");
        const drops = uid !== undefined && uid !== "root";
        if (at?.uri === document.uri && ((sure && isRoot(who) === "no") || drops))
          yield {
            span: at.span,
            message: t`A tyrant must be root to become the owners of the vassals: as ${drops ? uid : who.user} it says setgroups(): Operation not permitted and starts none.`,
            fixes: noTyrant(stack, instance),
          };
      }
      if (!isTyrant(instance)) continue;
      const path = workspace.paths.deployed(document.uri);
      const facts = path === undefined ? undefined : pathFacts(targetOf(workspace, document.uri), path);
      if (facts?.owner !== "root" && facts?.group !== "root") continue;
      const first = document.all[0]?.directive.name.span ?? { start: 0, end: 0 };
      const tyrant = instance.start.emperor?.last("emperor-tyrant")?.origin;
      yield {
        span: first,
        message: t`This file is ${facts.owner ?? "?"}:${facts.group ?? "?"}, and a tyrant refuses vassals of root: [emperor-tyrant] invalid permissions. Give it to the user of the application: chown USER:GROUP ${path}.`,
        related: tyrant ? [{ ...tyrant, message: t`the tyrant` }] : [],
        fixes: instance.start.emperor ? noTyrant(stack, instance.start.emperor) : [],
      };
    }
  },
});

/** Owners cannot be changed by an edit; doing without a tyrant can. */
function noTyrant(stack: Stack, emperor: Instance): readonly Fix[] {
  const origin = emperor.last("emperor-tyrant")?.origin;
  const document = origin && stack.workspace.get(origin.uri);
  return fixes(
    document &&
      document.language === "uwsgi" &&
      suggest(
        t`Do without the tyrant: remove emperor-tyrant, and let uid and gid of the vassals count`,
        inFile(document.uri, removeLine(document, origin.span)),
      ),
  );
}
