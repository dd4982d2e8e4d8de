import { describe, expect, test } from "vitest";
import { labels, offeredAt } from "../support/ide";

const site = (line: string, before = ""): string => `
#- etc/nginx/nginx.conf
  user www-data;
  events {}
  http {
    ${before}
    server {
      location / {
        include uwsgi_params;
        ${line}
        expires 1h;
      }
    }
  }
#- etc/uwsgi/vassals/shop.ini
  [uwsgi]
  socket = /run/shop.sock
#- etc/uwsgi/vassals/blog.ini
  [uwsgi]
  socket = :3031
`;

describe("completion in nginx files", () => {
  test("directives that may stand in the block, common ones first", async () => {
    const all = await labels(site("uw<|>"));
    expect(all.slice(0, 3)).toEqual(["proxy_set_header", "location", "proxy_pass"]);
    expect(all).toContain("uwsgi_pass");
    expect(all).not.toContain("server");
    expect(all).not.toContain("worker_processes");
    expect(await labels("#- nginx.conf\n  <|>")).toEqual(expect.arrayContaining(["http", "events", "worker_processes"]));
    expect(await labels("#- nginx.conf\n  events { <|>")).not.toContain("http");
  });

  test("what is half written before the next line replaces only itself", async () => {
    const [first] = await offeredAt(site("uwsgi_<|>"));
    expect(first?.replaces).toBe("uwsgi_");
  });

  test("a fragment by the file that includes it", async () => {
    const all = await labels(
      "#- etc/nginx/nginx.conf\n  http { server { include snippets/*.conf; } }\n#- etc/nginx/snippets/a.conf\n  <|>\n  location / {}",
    );
    expect(all).toContain("location");
    expect(all).not.toContain("server");
  });

  test.each([
    ["gzip <|>;", ["on", "off"]],
    ["location <|>", ["=", "~", "~*", "^~"]],
    ["uwsgi_cache_use_stale <|>", ["error", "timeout", "updating"]],
    ["return <|>", ["301", "404"]],
    ["rewrite ^/a /b <|>", ["last", "permanent"]],
    ["access_log /x <|>", ["main"]],
    ["limit_req <|>", ["zone=slow", "burst=", "nodelay"]],
    ["uwsgi_next_upstream <|>", ["error", "invalid_header"]],
    ["error_page 502 <|>", ["@down"]],
    ["uwsgi_cache <|>", ["pages", "off"]],
  ])("%s", async (line, expected) => {
    const before =
      "log_format main $uri; limit_req_zone $uri zone=slow:1m rate=1r/s; uwsgi_cache_path /x keys_zone=pages:1m; server { location @down {} }";
    expect(await labels(site(line, before))).toEqual(expect.arrayContaining(expected));
  });

  test("named arguments that documentation prints, used ones left out", async () => {
    const all = await labels("#- nginx.conf\n  http { server { listen 80 ssl <|>; } }");
    expect(all).toEqual(expect.arrayContaining(["default_server", "reuseport", "backlog="]));
    expect(all).not.toContain("ssl");
  });

  test("uwsgi_pass: what uWSGI files bind, and upstreams", async () => {
    const all = await offeredAt(site("uwsgi_pass uni<|>;", "upstream shop { server unix:/run/shop.sock; }"));
    expect(all.map((item) => [item.label, item.detail])).toEqual([
      ["127.0.0.1:3031", "socket in blog.ini"],
      ["shop", "upstream in nginx.conf:4"],
      ["unix:/run/shop.sock", "socket in shop.ini"],
    ]);
    expect(all[0]?.replaces).toBe("uni");
  });

  test("variables, own ones first", async () => {
    const all = await offeredAt(site("uwsgi_param A $ki<|>;", "map $uri $kind { default a; }"));
    expect(all[0]).toMatchObject({ label: "kind", detail: "map in nginx.conf:4", replaces: "ki" });
    expect(all.map((item) => item.label)).toContain("uri");
    expect((await offeredAt(site('uwsgi_param A "${ki<|>}x";', "set $kind 1;")))[0]?.replaces).toBe("ki");
  });

  test("nothing in comments, and only what the release has", async () => {
    expect(await labels(site("# uw<|>"))).toEqual([]);
    expect(await labels("#- nginx.conf\n  http { <|> }", { system: { nginxVersion: "1.18.0" } })).not.toContain("http2");
    expect(await labels("#- nginx.conf\n  http { <|> }", { system: { nginxVersion: "1.26.0" } })).toContain("http2");
  });
});
