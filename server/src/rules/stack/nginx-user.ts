import { nearNames } from "../../facts/near";
import { t } from "../../text/l10n";
import { groupsIn, targetOf } from "../../workspace/known";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";

export const nginxUser = rule({
  id: "nginx-user",
  title: "nginx's user or group does not exist",
  why: 'nginx refuses to start: `getpwnam("…") failed`. Without a second word it takes a group named like the user: `user nobody;` fails on Debian, where the group is nogroup (`getgrnam("nobody") failed`).',
  severity: "error",
  languages: ["nginx"],
  needs: ["user"],
  link: "https://nginx.org/en/docs/ngx_core_module.html#user",
  examples: [
    {
      files: { "nginx.conf": "user ngnix;\nevents {}\nhttp {}\n" },
      facts: { system: { users: { nginx: { groups: ["nginx"] } }, usersComplete: true } },
      finds: ["nginx.conf:1"],
    },
  ],
  *check(document, { workspace }) {
    const target = targetOf(workspace, document.uri);
    const { users, usersComplete } = target;
    if (!users || usersComplete !== true) return;
    const groups = groupsIn(target);
    for (const { directive, parent } of document.named("user")) {
      const [user, group] = directive.args;
      if (parent || !user || /[${}<%]/.test(user.text)) continue;
      if (!Object.hasOwn(users, user.text)) {
        yield {
          span: user.span,
          message: t`There is no user "${user.text}" on the target: nginx refuses to start.`,
          fixes: fixes(
            ...nearNames(user.text, Object.keys(users)).map((name) =>
              suggest(t`Write ${name}`, inFile(document.uri, replace(user.span, name))),
            ),
          ),
        };
        continue;
      }
      const wanted = group?.text ?? user.text;
      if (groups.includes(wanted)) continue;
      const own = users[user.text]?.groups[0];
      const edit =
        own !== undefined && (group ? replace(group.span, own) : replace({ start: user.span.end, end: user.span.end }, ` ${own}`));
      yield {
        span: (group ?? user).span,
        message: t`There is no group "${wanted}" on the target: nginx refuses to start.`,
        fixes: fixes(edit && suggest(t`Write user ${user.text} ${own ?? ""}`, inFile(document.uri, edit))),
      };
    }
  },
});
