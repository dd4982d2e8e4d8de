import { describe, expect, it } from "vitest";
import { type Files, findings, newIn, offered } from "./support/refactored";

const NGINX =
  "user www-data;\nevents {}\nhttp {\n  server {\n    location / {\n      include uwsgi_params;\n      uwsgi_pass 127.0.0.1:3031;\n    }\n  }\n}\n";
const FILES: Files = {
  "etc/nginx/nginx.conf": NGINX,
  "etc/nginx/uwsgi_params": "uwsgi_param REQUEST_METHOD $request_method;\n",
  "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\n",
  "etc/uwsgi/vassals/shop.ini":
    "[uwsgi]\nuid = shop\ngid = shop\nmaster = true\nsocket = 127.0.0.1:3031\nchdir = /srv/shop\nmodule = app:application\nbuffer-size = 32768\n",
  "etc/systemd/system/uwsgi.service": "[Service]\nType=notify\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/emperor.ini\nKillSignal=SIGQUIT\n",
  "srv/shop/app.py": "def application(environ, start_response):\n    return []\n",
};

describe("refactorings", () => {
  it.each([
    ["etc/uwsgi/vassals/shop.ini", "socket ="],
    ["etc/nginx/nginx.conf", "127.0.0.1"],
  ])("move to a unix socket from %s, and back to the very text", (path, text) => {
    const moved = offered(FILES, path, text).get("Move to a unix socket") ?? {};
    expect(moved["etc/uwsgi/vassals/shop.ini"]).toContain(
      "socket = /run/uwsgi/shop.sock\nchown-socket = shop:www-data\nchmod-socket = 660\nchdir",
    );
    expect(moved["etc/nginx/nginx.conf"]).toContain("uwsgi_pass unix:/run/uwsgi/shop.sock;");
    expect(moved["etc/tmpfiles.d/uwsgi.conf"]).toContain("d /run/uwsgi 0755 root root -");
    expect(newIn(FILES, moved)).toEqual([]);
    const back = offered(moved, "etc/uwsgi/vassals/shop.ini", "socket = /run").get("Move to TCP on this machine") ?? {};
    for (const file of Object.keys(FILES)) expect(back[file]).toBe(FILES[file]);
  });

  it("gives nginx access where it has none", () => {
    const shut = {
      ...FILES,
      "etc/nginx/nginx.conf": NGINX.replace("127.0.0.1:3031", "unix:/run/uwsgi/shop.sock"),
      "etc/uwsgi/vassals/shop.ini":
        "[uwsgi]\nuid = shop\ngid = shop\nmaster = true\nsocket = /run/uwsgi/shop.sock\nchmod-socket = 600\nchdir = /srv/shop\nmodule = app:application\n",
    };
    expect(findings(shut)).toContain("etc/uwsgi/vassals/shop.ini socket-permission");
    const open = offered(shut, "etc/nginx/nginx.conf", "unix:/run").get("Give nginx access to the socket") ?? {};
    expect(findings(open)).not.toContain("etc/uwsgi/vassals/shop.ini socket-permission");
    expect(newIn(shut, open)).toEqual([]);
    expect(offered(open, "etc/nginx/nginx.conf", "unix:/run").has("Give nginx access to the socket")).toBe(false);
  });

  it("is not offered where more hangs on the line, or nothing", () => {
    const shared = { ...FILES, "etc/uwsgi/vassals/blog.ini": "[uwsgi]\nini = /etc/uwsgi/vassals/shop.ini\nsocket = 127.0.0.1:3032\n" };
    expect(offered(shared, "etc/uwsgi/vassals/shop.ini", "socket =").size).toBe(0);
    const placeholder = { ...FILES, "etc/uwsgi/vassals/shop.ini": "[uwsgi]\nport = 3031\nsocket = 127.0.0.1:%(port)\n" };
    expect(offered(placeholder, "etc/uwsgi/vassals/shop.ini", "socket =").size).toBe(0);
    expect(offered(FILES, "etc/uwsgi/vassals/shop.ini", "master").size).toBe(0);
    const unreached = offered({ ...FILES, "etc/nginx/nginx.conf": "events {}\n" }, "etc/uwsgi/vassals/shop.ini", "socket =");
    expect([...unreached.keys()]).toEqual(["Give it a systemd service of its own"]);
  });
});
