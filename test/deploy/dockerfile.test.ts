import { describe, expect, test } from "vitest";
import { args, read, starter, written } from "./read";
import { IMAGE } from "./texts";

describe("Dockerfile", () => {
  const prod = starter("Dockerfile", IMAGE, "prod");
  const base = starter("Dockerfile", IMAGE, "base");

  test("a stage takes over what the one below it says", () => {
    expect(prod).toMatchObject({
      image: { value: "python:${VERSION}" },
      user: { value: "app" },
      group: { value: "web" },
      workingDirectory: { value: "/srv/app/sub" },
      stopSignal: { value: "INT" },
    });
    expect([...prod.environment].map(([name, { value }]) => [name, value])).toEqual([
      ["APP", "/srv/app"],
      ["LANG", "C.UTF-8"],
      ["MODE", "prod"],
      ["OLD", "the rest of it"],
      ["TOKEN", undefined],
    ]);
  });

  test("ENTRYPOINT and CMD are one command", () => {
    expect(args(prod.commands[0])).toEqual(["ini=/srv/app/a.ini", "socket=:3031"]);
    expect(written(IMAGE, prod.commands[0])).toEqual(['--ini", "/srv/app/a.ini', "--socket=:3031"]);
    expect(base.commands).toEqual([]);
  });

  test("folders", () => {
    expect(prod.makes.map(({ value, owner, group }) => [value, owner, group])).toEqual([
      ["/run/app", "www-data", "www-data"],
      ["/srv/app/logs", undefined, undefined],
      ["/home/app/data", "app", undefined],
    ]);
  });

  test("copies", () => {
    expect(read("Dockerfile", IMAGE).copies.map(({ from, to, stage, owner, group }) => [from, to, stage, owner, group])).toEqual([
      [["a.ini", "b/"], "/srv/app/", "base", "app", "web"],
      [["a.ini", "b/"], "/srv/app/", "prod", "app", "web"],
      [["with space.ini"], "/etc/x.ini", "prod", undefined, undefined],
    ]);
  });

  test.each([
    ["CMD uwsgi --ini a.ini", ["ini=a.ini"]],
    ["CMD nginx && exec uwsgi a.ini", ["=a.ini"]],
    ["ENTRYPOINT uwsgi a.ini\nCMD b.ini", ["=a.ini"]],
    ['ENTRYPOINT ["/entrypoint.sh"]\nCMD ["uwsgi", "a.ini"]', ["=a.ini"]],
    ['CMD ["uwsgi", "b.ini"]\nENTRYPOINT ["uwsgi", "a.ini"]', ["=a.ini"]],
    ['CMD ["sh", "-c", "cd /srv && uwsgi a.ini"]', ["=a.ini"]],
    ['CMD ["uwsgi", "--env", "A=\\"x\\""]', ['env=A="x"']],
    ["CMD ['uwsgi', 'a.ini']", []],
    ['ONBUILD CMD ["uwsgi", "a.ini"]', []],
  ])("%s", (lines, expected) => expect(args(starter("Dockerfile", `FROM x\n${lines}\n`).commands[0])).toEqual(expected));

  test("nginx: by the image, unless something else is started", () => {
    expect(starter("Dockerfile", "FROM nginx:1.27\nCOPY a /etc/nginx/").startsNginx).toBe(true);
    expect(starter("Dockerfile", "FROM nginx:1.27\nCMD uwsgi a.ini").startsNginx).toBe(false);
    expect(starter("Dockerfile", "FROM nginx/nginx-prometheus-exporter").startsNginx).toBe(false);
  });

  test("here-documents are bodies, not instructions", () => {
    const text = 'FROM x\nRUN <<EOF\nmkdir /run/app\nUSER nobody\nEOF\nCOPY <<-"END" /etc/a.ini\nFROM y\n\tEND\nUSER app\n';
    const image = starter("Dockerfile", text);
    expect(image.makes.map(({ value }) => value)).toEqual(["/run/app"]);
    expect([image.name, image.user?.value]).toEqual(["0", "app"]);
  });

  test("another escape character", () => {
    expect(starter("Dockerfile", "# escape=`\nFROM x\nENV A=1 `\n  B=c:\\d\n").environment.get("B")?.value).toBeDefined();
  });
});
