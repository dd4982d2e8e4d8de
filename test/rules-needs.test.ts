/** A rule that names what it needs is not asked about files that have none of it: it would find nothing there. */
import { expect, it } from "vitest";
import { directivesNamed } from "../server/src/facts/nginx";
import { optionOf } from "../server/src/facts/uwsgi";
import { exampleWorkspace } from "../server/src/ide/rule-page";
import { RULES } from "../server/src/rules/index";
import { isNeeded, namesAbout } from "../server/src/rules/needs";
import { canonical } from "../server/src/stack/instance";
import { stackOf } from "../server/src/stack/stack";
import type { Workspace } from "../server/src/workspace/workspace";

const choosy = RULES.filter((rule) => rule.needs);

/** What rules find in files where they are not asked. */
function* missed(workspace: Workspace): Iterable<string> {
  const context = { workspace, stack: stackOf(workspace) };
  for (const document of workspace.documents) {
    const names = namesAbout(document, context);
    for (const rule of choosy)
      if (rule.languages.includes(document.language) && !isNeeded(rule, names))
        for (const { message } of rule.check(document, context)) yield `${rule.id} in ${document.uri}: ${message}`;
  }
}

it("names are those of directives, and of options that others are another name for", () => {
  for (const rule of choosy)
    for (const name of rule.needs ?? [])
      expect([name, directivesNamed(name).length > 0 || (optionOf(name) !== undefined && canonical(name) === name)]).toEqual([name, true]);
});

it("nothing is missed in the examples of all rules", () => {
  for (const rule of RULES) for (const example of rule.examples) expect([...missed(exampleWorkspace(example))]).toEqual([]);
});
