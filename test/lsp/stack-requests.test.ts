// Requests of our own: the graph, explanations, new applications.
import { describe, expect, test } from "vitest";
import { ANSWERS } from "../support/created";
import { at, CAPABILITIES, inMemory } from "../support/lsp";

const FILES = {
  "etc/nginx/nginx.conf":
    "user www-data;\nevents {}\nhttp {\n  server {\n    location / {\n      include uwsgi_params;\n      uwsgi_pass unix:/run/app.sock;\n    }\n  }\n}\n",
  "etc/nginx/uwsgi_params": "uwsgi_param REQUEST_METHOD $request_method;\n",
  "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\n",
  "etc/uwsgi/vassals/app.ini":
    "[uwsgi]\nuid = www-data\ngid = www-data\nsocket = /run/app.sock\nchown-socket = www-data\nmaster = true\nchdir = /srv/app\nmodule = app\n",
  "srv/app/app.py": "def application(environ, start_response):\n    return []\n",
};
const VASSAL = at("etc/uwsgi/vassals/app.ini");
type Drawn = {
  topology: { nodes: { label: string; place?: { uri: string; range: object } }[]; links: { kind: string; state: string; why?: string }[] };
  text: string;
  style: string;
};

type Client = Awaited<ReturnType<typeof inMemory>>;

/** Lets everything that is on its way arrive. */
async function settle(client: Client): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await client.request("workspace/symbol", { query: "" });
    client.clock.pass(1000);
  }
}

async function started(options = {}): Promise<Client> {
  const client = await inMemory({ files: FILES, capabilities: { ...CAPABILITIES, workspace: {} }, options });
  await client.open(VASSAL, FILES["etc/uwsgi/vassals/app.ini"]);
  await settle(client);
  return client;
}

describe("the deployment as a whole", () => {
  test("is told with its places and drawn, and told anew after an edit", async () => {
    const client = await started({ topology: true });
    const changed = new Promise<void>((done) => client.connection.onNotification("uwsgiNginx/changed", done));
    const before = await client.request<Drawn>("uwsgiNginx/topology", { format: "svg", interactive: true });
    expect(before.text).toContain('tabindex="0"');
    expect(before.text).not.toContain("<style>");
    expect(before.style).toContain("--vscode-foreground");
    expect(before.topology.links.find((link) => link.kind === "connects")).toMatchObject({ state: "fits" });
    expect(before.topology.nodes.find((node) => node.label === "/run/app.sock")?.place).toEqual({
      uri: VASSAL,
      range: { start: { line: 3, character: 0 }, end: { line: 3, character: 22 } },
    });
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: VASSAL, version: 2 },
      contentChanges: [{ range: { start: { line: 3, character: 14 }, end: { line: 3, character: 17 } }, text: "shop" }],
    });
    await settle(client);
    await changed;
    const after = await client.request<Drawn>("uwsgiNginx/topology", { format: "mermaid" });
    expect(after.text).toMatch(/^flowchart LR/);
    expect(after.topology.links.find((link) => link.kind === "connects")).toMatchObject({
      state: "fails",
      why: expect.stringContaining("/run/shop.sock"),
    });
    await client.stop();
  });

  test("is not announced to a client that did not ask for it", async () => {
    const client = await started();
    const told: string[] = [];
    client.connection.onNotification("uwsgiNginx/changed", () => void told.push("changed"));
    await settle(client);
    await client.request("uwsgiNginx/topology", { format: "nonsense" });
    expect(told).toEqual([]);
    await client.stop();
  });

  test("explains, and stands any question", async () => {
    const client = await started();
    expect(
      await client.request("uwsgiNginx/explain", { text: "connect() to unix:/run/app.sock failed (13: Permission denied)" }),
    ).toMatchObject({ markdown: expect.stringContaining("socket-permission") });
    expect(await client.request("uwsgiNginx/explain", { text: "chmod-sokcet" })).toEqual({ near: ["chmod-socket"] });
    expect(await client.request("uwsgiNginx/explain", { text: 7 })).toBeNull();
    for (const method of ["topology", "explain", "choices", "checkAnswer", "newApplication"])
      await client.request(`uwsgiNginx/${method}`, []);
    await client.stop();
  });

  test("takes a new application", async () => {
    const client = await started();
    expect(await client.request("uwsgiNginx/choices", {})).toEqual({
      entries: [{ entry: "app:application", file: "/w/srv/app/app.py", folder: "/srv/app", below: "/srv/app" }],
      hasEmperor: true,
    });
    expect(await client.request("uwsgiNginx/checkAnswer", { question: "name", answer: "a b" })).toContain("small letters");
    expect(await client.request("uwsgiNginx/checkAnswer", { question: "name", answer: "shop" })).toBeNull();
    const created = await client.request<{ files: { uri: string; text: string }[] }>("uwsgiNginx/newApplication", ANSWERS);
    expect(created.files.map((file) => file.uri)).toEqual([
      at("etc/uwsgi/vassals/shop.ini"),
      at("etc/nginx/conf.d/shop.conf"),
      at("etc/tmpfiles.d/uwsgi.conf"),
    ]);
    expect(await client.request("uwsgiNginx/newApplication", { ...ANSWERS, name: "app" })).toMatchObject({
      problem: expect.stringContaining("exists already"),
    });
    await client.stop();
  });
});

describe("requests about no file, and about all", () => {
  type Judged = { language: string; findings: { line: number; severity: string; rule: string; message: string; fixes: string[] }[] };

  test("a text is judged by itself", async () => {
    const client = await started();
    const judge = (text: unknown, language?: string) => client.request<Judged | null>("uwsgiNginx/judge", { text, language });
    expect(await judge("[uwsgi]\nmaster = true\nsokcet = /run/x.sock\n")).toMatchObject({
      language: "uwsgi",
      findings: [{ line: 3, rule: "unknown-option", fixes: [expect.stringContaining("socket")] }],
    });
    expect((await judge("server {\n  listen 80;\n  uwsgi_pas unix:/run/x.sock;\n}\n"))?.findings[0]).toMatchObject({
      line: 3,
      severity: "error",
      rule: "nginx-unknown-directive",
    });
    expect((await judge("location / { return 204; }"))?.language).toBe("nginx");
    expect(await judge("master = true", "uwsgi")).toMatchObject({ language: "uwsgi" });
    expect(await judge(7)).toBeNull();
    expect(await judge("x".repeat(1_000_001))).toBeNull();
    // Nothing of it stays.
    expect(await client.request("workspace/symbol", { query: "text.ini" })).toEqual([]);
    await client.stop();
  });

  test("every safe fix of the workspace is one change with a name", async () => {
    const other = "etc/uwsgi/vassals/b.ini";
    const client = await inMemory({
      files: { ...FILES, [other]: "[uwsgi]\nmaster = true\nsocket = unix:/run/b.sock\n" },
      capabilities: { ...CAPABILITIES, workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } } },
    });
    await client.open(VASSAL, FILES["etc/uwsgi/vassals/app.ini"].replace("socket = /", "socket = unix:/"));
    await settle(client);
    const fixed = await client.request<{ edit: object; files: number }>("uwsgiNginx/fixWorkspace");
    expect(fixed.files).toBe(2);
    expect(fixed.edit).toMatchObject({
      changeAnnotations: { change: { label: "Fix all that is safe to fix", needsConfirmation: false } },
      documentChanges: expect.arrayContaining([
        expect.objectContaining({ textDocument: expect.objectContaining({ uri: VASSAL }) }),
        expect.objectContaining({ textDocument: expect.objectContaining({ uri: at(other) }) }),
      ]),
    });
    await client.stop();
    const clean = await started();
    expect(await clean.request("uwsgiNginx/fixWorkspace")).toBeNull();
    await clean.stop();
  });

  test("what a program prints of itself becomes the difference to its release", async () => {
    const client = await started();
    const help = "Usage: uwsgi [options...]\n    -s|--socket    bind\n    --ini          load\n    --shop-limit   requests per customer\n";
    const build = await client.request<{ absent: string[]; own: object; builtIn: string[] }>("uwsgiNginx/build", {
      help,
      version: "2.0.21",
    });
    expect(build).toMatchObject({ own: { "shop-limit": "requests per customer" }, builtIn: [] });
    expect(build.absent).toContain("master");
    const cflags = '-DUWSGI_VERSION="2" -DUWSGI_YAML -DUWSGI_DECLARE_EMBEDDED_PLUGINS="UDEP(python);"';
    expect(await client.request("uwsgiNginx/build", { help, cflags })).toMatchObject({ builtIn: ["python"], ownYaml: true });
    for (const other of [undefined, 7, { help: 7 }, { help: "nothing" }, { help: `${help}${" ".repeat(1_000_000)}` }])
      expect(await client.request("uwsgiNginx/build", other)).toBeNull();
    await client.stop();
  });

  test("the state of the workspace is told in numbers", async () => {
    const client = await started();
    expect(await client.request("uwsgiNginx/state")).toMatchObject({
      languages: { nginx: 2, uwsgi: 2, python: 1 },
      processes: 2,
      emperors: 1,
      links: 1,
    });
    await client.stop();
  });
});
