import { nearNames } from "../../facts/near";
import { t } from "../../text/l10n";
import { groupsIn, targetOf } from "../../workspace/known";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

/** Names that every Linux distribution has; everything else is known only from the facts. */
const EVERYWHERE = new Set(["root", "nobody", "daemon", "bin", "nogroup", "users"]);

export const unknownUser = rule({
  id: "unknown-user",
  title: "No such user or group on the target",
  why: 'uWSGI looks names up when it drops privileges and exits when there is none: `user x not found.`, `group x not found.`; for `chown-socket` it leaves a socket of root behind. `uid = 0` is looked up as a user named "0" and fails too: write root. `user.group` is one name, not two.',
  severity: "error",
  languages: ["uwsgi"],
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nsocket = :3031\nuid = shopp\n" },
      facts: { system: { users: { shop: { groups: ["shop"] } }, usersComplete: true } },
      finds: ["app.ini:3"],
    },
    { files: { "app.ini": "[uwsgi]\nsocket = /run/a/a.sock\nchown-socket = www-data.www-data\n" }, finds: ["app.ini:3"] },
  ],
  *check(document, { workspace, stack }) {
    const target = targetOf(workspace, document.uri);
    const known = target.users && target.usersComplete === true ? Object.keys(target.users) : undefined;
    const groups = known && groupsIn(target);
    for (const instance of stack.instancesOf(document.uri)) {
      for (const key of ["uid", "gid", "chown-socket", "add-gid"]) {
        for (const setting of instance.all(key)) {
          const at = setting.valueOrigin ?? setting.origin;
          const { value } = setting;
          if (at?.uri !== document.uri || setting.holes.length > 0 || value === "") continue;
          if ((key === "uid" || key === "gid") && value === "0") {
            yield {
              span: at.span,
              message:
                key === "uid"
                  ? t`uWSGI takes 0 here for a name and exits: user 0 not found. Write root.`
                  : t`uWSGI takes 0 here for a name and exits: group 0 not found. Write root.`,
              fixes: fixes(suggest(t`Write root`, setOption(workspace, setting, setting, setting.key, "root"))),
            };
            continue;
          }
          const dotted = /^([a-z_][\w-]*)(?:\.|\s+)([a-z_][\w-]*)$/.exec(value);
          if (key === "chown-socket" && dotted && !known?.includes(value)) {
            const right = `${dotted[1]}:${dotted[2]}`;
            yield {
              span: at.span,
              message: t`Owner and group are separated by ":": "${value}" is looked up as one user and uWSGI exits.`,
              fixes: fixes(suggest(t`Write ${right}`, setOption(workspace, setting, setting, setting.key, right))),
            };
            continue;
          }
          if (!known || !groups) continue;
          const [user, group] = key === "chown-socket" ? value.split(":") : key === "uid" ? [value, undefined] : [undefined, value];
          const wrong = [
            user !== undefined && !exists(user, known) ? { name: user, what: "user", names: known } : undefined,
            group !== undefined && !exists(group, groups) ? { name: group, what: "group", names: groups } : undefined,
          ].find((one) => one !== undefined);
          if (!wrong) continue;
          yield {
            span: at.span,
            message:
              wrong.what === "user"
                ? t`There is no user "${wrong.name}" on the target: uWSGI exits.`
                : t`There is no group "${wrong.name}" on the target: uWSGI exits.`,
            fixes: fixes(
              ...nearNames(wrong.name, wrong.names).map((name) =>
                suggest(
                  t`Write ${name}`,
                  setOption(
                    workspace,
                    setting,
                    setting,
                    setting.key,
                    wrong.what === "group" && key === "chown-socket" ? `${user}:${name}` : value.replace(wrong.name, name),
                  ),
                ),
              ),
            ),
          };
        }
      }
    }
  },
});

const exists = (name: string, names: readonly string[]): boolean =>
  name === "" || /^\d+$/.test(name) || names.includes(name) || EVERYWHERE.has(name);
