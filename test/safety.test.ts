// What SECURITY.md promises beside what the bundles can do (test/bundle.test.ts) and what hostile files lead to (test/hostile.test.ts).
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { CancellationToken } from "vscode-languageserver";
import { hover } from "../server/src/ide/hover";
import { loadTexts } from "../server/src/ide/texts";
import { fence } from "../server/src/lsp/fence";
import { uriOf, workspaceOf } from "./support/fixture";
import { overStdio } from "./support/lsp";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const manifest = JSON.parse(read("package.json"));

describe("texts of a workspace are data", () => {
  /** Markup in every way a value could carry it, without a blank so that it stays one word; it also tries to end code that it stands in. */
  const EVIL = "<img/src=x>[evil](command:evil)``<b>`evil```";
  const FILES = {
    "etc/uwsgi/vassals/app.ini": `[uwsgi]\nset-placeholder = me=${EVIL}\nsocket = /run/${EVIL}.sock\nchdir = %(me)\n${EVIL} = ${EVIL}\nmodule = ${EVIL}\nenv = A=${EVIL}\nuid = ${EVIL}\nprocesses = ${EVIL}\nini = ${EVIL}\nroute = ^/${EVIL} log:${EVIL}\n`,
    "etc/nginx/sites-enabled/app": `upstream ${EVIL} {\n  server unix:/run/${EVIL}.sock;\n}\nserver {\n  server_name ${EVIL};\n  root /srv/${EVIL};\n  set $x ${EVIL};\n  location /${EVIL} {\n    include uwsgi_params;\n    uwsgi_pass ${EVIL};\n    uwsgi_param A ${EVIL}$x;\n    ${EVIL} ${EVIL};\n  }\n}\n`,
  };
  /** Markdown without its code, which shows everything as it is: fences first, then runs of backticks that close each other. */
  const withoutCode = (markdown: string): string => {
    const lines: string[] = [];
    let fence: string | undefined;
    for (const line of markdown.split("\n")) {
      const ticks = /^ {0,3}(`{3,})[^`]*$/.exec(line)?.[1];
      if (fence === undefined && ticks) fence = ticks;
      else if (fence !== undefined && new RegExp(`^ {0,3}\`{${fence.length},}\\s*$`).test(line)) fence = undefined;
      else if (fence === undefined) lines.push(line);
    }
    return lines.join("\n").replace(/(?<!`)(`+)(?!`)([\s\S]*?)(?<!`)\1(?!`)/g, "");
  };

  it("a hover shows them as code, wherever the cursor is", async () => {
    const workspace = workspaceOf({ files: new Map(Object.entries(FILES)) });
    const texts = await loadTexts();
    const seen = new Set<string>();
    for (const path of Object.keys(FILES)) {
      const document = workspace.get(uriOf(path))!;
      for (let offset = 0; offset <= document.text.length; offset++) {
        const shown = hover({ workspace, document, offset }, texts);
        if (shown) seen.add(shown.markdown);
      }
    }
    expect([...seen].some((markdown) => markdown.includes("evil"))).toBe(true);
    for (const markdown of seen) expect(withoutCode(markdown)).not.toMatch(/<(?:img|b)\b|command:|\]\((?!https:\/\/)/);
  });

  it("the editor is told to trust no Markdown of the server, and no tooltip of the extension is trusted", () => {
    expect(read("client/src/start.ts")).toContain("markdown: { isTrusted: false, supportHtml: false }");
    for (const file of ["node.ts", "browser.ts", "topology-tree.ts", "effective.ts", "status.ts"])
      expect(read(`client/src/${file}`)).not.toMatch(/isTrusted\s*[=:]\s*(?!false)|supportHtml\s*[=:]\s*(?!false)/);
  });
});

describe("the drawing's page", () => {
  const source = read("client/src/topology-panel.ts");

  it("loads nothing but one script and one style that carry its nonce", () => {
    const [, policy] = /Content-Security-Policy" content="([^"]+)"/.exec(source) ?? [];
    expect(policy).toBe("default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'");
    expect(source).toContain("crypto.getRandomValues(new Uint8Array(16))");
    expect(source).toMatch(/localResourceRoots: \[dist\]/);
    expect(source).not.toContain("enableCommandUris");
  });

  it("is the only one, and puts no text in as markup", () => {
    const client = ["client/src/topology.ts", "client/src/effective.ts", "client/view/topology.ts"].map(read).join("");
    expect(client).not.toMatch(/createWebviewPanel|innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
  });
});

describe("Restricted Mode", () => {
  const { untrustedWorkspaces } = manifest.capabilities;

  it("takes no setting of a workspace that names places on a disk", () => {
    expect(untrustedWorkspaces.supported).toBe(true);
    expect([...untrustedWorkspaces.restrictedConfigurations].sort()).toEqual([
      "uwsgiNginx.folders",
      "uwsgiNginx.target.deployedAs",
      "uwsgiNginx.target.localFolders",
      "uwsgiNginx.target.pathMapping",
    ]);
  });

  it("has no setting for a program, and no other for a place", () => {
    const names = manifest.contributes.configuration.flatMap((group: { properties: object }) => Object.keys(group.properties));
    expect(names.filter((name: string) => /command|executable|program|binary|runtime|serverPath|node/i.test(name))).toEqual([]);
    // What the target machine has (`target.paths`) is compared, never opened.
    const places = names.filter((name: string) => /folder|path|deployed|file|root/i.test(name) && name !== "uwsgiNginx.target.paths");
    expect(places.filter((name: string) => !untrustedWorkspaces.restrictedConfigurations.includes(name))).toEqual([]);
  });
});

describe("a log", () => {
  const SECRET = "hunter2";

  it("tells what failed and where, not what the file says", async () => {
    const logged: string[] = [];
    const { answer, take } = fence({ error: (message) => void logged.push(message) });
    const fails = (): null => JSON.parse(`{ "password": ${SECRET} }`);
    expect(await answer("textDocument/hover", null, fails)({}, CancellationToken.None)).toBeNull();
    await take("textDocument/didChange", () => {
      throw new RegExp(`(${SECRET}`);
    })({});
    expect(logged[0]).toMatch(/^textDocument\/hover: SyntaxError\n\s+at /);
    expect(logged).toHaveLength(2);
    expect(logged.join()).not.toContain(SECRET);
  });

  it("of the server holds nothing of the files, whatever is asked", async () => {
    const folder = mkdtempSync(join(tmpdir(), "uwsgi-nginx-log-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const text = `[uwsgi]\nenv = DB_PASSWORD=${SECRET}\n${SECRET}-typo = ${SECRET}\nsocket = %(${SECRET}\nif-env = ${SECRET}\n`;
    writeFileSync(join(folder, "app.ini"), text);
    writeFileSync(join(folder, "app.json"), `{ "uwsgi": { "env": "A=${SECRET}", `);
    const client = await overStdio([process.execPath, join(root, "dist/server.js"), "--stdio"], { folders: [pathToFileURL(folder).href] });
    let printed = "";
    client.process.stderr?.on("data", (data) => {
      printed += data;
    });
    for (const [file, content] of [
      ["app.ini", text],
      ["app.json", `{ "uwsgi": { "env": "A=${SECRET}", `],
    ] as const) {
      const uri = pathToFileURL(join(folder, file)).href;
      const published = client.diagnostics(uri);
      await client.open(uri, content);
      await published;
      for (const method of ["hover", "completion", "definition", "documentSymbol", "codeAction", "rename", "formatting"]) {
        const request = (params: object) => client.request(`textDocument/${method}`, params).catch(() => undefined);
        await request({ textDocument: { uri }, position: { line: 2, character: 3 }, newName: SECRET, options: {} });
        await request({ textDocument: { uri: SECRET }, position: SECRET });
        await request({ textDocument: SECRET });
      }
    }
    await client.stop();
    expect(client.logged.length).toBeGreaterThan(0);
    expect(`${client.logged.join("\n")}\n${printed}`).not.toContain(SECRET);
  });

  it("of the command line names files, not what is in them", () => {
    const folder = mkdtempSync(join(tmpdir(), "uwsgi-nginx-log-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "app.ini"), `[uwsgi]\nenv = DB_PASSWORD=${SECRET}\n`);
    writeFileSync(join(folder, "facts.json"), `{ "password": ${SECRET}`);
    const args = [join(root, "dist/cli.js"), "check", "--facts", join(folder, "facts.json"), folder];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(status).toBe(2);
    expect(stderr).toContain("facts.json");
    expect(stderr).not.toContain(SECRET);
  });
});
