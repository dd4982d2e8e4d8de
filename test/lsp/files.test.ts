// Which files the server reads: those below the folders of the workspace, by its own hand or the editor's.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeFiles } from "../../server/src/host/node/lsp-files";
import { clientFiles } from "../../server/src/lsp/client-files";

const base = mkdtempSync(join(tmpdir(), "files-"));
const root = join(base, "work");
const uri = (...path: string[]): string => pathToFileURL(join(base, ...path)).href;

beforeAll(() => {
  for (const folder of ["work/etc", "work/.git", "work/node_modules/x", "outside"]) mkdirSync(join(base, folder), { recursive: true });
  for (const file of ["work/app.ini", "work/etc/ü b.ini", "work/.git/config.ini", "work/node_modules/x/a.ini", "outside/secret.ini"])
    writeFileSync(join(base, file), file);
  symlinkSync(join(base, "outside/secret.ini"), join(root, "link.ini"));
  symlinkSync(join(root, "app.ini"), join(root, "etc/alias.ini"));
  symlinkSync(join(base, "outside"), join(root, "folder"));
});
afterAll(() => rmSync(base, { recursive: true }));

describe("on the disk", () => {
  const files = nodeFiles([uri("work")], undefined);

  test("below the folders only, whatever a link says", async () => {
    expect(await files.read(uri("work", "app.ini"))).toBe("work/app.ini");
    expect(await files.read(uri("work", "etc", "alias.ini"))).toBe("work/app.ini");
    expect(await files.read(uri("work", "etc", "ü b.ini"))).toBe("work/etc/ü b.ini");
    expect(await files.read(uri("work", "link.ini"))).toBeUndefined();
    expect(await files.read(uri("outside", "secret.ini"))).toBeUndefined();
    expect(await files.read(`${uri("work")}/../outside/secret.ini`)).toBeUndefined();
    expect(await files.list(uri("outside"))).toBeUndefined();
  });

  test("folders and odd names are no files", async () => {
    expect(await files.read(uri("work"))).toBeUndefined();
    expect(await files.read("file:///%00")).toBeUndefined();
    expect(await files.read("file://host/share")).toBeUndefined();
    expect(await files.read("memfs:/x.ini")).toBeUndefined();
  });

  test("hidden and dependency folders are left alone", async () => {
    const found: string[] = [];
    for await (const portion of files.find(uri("work"))) found.push(...portion);
    expect(found.map((one) => decodeURIComponent(one).slice(uri("work").length + 1)).sort()).toEqual([
      "app.ini",
      "etc/alias.ini",
      "etc/ü b.ini",
      "link.ini",
    ]);
    expect(await files.list(uri("work", "etc"))).toHaveLength(2);
  });
});

describe("by the editor", () => {
  test("what it answers is checked", async () => {
    const answers: Record<string, unknown> = {
      "uwsgiNginx/read": "text",
      "uwsgiNginx/list": [{ name: "a", folder: false }, { nothing: 1 }],
      "uwsgiNginx/find": [
        "vscode-vfs://github/a/b/app.ini",
        "vscode-vfs://github/a/b/.git/x",
        "vscode-vfs://github/a/b/node_modules/x/y.ini",
        7,
      ],
    };
    const files = clientFiles(async (method) => answers[method]);
    expect(await files.read("vscode-vfs://github/a/b/app.ini")).toBe("text");
    expect(await files.list("vscode-vfs://github/a/b")).toEqual([{ name: "a", folder: false }]);
    const found: string[] = [];
    for await (const portion of files.find("vscode-vfs://github/a/b")) found.push(...portion);
    expect(found).toEqual(["vscode-vfs://github/a/b/app.ini"]);
    const none = clientFiles(async () => null);
    expect(await none.read("x")).toBeUndefined();
    expect(await none.list("x")).toBeUndefined();
  });

  test("schemes other than file: are asked for", async () => {
    const asked: string[] = [];
    const files = nodeFiles(["memfs:/w"], async (method) => {
      asked.push(method);
      return "text";
    });
    expect(await files.read("memfs:/w/app.ini")).toBe("text");
    expect(asked).toEqual(["uwsgiNginx/read"]);
  });
});
