import { describe, expect, test } from "vitest";
import { systemdInlineComment } from "../../server/src/rules/stack/systemd-inline-comment";
import { systemdLineContinuation } from "../../server/src/rules/stack/systemd-line-continuation";
import { Stack } from "../../server/src/stack/stack";
import { applyEdits } from "../../server/src/text/span";
import { Workspace } from "../../server/src/workspace/workspace";

/** What is left to find after each first fix was applied, and the text then. */
function fixed(
  rule: typeof systemdInlineComment,
  text: string,
): { readonly levels: readonly (string | undefined)[]; readonly text: string } {
  const workspace = new Workspace(["file:///p"]);
  const document = workspace.set("file:///p/app.service", text);
  const findings = [...rule.check(document, { workspace, stack: new Stack(workspace) })];
  const edits = findings.flatMap(({ fixes }) => fixes?.[0]?.edits.flatMap((edit) => edit.edits) ?? []);
  return { levels: findings.map(({ severity }) => severity ?? rule.severity), text: applyEdits(text, edits) };
}

describe("comments behind values", () => {
  test.each([
    ["[Service]\nUser=app # who\nGroup=x\n", ["error"], "[Service]\n# who\nUser=app\nGroup=x\n"],
    ["[Service]\r\nKillSignal=INT ; why\r\n", ["warning"], "[Service]\r\n; why\r\nKillSignal=INT\r\n"],
    [
      "[Service]\nExecStart=/a \\\n  # x\n  --b # why \\\n  --c\n",
      ["error"],
      "[Service]\n# why\nExecStart=/a \\\n  # x\n  --b \\\n  --c\n",
    ],
  ])("%j", (before, levels, after) => {
    expect(fixed(systemdInlineComment, before)).toEqual({ levels, text: after });
    expect(fixed(systemdInlineComment, after).levels).toEqual([]);
  });
});

describe("backslashes", () => {
  test.each([
    ["[Service]\nExecStart=/a\n  --b\n  --c\nUser=x\n", ["error", "error"], "[Service]\nExecStart=/a \\\n  --b \\\n  --c\nUser=x\n"],
    ["[Service]\nExecStart=/a \\ \n  --b\n", ["error"], "[Service]\nExecStart=/a \\\n  --b\n"],
    ["[Service]\nExecStart=/a\n# c\n\n  --b\n", ["error"], "[Service]\nExecStart=/a \\\n# c\n  --b\n"],
    ["[Service]\nExecStart=/a\nmore\n", ["warning"], "[Service]\nExecStart=/a \\\nmore\n"],
    ["[Service]\nExecStart=/a \\\n  --b \\\nUser=x\n", ["error"], "[Service]\nExecStart=/a \\\n  --b\nUser=x\n"],
    ["[Service]\r\nExecStart=/a\r\n--b\r\n", ["error"], "[Service]\r\nExecStart=/a \\\r\n--b\r\n"],
  ])("%j", (before, levels, after) => {
    expect(fixed(systemdLineContinuation, before)).toEqual({ levels, text: after });
    expect(fixed(systemdLineContinuation, after).levels).toEqual([]);
  });
});
