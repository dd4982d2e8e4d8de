// `--facts-from-machine` and `target.localFolders`: real files with real owners, asked about by the command line and by the server.
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { overStdio, settle } from "../support/lsp";
import { cli, type Files, folderWith, found, run, write } from "./run";

const isRoot = process.platform === "linux" && process.getuid?.() === 0;

/** Not below /tmp: what is missing there may come at any moment. */
function machine(files: Files): string {
  const folder = mkdtempSync("/var/tmp/uwsgi-nginx-cli-");
  onTestFinished(() => rmSync(folder, { recursive: true }));
  write(folder, files);
  chmodSync(folder, 0o755);
  return folder;
}

describe.runIf(isRoot)("--facts-from-machine", () => {
  const LOOK = "--facts-from-machine";

  it("sees owners of vassals, and what is missing", () => {
    const cwd = machine({
      "a.ini": "[uwsgi]\nmaster = true\nsocket = :3031\n",
      "vassals/b.ini": "[uwsgi]\nmaster = true\nsocket = :3032\n",
    });
    write(cwd, {
      "emperor.ini": `[uwsgi]\nemperor = ${cwd}/vassals\nemperor-tyrant = true\n`,
      "c.ini": `[uwsgi]\nmaster = true\nsocket = :3033\nchdir = ${cwd}/gone\nlogto = ${cwd}/vassals/log\n`,
    });
    expect(found([LOOK, "--level", "warning"], { cwd })).toEqual(["c.ini:4 missing-path", "vassals/b.ini:1 tyrant-root-file"]);
    expect(found([], { cwd })).toEqual([]);
    chownSync(join(cwd, "vassals/b.ini"), 33, 33);
    expect(found([LOOK], { cwd })).toEqual(["c.ini:4 missing-path"]);
    mkdirSync(join(cwd, "gone"));
    expect(found([LOOK], { cwd })).toEqual([]);
    expect(run(["topology", LOOK], { cwd }).code).toBe(0);
  });

  it("sees who may reach a socket; what is said counts more", () => {
    const cwd = machine({});
    mkdirSync(join(cwd, "run"), { mode: 0o700 });
    const pass = `uwsgi_pass unix:${cwd}/run/s;`;
    write(cwd, {
      "app.ini": `[uwsgi]\nmaster = true\nuid = www-data\ngid = www-data\nchown-socket = www-data\nchmod-socket = 666\nsocket = ${cwd}/run/s\n`,
      "nginx.conf": `user www-data;\nevents {}\nhttp {\n  server {\n    listen 80;\n    location / {\n      include uwsgi_params;\n      ${pass}\n    }\n  }\n}\n`,
      "facts.json": JSON.stringify({
        system: { paths: [{ path: `${cwd}/run`, type: "dir", owner: "root", group: "root", mode: "0755" }] },
      }),
    });
    expect(found([LOOK], { cwd })).toContain("nginx.conf:8 socket-permission");
    expect(found([LOOK, "--facts", "facts.json"], { cwd }).join()).not.toContain("socket-permission");
    chmodSync(join(cwd, "run"), 0o755);
    expect(found([LOOK], { cwd }).join()).not.toContain("socket-permission");
  });

  it("is nothing that a project can ask for", () => {
    const cwd = folderWith({ "a.ini": "[uwsgi]\n", ".uwsgi-nginx.json": '{ "target": { "localFolders": ["/"] } }' });
    expect(run(["check"], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining("target.localFolders is not known here") });
  });
});

describe.runIf(isRoot)("target.localFolders", () => {
  it("lets the server see the owner of a vassal, and that it has changed", async () => {
    const vassal = "[uwsgi]\nmaster = true\nsocket = :3032\n";
    const cwd = machine({ "vassals/b.ini": vassal });
    write(cwd, { "emperor.ini": `[uwsgi]\nemperor = ${cwd}/vassals\nemperor-tyrant = true\n` });
    const uri = pathToFileURL(join(cwd, "vassals/b.ini")).href;
    const folders = [pathToFileURL(cwd).href];
    for (const [localFolders, expected] of [[["/var/tmp"], "tyrant-root-file"] as const, [["/etc"], undefined] as const]) {
      const client = await overStdio([process.execPath, cli, "lsp", "--stdio"], { settings: { target: { localFolders } }, folders });
      await settle(client);
      const told = client.diagnostics(uri);
      await client.open(uri, vassal);
      expect((await told).diagnostics[0]?.code).toBe(expected);
      if (expected) {
        const anew = client.diagnostics(uri, ({ diagnostics }) => diagnostics.length === 0);
        chownSync(join(cwd, "vassals/b.ini"), 33, 33);
        await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 2 }] });
        await anew;
        chownSync(join(cwd, "vassals/b.ini"), 0, 0);
      }
      await client.stop();
    }
  });
});
