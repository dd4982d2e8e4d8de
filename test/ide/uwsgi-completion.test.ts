import { describe, expect, test } from "vitest";
import { labels, offeredAt } from "../support/ide";

const app = (line: string, before = ""): string => `
#- app.ini
  [uwsgi]
  ${before}
  ${line}
`;

describe("completion of names", () => {
  test("what people use most comes first, with what belongs behind it", async () => {
    const all = await offeredAt(app("so<|>"));
    expect(all.length).toBeGreaterThan(1000);
    expect(all.slice(0, 4).map((item) => item.label)).toEqual(["master", "socket", "processes", "chdir"]);
    expect(all.find((item) => item.label === "socket")).toMatchObject({
      insert: "socket = ",
      replaces: "so",
      detail: "address to listen on",
    });
    expect(all.find((item) => item.label === "master")).toMatchObject({ insert: "master = true" });
  });

  test("in an emperor file the options of emperors come first", async () => {
    const all = await labels(app("<|>", "emperor = /etc/uwsgi/vassals"));
    expect(all[0]).toMatch(/^emperor/);
    expect(all.indexOf("vassals-include")).toBeLessThan(all.indexOf("master"));
  });

  test("single values that are set already come last, under whichever name", async () => {
    const all = await labels(app("<|>", "processes = 2\n  socket = :3031"));
    expect(all.indexOf("processes")).toBeGreaterThan(all.indexOf("zerg"));
    expect(all.indexOf("workers")).toBeGreaterThan(all.indexOf("zerg"));
    expect(all.indexOf("socket")).toBeLessThan(5);
  });

  test("a name before a value is replaced alone", async () => {
    const [first] = await offeredAt(app("mas<|>ter = true"));
    expect(first).toMatchObject({ label: "master", replaces: "master" });
    expect(first?.insert).toBeUndefined();
  });

  test("only options of the version", async () => {
    const facts = (uwsgiVersion: string) => ({ system: { uwsgiVersion } });
    expect(await labels(app("<|>"), facts("2.0.17"))).not.toContain("hook-accepting-once-or-never");
    const [old, current] = [await labels(app("<|>"), facts("2.0.21")), await labels(app("<|>"), facts("2.0.30"))];
    expect(current.length).toBeGreaterThan(old.length);
  });

  test("outside of a section there is only its header", async () => {
    expect(await labels("#- uwsgi.ini\n  <|>")).toEqual(["[uwsgi]"]);
    expect(await labels("#- uwsgi.ini\n  [<|>")).toEqual(["uwsgi"]);
    expect(await labels("  [uwsgi]\n  ini = :prod\n  [<|>]")).toEqual(["prod", "uwsgi"]);
  });

  test("nothing in comments", async () => {
    expect(await offeredAt(app("# so<|>"))).toEqual([]);
  });
});

describe("completion of values", () => {
  test.each([
    ["master = <|>", ["true", "false"]],
    ["protocol = h<|>", ["http", "http11", "https"]],
    ["chmod-socket = <|>", ["660", "664"]],
    ["loop = <|>", ["gevent", "async"]],
    ["hook-asap = <|>", ["exec", "mkdir"]],
    ["route-if = <|>", ["equal", "exists"]],
    ["route = ^/ <|>", ["redirect", "addvar"]],
    ["cache2 = name=a,<|>", ["items", "blocksize"]],
    ["cron2 = <|>", ["minute", "unique"]],
    ["log-format = %(<|>", ["uri", "status"]],
    ["logger = <|>", ["file", "syslog"]],
    ["cheaper-algo = <|>", ["spare", "busyness"]],
    ["plugin = <|>", ["python3", "http"]],
    ["uid = <|>", ["www-data"]],
    ["chown-socket = <|>", ["www-data"]],
    ["emperor-use-clone = <|>", ["net", "pid"]],
    ["clock = <|>", ["monotonic"]],
  ])("%s", async (line, expected) => {
    expect(await labels(app(line))).toEqual(expect.arrayContaining(expected));
  });

  test("a word in a value is replaced alone", async () => {
    const all = await offeredAt(app("route = ^/a red<|>irect:/b"));
    expect(all[0]?.replaces).toBe("redirect");
    expect(all.find((item) => item.label === "redirect")?.insert).toBeUndefined();
  });

  test("placeholders of the process, custom ones first, with values", async () => {
    const all = await offeredAt(app("chdir = /srv/%(<|>", "project = shop\n  master = true"));
    expect(all[0]).toMatchObject({ label: "project", detail: "shop", insert: "project)" });
    expect(await offeredAt(app("chdir = /srv/%%(<|>", "project = shop"))).toEqual([]);
  });

  test("magic letters", async () => {
    const all = await offeredAt(app("chdir = /srv/%<|>"));
    expect(all.find((item) => item.label === "%n")).toMatchObject({ detail: "app", replaces: "%" });
  });

  test("addresses that nginx asks for and nobody binds come first", async () => {
    const all = await offeredAt(`
      #- etc/nginx/conf.d/shop.conf
        server { location / { uwsgi_pass unix:/run/shop.sock; } location /b { uwsgi_pass 127.0.0.1:3031; } }
      #- etc/uwsgi/vassals/b.ini
        [uwsgi]
        socket = 127.0.0.1:3031
      #- etc/uwsgi/vassals/shop.ini
        [uwsgi]
        socket = <|>
      `);
    expect(all.map((item) => [item.label, item.detail])).toEqual([
      ["/run/shop.sock", "uwsgi_pass in shop.conf"],
      ["127.0.0.1:3031", "uwsgi_pass in shop.conf"],
    ]);
  });

  test("Python modules and callables of the workspace", async () => {
    const files = (line: string): string => `
      #- srv/shop/shop/__init__.py
        
      #- srv/shop/shop/wsgi.py
        application = get_wsgi_application()
      #- srv/shop/web.py
        app = Flask(__name__)
      #- etc/uwsgi/shop.ini
        [uwsgi]
        chdir = /srv/shop
        ${line}
      `;
    expect(await labels(files("module = <|>"))).toEqual(["shop.wsgi", "shop.wsgi:application", "web:app"]);
    expect(await labels(files("wsgi = web\n        callable = <|>"))).toEqual(["app"]);
    expect(await labels(files("wsgi-file = /srv/shop/<|>"))).toEqual(["shop/", "web.py"]);
  });

  test("paths on the machine and beside the file, step by step", async () => {
    const files = (line: string): string => `
      #- etc/uwsgi/base.ini
        [uwsgi]
      #- etc/uwsgi/vassals/shop.ini
        [uwsgi]
      #- etc/uwsgi/app.ini
        [uwsgi]
        ${line}
      `;
    expect(await labels(files("ini = /<|>"))).toEqual(["etc/"]);
    expect(await labels(files("ini = /etc/uwsgi/<|>"))).toEqual(["vassals/", "app.ini", "base.ini"]);
    expect(await labels(files("ini = <|>"))).toEqual(["vassals/", "base.ini"]);
    expect(await labels(files("chdir = /etc/uwsgi/<|>"))).toEqual(["vassals/"]);
    expect(await labels(files("ini = :<|>"))).toEqual(["uwsgi"]);
    expect(await labels(files("static-map = /static=/etc/uwsgi/<|>"))).toEqual(["vassals/", "app.ini", "base.ini"]);
  });

  test("$(NAME) from the unit that starts the process", async () => {
    const all = await offeredAt(`
      #- etc/systemd/system/shop.service
        [Service]
        Environment=PORT=3031
        ExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/shop.ini
      #- etc/uwsgi/shop.ini
        [uwsgi]
        socket = :$(<|>
      `);
    expect(all[0]).toMatchObject({ label: "PORT", detail: "3031", insert: "PORT)" });
  });
});

describe("the other formats", () => {
  test.each([
    ["uwsgi.yaml", "uwsgi:\n  so<|>", "socket: "],
    ["uwsgi.json", '{ "uwsgi": {\n  "so<|>": ":1"\n} }', undefined],
    ["uwsgi.xml", "<uwsgi>\n  <so<|>>:1</socket>\n  </uwsgi>", undefined],
  ])("names in %s", async (path, text, insert) => {
    const all = await offeredAt(
      `#- ${path}\n${text
        .split("\n")
        .map((line) => `  ${line}`)
        .join("\n")}`,
    );
    const socket = all.find((item) => item.label === "socket");
    expect(socket?.replaces).toMatch(/^so/);
    expect(socket?.insert).toBe(insert);
  });

  test.each([
    ["uwsgi.yaml", "uwsgi:\n  protocol: <|>"],
    ["uwsgi.json", '{ "uwsgi": {\n  "protocol": "<|>"\n} }'],
    ["uwsgi.xml", "<uwsgi>\n  <protocol><|></protocol>\n  </uwsgi>"],
  ])("values in %s", async (path, text) => {
    expect(
      await labels(
        `#- ${path}\n${text
          .split("\n")
          .map((line) => `  ${line}`)
          .join("\n")}`,
      ),
    ).toContain("http");
  });
});
