// `.uwsgi-nginx.json` in the editor: the same file, with the same meaning, as on the command line.
import { describe, expect, it, onTestFinished } from "vitest";
import type { ThisMachine } from "../../server/src/lsp/host";
import { at, inMemory, settle } from "./../support/lsp";

const CONFIG = ".uwsgi-nginx.json";
const APP = "[uwsgi]\nsocket = :3031\nlisten = 1000\nlog_date = true\n";
const PAUSE = 1_000;

type Started = Awaited<ReturnType<typeof inMemory>>;

async function started(options: Parameters<typeof inMemory>[0]): Promise<Started> {
  const client = await inMemory(options);
  onTestFinished(() => client.stop());
  await settle(client);
  return client;
}

/** What is shown of a file once everything has been looked at. */
async function shown(client: Started, path: string): Promise<readonly string[]> {
  for (let round = 0; round < 3; round++) {
    await settle(client);
    client.clock.pass(PAUSE);
  }
  await settle(client);
  return (client.published.get(at(path))?.diagnostics ?? []).map(({ range, code, message, source, severity }) => {
    expect(source).toBe("uwsgi-nginx");
    return `${range.start.line + 1}:${range.start.character + 1} ${severity} ${code ?? message}`;
  });
}

async function written(client: Started, path: string, text: string | undefined): Promise<void> {
  const known = client.files.has(at(path));
  if (text === undefined) client.files.delete(at(path));
  else client.files.set(at(path), text);
  const type = text === undefined ? 3 : known ? 2 : 1;
  await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri: at(path), type }] });
}

const config = (json: unknown): Record<string, string> => ({ [CONFIG]: JSON.stringify(json) });

describe("the configuration file of a folder", () => {
  it("gives rules their level; what the person has set is nearer", async () => {
    const files = { "app.ini": APP, ...config({ rules: { "no-master": "error", "unknown-option": "off" } }) };
    const client = await started({ files });
    await client.open(at("app.ini"), APP);
    expect(await shown(client, "app.ini")).toEqual(["2:1 1 no-master"]);
    client.settings.value = { rules: { "no-master": "info" } };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    expect(await shown(client, "app.ini")).toEqual(["2:1 3 no-master"]);
  });

  it("says what the target is like; settings that nobody made are no facts", async () => {
    const files = { "app.ini": APP, ...config({ rules: { "no-master": "off", "unknown-option": "off" }, target: { somaxconn: 128 } }) };
    const unset = { target: { somaxconn: null, users: {}, paths: [], missing: [], distro: "" }, nginx: { modules: [], directives: [] } };
    const client = await started({ files, settings: unset });
    await client.open(at("app.ini"), APP);
    expect(await shown(client, "app.ini")).toEqual(["3:1 1 listen-queue"]);
    client.settings.value = { target: { somaxconn: 4096 } };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    expect(await shown(client, "app.ini")).toEqual([]);
  });

  it("leaves files alone: they are there, neither read nor judged", async () => {
    const site = "server {\n  listen 80;\n  include parts/old.conf;\n}\n";
    const files = {
      "nginx/a.conf": site,
      "nginx/parts/old.conf": "server {\n  nonsense;\n}\n",
      "old.ini": APP,
      ...config({ ignore: ["parts/", "/old.ini"] }),
    };
    const client = await started({ files, settings: { diagnose: "workspace" } });
    expect(await shown(client, "nginx/a.conf")).toEqual([]);
    expect(await shown(client, "nginx/parts/old.conf")).toEqual([]);
    await client.open(at("old.ini"), APP);
    expect(await shown(client, "old.ini")).toEqual([]);
    await written(client, CONFIG, "{}");
    expect(await shown(client, "nginx/parts/old.conf")).toHaveLength(1);
    expect(await shown(client, "old.ini")).not.toEqual([]);
  });

  it("counts as soon as it is there, changed or gone", async () => {
    const client = await started({ files: { "app.ini": APP } });
    await client.open(at("app.ini"), APP);
    const before = await shown(client, "app.ini");
    expect(before).toHaveLength(2);
    await written(client, CONFIG, '{ "rules": { "no-master": "off" } } // for now');
    expect(await shown(client, "app.ini")).toHaveLength(1);
    await written(client, CONFIG, '{ "rules": { "no-master": "off", "unknown-option": "off" } }');
    expect(await shown(client, "app.ini")).toHaveLength(0);
    await written(client, CONFIG, undefined);
    expect(await shown(client, "app.ini")).toEqual(before);
  });

  it("is reported with the places that are wrong, and then nothing of it counts", async () => {
    const client = await started({
      files: { "app.ini": APP, [CONFIG]: '{\n  "rules": { "no-mastr": "off", "unknown-option": "off" }\n}\n' },
    });
    await client.open(at("app.ini"), APP);
    expect(await shown(client, "app.ini")).toHaveLength(2);
    const after = "Until it is right, nothing in this file counts.";
    expect(await shown(client, CONFIG)).toEqual([`2:14 1 rules.no-mastr is not known here. Did you mean no-master? ${after}`]);
    await written(client, CONFIG, '{ "rules": {');
    expect(await shown(client, CONFIG)).toEqual([`1:13 1 close brace expected. ${after}`]);
    await written(client, CONFIG, '{ "rules": { "no-master": "off" } }');
    expect(await shown(client, CONFIG)).toEqual([]);
    expect(await shown(client, "app.ini")).toHaveLength(1);
  });

  it("may not make each file a matter of thousands of patterns", async () => {
    for (const ignore of [Array.from({ length: 501 }, (_, at) => `a${at}`), ["a".repeat(501)]]) {
      const client = await started({ files: { "app.ini": APP, ...config({ ignore }) } });
      expect((await shown(client, CONFIG)).join()).toContain("ignore: no more than 500 patterns of 500 characters");
    }
  });

  it("holds for its own folder", async () => {
    const files = {
      "a/app.ini": APP,
      "b/app.ini": APP,
      [`a/${CONFIG}`]: '{ "rules": { "no-master": "off" } }',
      [`b/${CONFIG}`]: '{ "rules": { "unknown-option": "off" } }',
    };
    const client = await started({ files, folders: [at("a"), at("b")] });
    await client.open(at("a/app.ini"), APP);
    await client.open(at("b/app.ini"), APP);
    expect((await shown(client, "a/app.ini")).join()).not.toContain("no-master");
    expect((await shown(client, "b/app.ini")).join()).toContain("no-master");
    expect((await shown(client, "b/app.ini")).join()).not.toContain("unknown-option");
  });

  it("names places only where the person trusts it", async () => {
    const nginx = "events {}\nhttp {\n  server {\n    include /etc/nginx/snippets/one.conf;\n  }\n}\n";
    const parts = { "parts/one.conf": "server {\n  listen 80;\n}\n", "other/one.conf": "server {\n  listen 81;\n}\n" };
    const files = {
      "nginx.conf": nginx,
      ...parts,
      ...config({ target: { pathMapping: { "/etc/nginx/snippets": "parts" } }, rules: { "version-disclosed": "off" } }),
    };
    for (const trusted of [false, undefined, true]) {
      const client = await started({
        files,
        settings: { diagnose: "workspace" },
        ...(trusted === undefined ? {} : { options: { trusted } }),
      });
      expect(await shown(client, "parts/one.conf")).toEqual(trusted ? ["1:1 1 nginx-context"] : []);
      if (trusted) continue;
      await client.connection.sendNotification("uwsgiNginx/trusted");
      expect(await shown(client, "parts/one.conf")).toEqual(["1:1 1 nginx-context"]);
    }
  });

  it("may let folders elsewhere be read, where it is trusted", async () => {
    const files = { "app/a.ini": APP, "common/b.ini": APP, [`app/${CONFIG}`]: '{ "folders": ["../common"] }' };
    for (const trusted of [false, true]) {
      const client = await started({ files, folders: [at("app")], options: { trusted }, settings: { diagnose: "workspace" } });
      expect((await shown(client, "common/b.ini")).length > 0).toBe(trusted);
    }
  });
});

describe("the machine itself", () => {
  const files = { "app.ini": APP, ...config({ rules: { "no-master": "off", "unknown-option": "off" } }) };
  const settings = (...localFolders: string[]) => ({ target: { localFolders } });
  let somaxconn = 128;
  let stale = false;
  const machine = (): ThisMachine => {
    stale = false;
    return { somaxconn, look: () => undefined, isStale: () => stale };
  };
  const isSeen = async (client: Started): Promise<boolean> => (await shown(client, "app.ini")).join().includes("listen-queue");

  it.each([
    [["/w"], {}, true],
    [["/"], {}, true],
    [["/etc", "/w/"], { trusted: true }, true],
    [["/w"], { trusted: false }, false],
    [["/w/x", "/wo"], {}, false],
    [[], {}, false],
  ])("is asked where the person says so: %j %j", async (folders, options, expected) => {
    const client = await started({ files, settings: settings(...folders), machine, options });
    await client.open(at("app.ini"), APP);
    expect(await isSeen(client)).toBe(expected);
  });

  it("is never asked because a project says so, nor where there is none", async () => {
    const sly = { "app.ini": APP, ...config({ rules: { "no-master": "off", "unknown-option": "off" }, target: { localFolders: ["/w"] } }) };
    const client = await started({ files: sly, machine, options: { trusted: true } });
    await client.open(at("app.ini"), APP);
    expect(await isSeen(client)).toBe(false);
    expect((await shown(client, CONFIG)).join()).toContain("target.localFolders is not known here");
    const elsewhere = await started({ files, settings: settings("/w") });
    await elsewhere.open(at("app.ini"), APP);
    expect(await isSeen(elsewhere)).toBe(false);
  });

  it("is asked when trust is given, and again when it is otherwise", async () => {
    const client = await started({ files, settings: settings("/w"), machine, options: { trusted: false } });
    await client.open(at("app.ini"), APP);
    expect(await isSeen(client)).toBe(false);
    await client.connection.sendNotification("uwsgiNginx/trusted");
    expect(await isSeen(client)).toBe(true);
    somaxconn = 4096;
    await written(client, "other.txt", "saved");
    expect(await isSeen(client)).toBe(true);
    stale = true;
    await written(client, "other.txt", "saved again");
    expect(await isSeen(client)).toBe(false);
    somaxconn = 128;
    client.settings.value = settings();
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    expect(await isSeen(client)).toBe(false);
  });
});
