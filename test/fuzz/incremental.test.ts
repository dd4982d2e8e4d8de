// After any edits the workspace that lived through them finds what a new one of the same texts finds.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diagnose } from "../../server/src/ide/diagnose";
import { RULES } from "../../server/src/rules/index";
import { stackOf } from "../../server/src/stack/stack";
import { Workspace } from "../../server/src/workspace/workspace";
import { RUNS } from "./runs";

const ROOT = "file:///w";
const rethrow = (_: unknown, error: unknown): void => {
  throw error;
};

function findings(workspace: Workspace): readonly string[] {
  const stack = stackOf(workspace);
  const found = [...workspace.documents].flatMap((document) => diagnose(document, { workspace, stack }, { onError: rethrow }));
  const links = stack.links.map(({ connection, reached, near, settled }) =>
    [
      connection.document.uri,
      connection.span.start,
      reached.map((one) => `${one.endpoint.instance.uri} ${one.endpoint.option}`),
      near?.endpoint.instance.uri,
      settled,
    ].join(" "),
  );
  const instances = stack.instances.map(({ uri, start, inputs }) => [uri, start.section, start.emperor?.uri, ...inputs.keys()].join(" "));
  return [...found.map(({ uri, span, code, message }) => `${uri} ${span.start} ${code} ${message}`), ...links, ...instances].sort();
}

/** Files of all examples: what one shows, another breaks. */
const texts = RULES.flatMap((rule) => rule.examples.flatMap((example) => Object.entries(example.files)));
const file = fc.constantFrom(...texts);
const edit = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("replace" as const), at: fc.nat(), with: file }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("cut" as const), at: fc.nat(), from: fc.nat(), length: fc.nat(30) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("copy" as const), at: fc.nat(), from: fc.nat(), line: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete" as const), at: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("add" as const), file }) },
);
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

function change(workspace: Workspace, edit: Edit): void {
  if (edit.kind === "add") {
    workspace.set(`${ROOT}/${edit.file[0]}`, edit.file[1]);
    return;
  }
  const documents = [...workspace.documents];
  const document = documents[edit.at % documents.length];
  if (!document) return;
  const { uri, text } = document;
  if (edit.kind === "delete") workspace.delete(uri);
  else if (edit.kind === "replace") workspace.set(uri, edit.with[1]);
  else if (edit.kind === "cut") {
    const from = edit.from % (text.length + 1);
    workspace.set(uri, text.slice(0, from) + text.slice(from + edit.length));
  } else {
    const lines = (documents[edit.from % documents.length]?.text ?? "").split("\n");
    workspace.set(uri, `${text}\n${lines[edit.line % lines.length]}\n`);
  }
}

describe("an edited workspace", () => {
  test("finds what a new one finds", () => {
    fc.assert(
      fc.property(fc.array(file, { minLength: 2, maxLength: 12 }), fc.array(edit, { minLength: 1, maxLength: 8 }), (files, edits) => {
        const workspace = new Workspace([ROOT]);
        for (const [path, text] of files) workspace.set(`${ROOT}/${path}`, text);
        findings(workspace);
        for (const one of edits) {
          change(workspace, one);
          const fresh = new Workspace([ROOT]);
          for (const { uri, text, language } of workspace.documents) fresh.set(uri, text, { language });
          expect(findings(workspace)).toEqual(findings(fresh));
        }
      }),
      RUNS(50),
    );
  }, 600_000);
});
