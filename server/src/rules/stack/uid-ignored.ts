import { isRoot } from "../../stack/access";
import { isTyrant, startIdentity } from "../../stack/access-setup";
import { t } from "../../text/l10n";
import { pathFacts, targetOf } from "../../workspace/known";
import { fixes, inFile, insertLine, removeLine, replace, suggest } from "../edits";
import { rule } from "../rule";

export const uidIgnored = rule({
  id: "uid-ignored",
  title: "uid and gid have no effect for a process that root does not start",
  why: "Only root may change its user. A uWSGI that a unit, an emperor or a tyrant starts as somebody else ignores `uid` and `gid` given as names without a word; given as numbers it exits (`cannot setgid() as non-root user`). Verified on uWSGI 2.0.21.",
  severity: "warning",
  languages: ["uwsgi"],
  examples: [
    {
      files: {
        "systemd/app.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /srv/app/app.ini\nUser=app\nKillSignal=SIGQUIT\n",
        "app.ini": "[uwsgi]\ngid = www-data\nsocket = 127.0.0.1:3031\n",
      },
      finds: ["app.ini:2"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      const tyrant = isTyrant(instance);
      const { who, sure } = startIdentity(stack, instance);
      if (!tyrant && (!sure || isRoot(who) !== "no")) continue;
      const path = workspace.paths.deployed(document.uri);
      const facts = path === undefined ? undefined : pathFacts(targetOf(workspace, document.uri), path);
      for (const key of ["uid", "gid"] as const) {
        const setting = instance.last(key);
        const at = setting?.origin;
        if (!setting || at?.uri !== document.uri || setting.holes.length > 0) continue;
        const own = tyrant ? (key === "uid" ? facts?.owner : facts?.group) : key === "uid" ? who.user : who.group;
        if (own === setting.value || (key === "gid" && own === undefined && !tyrant && who.user === setting.value)) continue;

        const starter = instance.start.starter;
        const unit = starter?.kind === "systemd" ? workspace.get(starter.uri) : undefined;
        const name = key === "uid" ? "User" : "Group";
        const said = key === "uid" ? starter?.user : starter?.group;
        yield {
          span: at.span,
          severity: !tyrant && key === "gid" && feedsSocket(instance) ? "error" : tyrant && own === undefined ? "info" : "warning",
          message: tyrant
            ? tyrantWords(key, setting.value, own)
            : t`${key} = ${setting.value} has no effect: without root this process runs as ${who.user ?? t`another user`}, as whom it is started. Say ${name}=${setting.value} where it is started.`,
          related:
            tyrant && instance.start.emperor
              ? placeOf(instance.start.emperor.last("emperor-tyrant")?.origin, t`the tyrant`)
              : starter?.user
                ? [{ ...starter.user.at, message: t`started as this user` }]
                : [],
          fixes: fixes(
            unit &&
              suggest(
                t`${name}=${setting.value} in ${starter?.name ?? ""}`,
                said
                  ? inFile(unit.uri, replace(said.at.span, setting.value))
                  : inFile(
                      unit.uri,
                      insertLine(unit, starter?.user?.at.span ?? starter?.at.span ?? { start: 0, end: 0 }, `${name}=${setting.value}`),
                    ),
                inFile(document.uri, removeLine(document, at.span)),
              ),
            suggest(t`Remove ${key}`, inFile(document.uri, removeLine(document, at.span))),
          ),
        };
      }
    }
  },
});

const tyrantWords = (key: string, value: string, owner: string | undefined): string =>
  owner
    ? t`${key} = ${value} has no effect: under a tyrant a vassal runs as the owner of this file (${owner}). Give the file to the user instead.`
    : t`${key} = ${value} has no effect: under a tyrant a vassal runs as the owner of this file. Give the file to the user instead.`;

/** A group that was meant to be the socket's. */
const feedsSocket = (instance: { all(key: string): readonly unknown[]; endpoints: readonly { address: { kind: string } }[] }): boolean =>
  instance.all("chown-socket").length === 0 &&
  instance.all("chmod-socket").length > 0 &&
  instance.endpoints.some((endpoint) => endpoint.address.kind === "unix");

const placeOf = (origin: { readonly uri: string; readonly span: { start: number; end: number } } | undefined, message: string) =>
  origin ? [{ ...origin, message }] : [];
