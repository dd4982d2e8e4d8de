import { describe, expect, it } from "vitest";
import { topology as topologyCommand } from "../server/src/host/node/topology";
import { diagram } from "../server/src/ide/diagram";
import { layout } from "../server/src/ide/diagram-layout";
import { exampleWorkspace } from "../server/src/ide/rule-page";
import { topologyOf } from "../server/src/ide/topology";
import type { Topology } from "../server/src/ide/topology-shape";
import { RULES } from "../server/src/rules/index";
import { stackOf } from "../server/src/stack/stack";
import { costOf } from "./support/cost";

const HTTP = "user www-data;\nevents {}\nhttp {\n  include /etc/nginx/sites-enabled/*;\n}\n";
const site = (name: string, target: string, more = ""): string =>
  `${more}server {\n  listen 80;\n  server_name ${name};\n  location / {\n    include uwsgi_params;\n    uwsgi_pass ${target};\n  }\n}\n`;
const vassal = (socket: string, more = "chown-socket = www-data:www-data\n"): string =>
  `[uwsgi]\nuid = www-data\ngid = www-data\nmaster = true\nsocket = ${socket}\n${more}module = app:application\n`;

const graph = (files: Record<string, string>, facts?: unknown): Topology =>
  topologyOf(stackOf(exampleWorkspace({ files, facts, finds: [] })));
const FOLDER = { system: { paths: [{ path: "/run/uwsgi", type: "dir", owner: "root", group: "root", mode: "0755" }] } };

/** `label -state→ label`, for a test that reads like the drawing. */
function drawn({ nodes, links }: Topology): string[] {
  const label = (id: string): string => nodes.find((node) => node.id === id)?.label ?? "?";
  return links.map((link) => `${label(link.from)} ${link.kind}:${link.state} ${label(link.to)}`);
}

const EMPEROR = {
  "etc/nginx/nginx.conf": HTTP,
  "etc/nginx/sites-enabled/shop": site("shop.example", "shop", "upstream shop {\n  server unix:/run/uwsgi/shop.sock;\n}\n"),
  "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\n",
  "etc/uwsgi/vassals/shop.ini": vassal("/run/uwsgi/%n.sock"),
  "etc/systemd/system/uwsgi.service":
    "[Service]\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/emperor.ini\nRuntimeDirectory=uwsgi\nKillSignal=SIGQUIT\nType=notify\n",
};

describe("the graph", () => {
  it("goes from the client to the application, and tells who starts whom", () => {
    const found = graph(EMPEROR, FOLDER);
    expect(drawn(found).sort()).toEqual([
      "/ connects:fits shop",
      "/run/uwsgi/shop.sock serves:fits shop.ini",
      "Clients requests:fits shop.example",
      "emperor.ini starts:fits shop.ini",
      "shop connects:fits /run/uwsgi/shop.sock",
      "shop.example requests:fits /",
      "shop.ini runs:fits app:application",
      "uwsgi.service starts:fits emperor.ini",
    ]);
    const socket = found.nodes.find((node) => node.kind === "socket");
    expect(socket?.details).toEqual(["socket, uwsgi", "755 rwxr-xr-x www-data:www-data"]);
    expect(found.nodes.find((node) => node.kind === "instance")?.details[0]).toBe("runs as www-data:www-data");
    for (const node of found.nodes) if (node.kind !== "client") expect(node.place, node.label).toBeDefined();
  });

  it("says where it breaks, and why, with the words of the finding", () => {
    const files = {
      ...EMPEROR,
      "etc/uwsgi/vassals/shop.ini": vassal("/run/uwsgi/shop.sock", "chown-socket = deploy:deploy\nchmod-socket = 600\n"),
    };
    const found = graph(files, FOLDER);
    const broken = found.links.filter((link) => link.state === "fails");
    expect(broken.map((link) => link.kind)).toEqual(["connects", "connects"]);
    expect(broken[0]?.why).toContain("www-data");
    expect(broken.flatMap((link) => link.findings.map((finding) => finding.code))).toContain("socket-permission");
  });

  it("tells what would have to be known", () => {
    const files = {
      ...EMPEROR,
      "etc/uwsgi/vassals/shop.ini": vassal("/run/uwsgi/shop.sock", "chown-socket = deploy:deploy\nchmod-socket = 660\n"),
    };
    const link = graph(files, FOLDER).links.find((one) => one.kind === "connects" && one.to.startsWith("socket"));
    expect(link).toMatchObject({ state: "unknown", why: expect.stringContaining("member of the group deploy") });
  });

  it("shows an address that nobody binds, and the listener that was probably meant", () => {
    const files = { ...EMPEROR, "etc/nginx/sites-enabled/shop": site("shop.example", "unix:/run/uwsgi/shopp.sock") };
    expect(drawn(graph(files, FOLDER))).toContain("/ connects:fails /run/uwsgi/shopp.sock");
    expect(drawn(graph(files, FOLDER))).toContain("/run/uwsgi/shopp.sock meant:fails /run/uwsgi/shop.sock");
  });

  it("does not call broken what is not known", () => {
    const files = {
      ...EMPEROR,
      "etc/nginx/sites-enabled/shop": site("shop.example", "$backend", "map $host $backend {\n  default app;\n}\n"),
      "etc/nginx/sites-enabled/other": site("other.example", "elsewhere.example:3031"),
    };
    expect(graph(files, FOLDER).links.filter((link) => link.state === "fails" && link.kind === "connects")).toEqual([]);
  });

  it("groups what runs in one container", () => {
    const compose =
      "services:\n  web:\n    image: nginx\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  app:\n    build: ./app\n    command: uwsgi --ini /app/uwsgi.ini\n";
    const found = graph({
      "docker-compose.yml": compose,
      "site.conf": site("a", "app:3031"),
      "app/uwsgi.ini": "[uwsgi]\nsocket = :3031\nwsgi-file = app.py\nmaster = true\n",
      "app/Dockerfile": "FROM python:3\n",
    });
    const groupOf = (label: string): string | undefined =>
      found.groups.find((group) => group.id === found.nodes.find((node) => node.label === label)?.group)?.label;
    expect([groupOf(":3031"), groupOf("uwsgi.ini"), groupOf("a")]).toEqual(["container app", "container app", "container web"]);
    expect(drawn(found)).toContain("/ connects:fits :3031");
  });

  it("hangs a location of an included file on the server that includes it", () => {
    const files = {
      ...EMPEROR,
      "etc/nginx/sites-enabled/shop": "server {\n  server_name shop.example;\n  include /etc/nginx/snippets/app.conf;\n}\n",
      "etc/nginx/snippets/app.conf": "location /app/ {\n  include uwsgi_params;\n  uwsgi_pass unix:/run/uwsgi/shop.sock;\n}\n",
    };
    expect(drawn(graph(files, FOLDER))).toContain("shop.example requests:fits /app/");
  });

  it("is the same for the same files, in whatever order they come", () => {
    const reversed = Object.fromEntries(Object.entries(EMPEROR).reverse());
    expect(JSON.stringify(graph(reversed, FOLDER))).toBe(JSON.stringify(graph(EMPEROR, FOLDER)));
  });

  it("stands what every example of every rule holds", () => {
    for (const rule of RULES) {
      for (const example of rule.examples) {
        const found = topologyOf(stackOf(exampleWorkspace(example)));
        const ids = new Set(found.nodes.map((node) => node.id));
        expect(ids.size).toBe(found.nodes.length);
        for (const link of found.links) expect(ids.has(link.from) && ids.has(link.to), rule.id).toBe(true);
        for (const format of ["mermaid", "dot", "svg"] as const) expect(diagram(found, format).length).toBeGreaterThan(10);
      }
    }
  });
});

describe("the drawing", () => {
  const HOSTILE = "</text><script>alert(1)</script>\"'&`#;{}[]|\\ end";
  const hostile = () =>
    graph({ ...EMPEROR, "etc/nginx/sites-enabled/shop": site(`'${HOSTILE.replaceAll("'", "")}'`, "unix:/run/uwsgi/shop.sock") }, FOLDER);

  it("escapes every text in SVG", () => {
    const text = diagram(hostile(), "svg");
    expect(text).not.toContain("<script");
    expect(text).toContain("&lt;script&gt;");
    expect(text.match(/<svg/g)).toHaveLength(1);
    expect(text).toMatch(/<title id="topology-title">.+<\/title>\n<desc id="topology-description">1 nginx servers/);
  });

  it("escapes every text in Mermaid and DOT", () => {
    const mermaid = diagram(hostile(), "mermaid");
    for (const line of mermaid.split("\n")) expect(line.match(/"/g)?.length ?? 0, line).toBeOneOf([0, 2]);
    expect(mermaid).not.toContain("<script");
    const dot = diagram(hostile(), "dot");
    for (const line of dot.split("\n"))
      expect((line.replaceAll("\\\\", "").replaceAll('\\"', "").match(/"/g)?.length ?? 0) % 2, line).toBe(0);
  });

  it("keeps boxes apart", () => {
    const many = graph(
      {
        ...EMPEROR,
        ...Object.fromEntries(
          Array.from({ length: 12 }, (_, index) => [
            `etc/nginx/sites-enabled/s${index}`,
            site(`s${index}.example`, index % 3 ? "shop" : `unix:/run/uwsgi/s${index}.sock`),
          ]),
        ),
      },
      FOLDER,
    );
    const boxes = [...layout(many).boxes.values()];
    expect(boxes).toHaveLength(many.nodes.length);
    for (const [index, a] of boxes.entries())
      for (const b of boxes.slice(index + 1))
        expect(Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2).toBe(true);
  });

  it("can be reached by keyboard in the editor only", () => {
    expect(diagram(hostile(), "svg", { interactive: true })).toContain('tabindex="0" role="button"');
    expect(diagram(hostile(), "svg")).not.toContain("tabindex=");
    expect(diagram({ version: 1, nodes: [], links: [], groups: [] }, "svg")).toContain("0 nginx servers");
  });

  it("draws 200 applications quickly", () => {
    const files: Record<string, string> = { "etc/nginx/nginx.conf": HTTP, "etc/uwsgi/emperor.ini": EMPEROR["etc/uwsgi/emperor.ini"] };
    for (let index = 0; index < 200; index++) {
      files[`etc/nginx/sites-enabled/a${index}`] = site(`a${index}.example`, `unix:/run/uwsgi/a${index}.sock`);
      files[`etc/uwsgi/vassals/a${index}.ini`] = vassal(`/run/uwsgi/a${index}.sock`);
    }
    const workspace = exampleWorkspace({ files, facts: FOLDER, finds: [] });
    const cost = costOf(() => {
      const found = topologyOf(stackOf(workspace));
      expect(found.nodes).toHaveLength(1002);
      expect(diagram(found, "svg").length).toBeGreaterThan(100_000);
    });
    expect(cost).toBeLessThan(10_000); // a few hundred milliseconds on an idle machine
  });
});

describe("uwsgi-nginx topology", () => {
  const run = (...argv: string[]) => {
    const out: (string | Uint8Array)[] = [];
    const err: string[] = [];
    const code = topologyCommand(argv, { out: (text) => void out.push(text), err: (text) => void err.push(text) });
    return { code, out: out.join(""), err: err.join("") };
  };

  it("draws a folder in each format", () => {
    const folder = "examples/article";
    expect(run(folder).out).toMatch(/^flowchart LR\n/);
    expect(run(folder, "--format", "dot").out).toMatch(/^digraph topology \{/);
    expect(run(folder, "--format=svg").out).toMatch(/^<svg xmlns/);
    const json = JSON.parse(run(folder, "--format", "json").out);
    expect(json.version).toBe(1);
    expect(json.nodes.find((node: { kind: string }) => node.kind === "socket").place).toMatchObject({
      file: "etc/uwsgi-emperor/vassals/app_name.ini",
      range: { start: { character: 0 } },
    });
    expect(json.links.every((link: { state: string }) => ["fits", "fails", "unknown"].includes(link.state))).toBe(true);
  });

  it("refuses what it does not understand", () => {
    expect(run("--format", "png").code).toBe(2);
    expect(run("--bogus").code).toBe(2);
    expect(run("/no/such/folder").code).toBe(2);
  });
});
