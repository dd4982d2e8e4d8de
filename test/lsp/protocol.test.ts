// The conversation between an editor and the server, in memory, with a clock that stands still.
import { describe, expect, test } from "vitest";
import { at, CAPABILITIES, inMemory, settle } from "../support/lsp";

const APP = "[uwsgi]\nsokcet = :3031\nsocket = :3032\n";
type Range = { start: { line: number; character: number }; end: { line: number; character: number } };
type Action = {
  title: string;
  kind: string;
  isPreferred?: boolean;
  edit: {
    documentChanges: {
      textDocument: { uri: string; version: number | null };
      edits: { range: Range; newText: string }[];
      kind?: string;
      uri?: string;
    }[];
  };
};
const whole: Range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const codes = (params: { diagnostics: { code?: string | number }[] }): unknown[] => params.diagnostics.map((one) => one.code);

describe("findings", () => {
  test("come with the version: at once for a text just opened, after a pause for an edit", async () => {
    const client = await inMemory();
    const uri = at("app.ini");
    await settle(client);
    await client.open(uri, APP, "ini");
    await settle(client);
    expect(client.published.get(uri)).toMatchObject({ version: 1 });
    expect(codes(client.published.get(uri)!)).toContain("unknown-option");
    const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range, text: "" }],
    });
    await settle(client);
    client.clock.pass(149);
    await settle(client);
    expect(client.published.get(uri)?.version).toBe(1);
    client.clock.pass(1);
    await settle(client);
    expect(client.published.get(uri)?.version).toBe(2);
    expect(codes(client.published.get(uri)!)).not.toContain("unknown-option");
    await client.stop();
  });

  test("carry severity, source, a page and what can be done", async () => {
    const client = await inMemory();
    await client.open(at("app.ini"), APP);
    await settle(client);
    client.clock.pass(150);
    await settle(client);
    const finding = client.published.get(at("app.ini"))?.diagnostics.find((one) => one.code === "unknown-option");
    expect(finding).toMatchObject({
      source: "uwsgi-nginx",
      severity: 2,
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 6 } },
      codeDescription: { href: expect.stringMatching(/^https:/) },
      data: { fixes: expect.any(Number) },
    });
    await client.stop();
  });

  test("of files that are not open: only when asked for, gone when closed", async () => {
    const client = await inMemory({ files: { "a.ini": APP } });
    await settle(client);
    client.clock.pass(150);
    await settle(client);
    expect(client.published.size).toBe(0);
    client.settings.value = { diagnose: "workspace" };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await settle(client);
    client.clock.pass(150);
    await settle(client);
    expect(codes(client.published.get(at("a.ini"))!)).toContain("unknown-option");
    await client.stop();
  });

  test("the level of a rule is a setting", async () => {
    const client = await inMemory({ settings: { rules: { "unknown-option": "hint", "no-such": "error", broken: 7 } } });
    await client.open(at("app.ini"), APP);
    await settle(client);
    client.clock.pass(150);
    await settle(client);
    expect(client.published.get(at("app.ini"))?.diagnostics.find((one) => one.code === "unknown-option")?.severity).toBe(4);
    client.settings.value = { rules: { "unknown-option": "off" } };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await settle(client);
    client.clock.pass(150);
    await settle(client);
    expect(codes(client.published.get(at("app.ini"))!)).not.toContain("unknown-option");
    await client.stop();
  });

  test("each folder may have levels of its own", async () => {
    const client = await inMemory({ folders: [at("a"), at("b")] });
    client.connection.onRequest("workspace/configuration", (params: { items: { scopeUri?: string }[] }) =>
      params.items.map(({ scopeUri }) => ({ rules: { "unknown-option": scopeUri === at("b") ? "off" : "error" } })),
    );
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await settle(client);
    for (const uri of [at("a/app.ini"), at("b/app.ini")]) await client.open(uri, APP);
    await settle(client);
    client.clock.pass(150);
    await settle(client);
    expect(codes(client.published.get(at("a/app.ini"))!)).toContain("unknown-option");
    expect(codes(client.published.get(at("b/app.ini"))!)).not.toContain("unknown-option");
    await client.stop();
  });

  test("another file makes them come and go", async () => {
    const site = "server { location / { uwsgi_pass unix:/run/shop.sock; } }\n";
    const client = await inMemory({ files: { "etc/uwsgi/vassals/shop.ini": "[uwsgi]\nsocket = /run/shoop.sock\n" } });
    const uri = at("etc/nginx/conf.d/shop.conf");
    const seen = async (): Promise<unknown[]> => {
      await settle(client);
      client.clock.pass(150);
      await settle(client);
      return codes(client.published.get(uri) ?? { diagnostics: [] });
    };
    await client.open(uri, site, "nginx");
    expect(await seen()).toContain("no-such-socket");
    client.files.set(at("etc/uwsgi/vassals/shop.ini"), "[uwsgi]\nsocket = /run/shop.sock\n");
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: at("etc/uwsgi/vassals/shop.ini"), type: 2 }],
    });
    expect(await seen()).not.toContain("no-such-socket");
    // A folder that goes takes its files along.
    client.files.delete(at("etc/uwsgi/vassals/shop.ini"));
    client.files.set(at("etc/uwsgi/other/shop.ini"), "[uwsgi]\nsocket = /run/shoop.sock\n");
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [
        { uri: at("etc/uwsgi/vassals"), type: 3 },
        { uri: at("etc/uwsgi/other"), type: 1 },
      ],
    });
    expect(await seen()).toContain("no-such-socket");
    await client.stop();
  });

  test("an open text counts more than the disk, until it is closed", async () => {
    const client = await inMemory({ files: { "app.ini": "[uwsgi]\nmaster = true\n" } });
    const uri = at("app.ini");
    const symbols = async (): Promise<unknown> => {
      await settle(client);
      return (await client.request<{ name: string }[]>("textDocument/documentSymbol", { textDocument: { uri } })).map((one) => one.name);
    };
    await client.open(uri, "[uwsgi]\nthreads = 2\n");
    expect(await symbols()).toEqual(["[uwsgi]", "threads"]);
    client.files.set(uri, "[uwsgi]\nvacuum = true\n");
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 2 }] });
    expect(await symbols()).toEqual(["[uwsgi]", "threads"]);
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    expect(await symbols()).toEqual(["[uwsgi]", "vacuum"]);
    await client.stop();
  });
});

describe("code actions", () => {
  const actionsIn = async (text: string, context: object = { diagnostics: [] }, capabilities: object = CAPABILITIES): Promise<Action[]> => {
    const client = await inMemory({ capabilities });
    await client.open(at("app.ini"), text);
    const found = await client.request<Action[]>("textDocument/codeAction", {
      textDocument: { uri: at("app.ini") },
      range: whole,
      context,
    });
    await client.stop();
    return found;
  };

  test("fixes, and a comment that allows the finding", async () => {
    const all = await actionsIn(APP);
    expect(all.find((one) => one.title === "Write socket")?.edit.documentChanges).toEqual([
      {
        textDocument: { uri: at("app.ini"), version: 1 },
        edits: [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 6 } }, newText: "socket" }],
      },
    ]);
    const allow = all.find((one) => one.title.startsWith("Allow unknown-option"));
    expect(allow?.edit.documentChanges[0]?.edits[0]).toMatchObject({
      newText: "# uwsgi-nginx: allow unknown-option because …\n",
      range: { start: { line: 1, character: 0 } },
    });
  });

  test("only the kinds asked for, and all safe fixes at once", async () => {
    const text = "[uwsgi]\nchmod_socket = 660\nMaster = true\n";
    const all = await actionsIn(text, { diagnostics: [], only: ["source.fixAll"] });
    expect(all.map((one) => one.kind)).toEqual(["source.fixAll.uwsgi-nginx"]);
    expect(all[0]?.edit.documentChanges[0]?.edits.map((edit) => edit.newText).sort()).toEqual(["chmod-socket", "master"]);
    expect(await actionsIn(text, { diagnostics: [], only: ["refactor.extract"] })).toEqual([]);
  });

  test("for clients without versioned edits", async () => {
    const all = await actionsIn(APP, { diagnostics: [] }, { workspace: {} });
    expect(all.find((one) => one.title === "Write socket")?.edit).toEqual({
      changes: { [at("app.ini")]: [{ range: expect.anything(), newText: "socket" }] },
    });
  });
});

describe("positions", () => {
  test.each([
    ["CRLF", "[uwsgi]\r\nmaster = true\r\nsokcet = :1\r\n"],
    ["CR alone", "[uwsgi]\n# a\rsokcet = :1\n"],
    ["astral letters", "[uwsgi]\n# 😀😀\nsokcet = :1\n"],
  ])("%s", async (_, text) => {
    const client = await inMemory();
    await client.open(at("app.ini"), text);
    await settle(client);
    client.clock.pass(150);
    await settle(client);
    const found = client.published.get(at("app.ini"))?.diagnostics.find((one) => one.code === "unknown-option");
    if (text.includes("# a\r")) expect(found?.range.start.line ?? 2).toBe(2);
    else expect(found?.range).toEqual({ start: { line: 2, character: 0 }, end: { line: 2, character: 6 } });
    await client.stop();
  });
});

describe("the conversation itself", () => {
  test("completion is resolved when somebody looks", async () => {
    const client = await inMemory({
      capabilities: {
        ...CAPABILITIES,
        textDocument: {
          completion: { completionItem: { documentationFormat: ["markdown"] }, completionList: { itemDefaults: ["editRange"] } },
        },
      },
    });
    await client.open(at("app.ini"), "[uwsgi]\nbuf\n");
    const list = await client.request<{
      items: { label: string; documentation?: unknown; textEditText?: string }[];
      itemDefaults: { editRange: Range };
    }>("textDocument/completion", { textDocument: { uri: at("app.ini") }, position: { line: 1, character: 3 } });
    expect(list.itemDefaults.editRange).toEqual({ start: { line: 1, character: 0 }, end: { line: 1, character: 3 } });
    const item = list.items.find((one) => one.label === "buffer-size");
    expect(item).toMatchObject({ textEditText: "buffer-size = " });
    expect(item?.documentation).toBeUndefined();
    expect(await client.request("completionItem/resolve", item)).toMatchObject({
      documentation: { kind: "markdown", value: expect.stringContaining("4096") },
    });
    await client.stop();
  });

  test("folders come and go", async () => {
    const client = await inMemory({
      folders: [at("a")],
      files: { "a/uwsgi.ini": "[uwsgi]\nsocket = :1\n", "b/uwsgi.ini": "[uwsgi]\nsocket = :2\n" },
    });
    const sockets = async (): Promise<string[]> => {
      await settle(client);
      return (await client.request<{ name: string }[]>("workspace/symbol", { query: "socket" })).map((one) => one.name);
    };
    expect(await sockets()).toEqual(["socket :1"]);
    await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
      event: { added: [{ uri: at("b"), name: "b" }], removed: [{ uri: at("a"), name: "a" }] },
    });
    expect(await sockets()).toEqual(["socket :2"]);
    await client.stop();
  });

  test("a settled change asks the editor to draw again", async () => {
    const asked: string[] = [];
    const client = await inMemory({
      capabilities: {
        ...CAPABILITIES,
        workspace: { ...CAPABILITIES.workspace, codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true } },
      },
    });
    for (const kind of ["codeLens", "inlayHint"]) client.connection.onRequest(`workspace/${kind}/refresh`, () => void asked.push(kind));
    await client.open(at("app.ini"), APP);
    await settle(client);
    client.clock.pass(150);
    await settle(client);
    expect(asked).toEqual(expect.arrayContaining(["codeLens", "inlayHint"]));
    await client.stop();
  });

  test("a lens leads to the places it tells of, in clients that can show them", async () => {
    const files = {
      "etc/nginx/conf.d/shop.conf": "server { location / { uwsgi_pass 127.0.0.1:3031; } }\n",
      "uwsgi.ini": "[uwsgi]\nsocket = :3031\n",
    };
    for (const showPlaces of [undefined, "uwsgiNginx.showPlaces"]) {
      const client = await inMemory({ files, options: { showPlaces } });
      await settle(client);
      const [lens] = await client.request<object[]>("textDocument/codeLens", { textDocument: { uri: at("uwsgi.ini") } });
      const place = {
        uri: at("etc/nginx/conf.d/shop.conf"),
        range: { start: { line: 0, character: 33 }, end: { line: 0, character: 47 } },
      };
      expect(lens).toMatchObject({
        command: showPlaces
          ? { title: "served by shop.conf:1", command: showPlaces, arguments: [at("uwsgi.ini"), { line: 1, character: 0 }, [place]] }
          : { title: "served by shop.conf:1", command: "" },
      });
      await client.stop();
    }
  });

  test("the effective configuration on request", async () => {
    const client = await inMemory({ files: { "uwsgi.ini": "[uwsgi]\nname = x\nsocket = /run/%(name).sock\n" } });
    await settle(client);
    const found = await client.request<{ text: string; origins: ({ range: Range } | null)[]; choices: object[]; chosen: number }>(
      "uwsgiNginx/effective",
      { uri: at("uwsgi.ini") },
    );
    const lines = found.text.split("\n");
    expect(lines).toContain("socket = /run/x.sock");
    expect(found.origins[lines.indexOf("socket = /run/x.sock")]?.range.start.line).toBe(2);
    expect(found.choices).toHaveLength(1);
    expect(await client.request("uwsgiNginx/effective", { uri: at("none.ini") })).toBeNull();
    expect(await client.request("uwsgiNginx/effective", {})).toBeNull();
    await client.stop();
  });

  test("the effective configuration of a vassal of several emperors, of each as it starts it", async () => {
    const emperor = (processes: number): string =>
      `[uwsgi]\nemperor = /etc/uwsgi/both\nvassal-set = processes=${processes}\nvassals-include = /etc/uwsgi/more-${processes}.ini\n`;
    const files = {
      "etc/uwsgi/one.ini": emperor(2),
      "etc/uwsgi/two.ini": emperor(3),
      "etc/uwsgi/more-3.ini": "[uwsgi]\nharakiri = 30\n",
      "etc/uwsgi/both/app.ini": "[uwsgi]\nmaster = true\n",
    };
    const client = await inMemory({ files });
    const uri = at("etc/uwsgi/both/app.ini");
    await client.open(uri, files["etc/uwsgi/both/app.ini"]);
    await settle(client);
    type Effective = {
      text: string;
      origins: ({ uri: string } | null)[];
      choices: { description: string; by?: string }[];
      chosen: number;
    };
    const ask = (by?: string) => client.request<Effective>("uwsgiNginx/effective", { uri, by });
    const { choices, chosen } = await ask();
    expect(chosen).toBe(0);
    expect(choices.map(({ description, by }) => [description, by])).toEqual([
      ["vassal of one.ini", at("etc/uwsgi/one.ini")],
      ["vassal of two.ini", at("etc/uwsgi/two.ini")],
    ]);
    const [first, second] = await Promise.all(choices.map((choice) => ask(choice.by)));
    expect([first?.chosen, second?.chosen]).toEqual([0, 1]);
    expect(first?.text).toMatch(/^processes = 2 /m);
    expect(first?.text).not.toContain("harakiri");
    expect(second?.text).toMatch(/^processes = 3 /m);
    const harakiri = second?.text.split("\n").findIndex((line) => line.startsWith("harakiri = 30")) ?? -1;
    expect(second?.origins[harakiri]?.uri).toBe(at("etc/uwsgi/more-3.ini"));
    // One that is gone: the first way is shown, and the choices say so.
    expect((await ask(at("etc/uwsgi/three.ini"))).chosen).toBe(0);
    await client.stop();
  });

  test("the effective configuration of a file that two units start, each with options of its own", async () => {
    const unit = (options: string): string => `[Service]\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/app.ini ${options}\n`;
    const client = await inMemory({
      files: {
        "etc/uwsgi/app.ini": "[uwsgi]\nmaster = true\nsocket = /run/app.sock\n",
        "etc/systemd/system/a.service": unit("--processes 2"),
        "etc/systemd/system/b.service": unit("--processes 3"),
      },
    });
    await settle(client);
    type Effective = { text: string; choices: { description: string; by?: string }[]; chosen: number };
    const ask = (by?: string) => client.request<Effective>("uwsgiNginx/effective", { uri: at("etc/uwsgi/app.ini"), by });
    const { choices } = await ask();
    expect(choices.map(({ description }) => description)).toEqual(["started by a.service", "started by b.service"]);
    const texts = await Promise.all(choices.map(async ({ by }) => (await ask(by)).text));
    expect(texts.map((text) => /^processes = (\d)/m.exec(text)?.[1])).toEqual(["2", "3"]);
    await client.stop();
  });

  test("clients that are never asked send their settings at the start", async () => {
    const client = await inMemory({ options: { settings: { rules: { "unknown-option": "error" } } }, capabilities: { workspace: {} } });
    await client.open(at("app.ini"), APP);
    await settle(client);
    client.clock.pass(150);
    await settle(client);
    expect(client.published.get(at("app.ini"))?.diagnostics.find((one) => one.code === "unknown-option")?.severity).toBe(1);
    await client.stop();
  });
});
