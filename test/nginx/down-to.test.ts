/** Completion reads a file no further than to the cursor: there it is told the same as by the whole. */
import { expect, it } from "vitest";
import { exampleWorkspace } from "../../server/src/ide/rule-page";
import type { Document } from "../../server/src/model/document";
import type { Block, Reading } from "../../server/src/model/nginx/reading";
import { RULES } from "../../server/src/rules/index";
import { around, type Directive } from "../../server/src/syntax/tree";
import { readingDownTo, readingsWith } from "../../server/src/workspace/nginx";
import { Workspace } from "../../server/src/workspace/workspace";

const blockOf = (reading: Reading | undefined, directive: Directive): Block | undefined =>
  reading?.statements.find((one) => one.directive === directive)?.inner;

const told = (block: Block | undefined) => block && [block.context, block.statements.map((one) => one.directive.name.text)];

/** Each block of a file, with the blocks around it, innermost first. */
const waysIn = (document: Document): readonly (readonly Directive[])[] =>
  document.all.flatMap((nested) =>
    nested.directive.body ? [[nested.directive, ...Array.from(around(nested), ({ directive }) => directive)]] : [],
  );

it("says of each block in the examples what the whole reading says", () => {
  let compared = 0;
  for (const rule of RULES)
    for (const example of rule.examples) {
      const workspace = exampleWorkspace(example);
      for (const document of workspace.of("nginx")) {
        const part = waysIn(document).map((way) => readingDownTo(workspace, document, way));
        const [whole] = readingsWith(workspace, document);
        for (const [index, [directive]] of waysIn(document).entries()) {
          if (!directive || !part[index]) continue;
          expect(told(blockOf(part[index], directive))).toEqual(told(blockOf(whole, directive)));
          compared++;
        }
      }
    }
  expect(compared).toBeGreaterThan(100);
});

it("enters no block but those around the place", () => {
  const servers = Array.from({ length: 1_000 }, (_, index) => `server { listen 80; server_name s${index}; location / { return 204; } }`);
  const workspace = new Workspace();
  const document = workspace.set("file:///nginx.conf", `events {}\nhttp {\n${servers.join("\n")}\n}\n`);
  const way = waysIn(document).at(-1) ?? [];
  expect(way.map(({ name }) => name.text)).toEqual(["location", "server", "http"]);
  const reading = readingDownTo(workspace, document, way);
  expect(reading?.statements.length).toBe(2 + 1_000 + 3 + 1);
});
