import { describe, expect, test } from "vitest";
import { args, read, starter, written } from "./read";
import { COMPOSE } from "./texts";

describe("compose", () => {
  const app = starter("compose.yaml", COMPOSE, "app");
  const nginx = starter("compose.yaml", COMPOSE, "nginx");

  test("services, not extensions", () => {
    expect(read("compose.yaml", COMPOSE).starters.map(({ name, startsNginx }) => [name, startsNginx])).toEqual([
      ["app", false],
      ["nginx", true],
      ["host", false],
    ]);
  });

  test("the command in a folded text keeps its places", () => {
    expect(args(app.commands[0])).toEqual(["ini=uwsgi.ini", "socket=0.0.0.0:3031"]);
    expect(app.commands[0]?.directory).toBe("/srv/app");
    expect(written(COMPOSE, app.commands[0])).toEqual(["--ini uwsgi.ini", "--socket=0.0.0.0:3031"]);
  });

  test("lines that are indented more stay lines of their own, for the shell too", () => {
    const text = 'services:\n  a:\n    command: >\n      sh -c "uwsgi\n        --master"\n';
    expect(starter("compose.yaml", text).commands[0]?.args).toEqual([]);
  });

  test("who it runs as and where", () => {
    expect(app).toMatchObject({
      user: { value: "${UID:-1000}" },
      group: { value: "www-data" },
      workingDirectory: { value: "/srv" },
      stopSignal: { value: "INT" },
    });
    expect(app.container).toMatchObject({
      project: "/project",
      names: ["app", "shop_app", "apphost", "api", "api.local", "10.0.0.5", "backend"],
      networks: ["back", "named:proxy-net"],
      build: { context: "/project/app", dockerfile: "/project/app/docker/Dockerfile", target: "prod" },
      dependsOn: ["db"],
    });
    expect(app.container?.sysctls.get("net.core.somaxconn")).toBe("1024");
  });

  test("environment: merged maps, what compose fills in is not known", () => {
    expect([...app.environment].map(([name, { value }]) => [name, value])).toEqual([
      ["DEBUG", "1"],
      ["PORT", "8000"],
      ["NAME", undefined],
      ["PRICE", "$5"],
      ["PASSED", undefined],
    ]);
    expect(app.environmentFiles.map(({ value }) => value)).toEqual([".env", "more.env"]);
    const list = starter("compose.yaml", "services:\n  a:\n    environment: [A=1, B, 'C=${D}']\n");
    expect([...list.environment].map(([name, { value }]) => [name, value])).toEqual([
      ["A", "1"],
      ["B", undefined],
      ["C", undefined],
    ]);
  });

  test("mounts, and those of another service", () => {
    const mounts = [
      ["volume:run", "/run/app", false],
      ["/project/media", "/srv/media", true],
      ["${LOGS:-./logs}", "/logs", false],
      [undefined, "/cache", false],
      ["/etc", "/etc/app", true],
      ["/srv/bound", "/bound", false],
      [undefined, "/tmp", false],
    ];
    expect(app.container?.mounts.map(({ source, target, readOnly }) => [source, target, readOnly])).toEqual(mounts);
    expect(nginx.container?.mounts.map(({ target }) => target)).toEqual(mounts.map(([, target]) => target));
  });

  test("ports; ranges and variables are left out", () => {
    expect(nginx.container?.ports.map(({ value }) => [value.host, value.container])).toEqual([
      [8080, 80],
      [undefined, 443],
      [8082, 82],
      [90, 90],
    ]);
  });

  test("another service taken over, an entry script, the network of the host", () => {
    const host = starter("compose.yaml", COMPOSE, "host");
    expect(host.image?.value).toBe("example/thing");
    expect(host.container?.ports).toHaveLength(4);
    expect(host.container?.networks).toEqual(["host"]);
    expect(args(host.commands[0])).toEqual(["ini=a.ini"]);
    expect(host.scripts.map(({ value }) => value)).toEqual(["/docker-entrypoint.sh"]);
  });

  test("no network said is none given", () => {
    expect(starter("compose.yaml", "services:\n  a:\n    image: x\n").container?.networks).toEqual([]);
  });

  test("the first format has services at the top", () => {
    const { starters } = read("docker-compose.yml", "app:\n  build: .\nnginx:\n  image: nginx\n  links: [app]\nx: 1\n");
    expect(starters.map(({ name }) => name)).toEqual(["app", "nginx"]);
  });

  test("services that take one another over do not turn in circles", () => {
    const { starters } = read(
      "compose.yaml",
      "services:\n  a:\n    extends: b\n    image: x\n  b: &b\n    extends: { service: a }\n    <<: *b\n  c: &c [*c]\n",
    );
    expect(starters.map(({ name, image }) => [name, image?.value])).toEqual([
      ["a", "x"],
      ["b", "x"],
      ["c", undefined],
    ]);
  });
});
