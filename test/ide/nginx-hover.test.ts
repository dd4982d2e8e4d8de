import { describe, expect, test } from "vitest";
import { hoverOn } from "../support/ide";

const site = (line: string, before = ""): string => `
#- etc/nginx/nginx.conf
  user www-data;
  events {}
  http {
    ${before}
    server {
      location / {
        ${line}
      }
    }
  }
#- etc/uwsgi/vassals/shop.ini
  [uwsgi]
  uid = www-data
  gid = www-data
  socket = /run/shop.sock
  chmod-socket = 664
`;

describe("hover in nginx files", () => {
  test("a directive as it is meant in its block", async () => {
    const found = await hoverOn(site("uwsgi_pa<|>ss unix:/run/shop.sock;"));
    expect(found?.on).toBe("uwsgi_pass");
    expect(found?.says).toContain("**uwsgi_pass**");
    expect(found?.says).toContain("Stands in a location, an if of a location");
    expect(found?.says).toContain("https://nginx.org/en/docs/http/ngx_http_uwsgi_module.html#uwsgi_pass");
  });

  test("the same name in http and stream", async () => {
    const http = await hoverOn("#- nginx.conf\n  http { server { lis<|>ten 80; } }");
    const stream = await hoverOn("#- nginx.conf\n  stream { server { lis<|>ten 80; } }");
    expect(http?.says).toContain("Module `ngx_http_core_module`");
    expect(stream?.says).toContain("Module `ngx_stream_core_module`");
  });

  test("a fragment is read as part of the file that includes it", async () => {
    const found = await hoverOn(`
      #- etc/nginx/nginx.conf
        stream { include conf.d/*.conf; }
      #- etc/nginx/conf.d/x.conf
        server { lis<|>ten 80; }
      `);
    expect(found?.says).toContain("ngx_stream_core_module");
  });

  test("variables of nginx and of the file", async () => {
    expect((await hoverOn(site("uwsgi_param HOST $ho<|>st;")))?.says).toContain("variable of `ngx_http_core_module`");
    const own = await hoverOn(site("uwsgi_param KIND $ki<|>nd;", "map $uri $kind { default a; }"));
    expect(own?.on).toBe("$kind");
    expect(own?.says).toContain("Defined by `map` in `nginx.conf:4`");
    expect((await hoverOn(site("return 200 $http_x_re<|>al;")))?.says).toContain("variable of");
  });

  test("upstreams, zones and addresses", async () => {
    const upstream = await hoverOn(site("uwsgi_pass sh<|>op;", "upstream shop { server unix:/run/shop.sock; }"));
    expect(upstream?.says).toContain("- `unix:/run/shop.sock`");
    const zone = await hoverOn(site("limit_req zone=sl<|>ow;", "limit_req_zone $remote_addr zone=slow:10m rate=1r/s;"));
    expect(zone?.says).toContain("Defined by `limit_req_zone` in `nginx.conf:4`");
    const address = await hoverOn(site("uwsgi_pass unix:/run/sh<|>op.sock;"));
    expect(address?.says).toBe("- shop.ini:4, runs as www-data, mode 664");
  });

  test("lines of data are no directives", async () => {
    expect(await hoverOn("#- nginx.conf\n  http { map $uri $x { ser<|>ver 1; } }")).toBeUndefined();
  });
});
