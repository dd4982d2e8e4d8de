import { expect, test } from "vitest";
import { Convert } from "../../server/src/lsp/convert";
import { DEFAULTS, settingsFrom } from "../../server/src/lsp/settings";
import { Workspace } from "../../server/src/workspace/workspace";

test("what makes no sense is left out", () => {
  for (const odd of [undefined, null, 7, "x", [], { rules: 1, target: [], folders: "x" }]) expect(settingsFrom(odd)).toEqual(DEFAULTS);
  expect({ ...settingsFrom({ rules: { a: "error", b: "loud", c: "off", __proto__: "error" } }).levels }).toEqual({ a: "error", c: "off" });
});

test("facts of the target machine", () => {
  const { target } = settingsFrom({
    target: {
      uwsgiVersion: "2.0.21",
      nginxVersion: "latest",
      nginxUser: "",
      users: { "www-data": { groups: ["www-data"] } },
      usersComplete: true,
      missing: ["/run/x"],
      pathMapping: { "/etc/nginx": "nginx" },
    },
  });
  expect(target).toMatchObject({
    uwsgiVersion: "2.0.21",
    usersComplete: true,
    missing: ["/run/x"],
    pathMapping: { "/etc/nginx": "nginx" },
  });
  expect(target.nginxVersion).toBeUndefined();
  expect(target.nginxUser).toBeUndefined();
});

test("switches, folders, and how much is looked at", () => {
  expect(DEFAULTS).toMatchObject({ wholeWorkspace: false, codeLens: true, inlayHints: true, semanticTokens: true });
  expect(
    settingsFrom({ diagnose: "workspace", codeLens: false, inlayHints: { enabled: false }, folders: ["/etc/nginx", 7, ""] }),
  ).toMatchObject({
    wholeWorkspace: true,
    codeLens: false,
    inlayHints: false,
    folders: ["/etc/nginx"],
  });
});

test("a fix may create a file, where the client can", () => {
  const workspace = new Workspace(["file:///w"]);
  workspace.set("file:///w/a.ini", "[uwsgi]\n", { version: 3 });
  workspace.know("file:///w/binary.dat");
  const convert = new Convert(workspace, (uri) => uri);
  const insert = (uri: string) => ({ uri, edits: [{ span: { start: 0, end: 0 }, text: "x\n" }] });
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const files = [insert("file:///w/a.ini"), insert("file:///w/new.conf")];
  const able = { documentChanges: true, operations: ["create", "rename", "delete"], previews: true };
  expect(convert.workspaceEdit({ edits: files }, able)).toEqual({
    documentChanges: [
      { textDocument: { uri: "file:///w/a.ini", version: 3 }, edits: [{ range, newText: "x\n" }] },
      { kind: "create", uri: "file:///w/new.conf", options: { ignoreIfExists: true } },
      { textDocument: { uri: "file:///w/new.conf", version: null }, edits: [{ range, newText: "x\n" }] },
    ],
  });
  expect(convert.workspaceEdit({ edits: files }, { ...able, operations: [] })).toBeUndefined();
  expect(convert.workspaceEdit({ edits: [insert("file:///w/binary.dat")] }, able)).toBeUndefined();
  // A file is moved before it is changed, under its new name; a preview is asked for where the client has one.
  const change = {
    edits: [insert("file:///w/a.ini")],
    moves: [{ from: "file:///w/a.ini", to: "file:///w/b/a.ini" }],
    deletes: ["file:///w/c"],
  };
  const note = { annotationId: "change" };
  expect(convert.workspaceEdit(change, able, "Move it")).toEqual({
    changeAnnotations: {
      change: { label: "Move it", needsConfirmation: false },
      removal: { label: expect.stringContaining("Move it"), needsConfirmation: true },
    },
    documentChanges: [
      { kind: "rename", oldUri: "file:///w/a.ini", newUri: "file:///w/b/a.ini", ...note },
      { textDocument: { uri: "file:///w/b/a.ini", version: null }, edits: [{ range, newText: "x\n", ...note }] },
      { kind: "delete", uri: "file:///w/c", annotationId: "removal" },
    ],
  });
  expect(JSON.stringify(convert.workspaceEdit(change, { ...able, previews: false }, "Move it"))).not.toContain("nnotation");
  expect(convert.workspaceEdit(change, { ...able, operations: ["create", "rename"] })).toBeUndefined();
});
