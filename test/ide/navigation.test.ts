import { describe, expect, test } from "vitest";
import { definition, references } from "../../server/src/ide/navigate/go";
import { namedAt } from "../../server/src/ide/navigate/named";
import { drawFixture, readFixture } from "../support/fixture";
import { atCursor, pictured, renamedTo } from "../support/ide";

/** What is found is what the picture's own notes say. */
function expectPlaces(picture: string, ask: Parameters<typeof pictured>[1]): void {
  const { files, notes } = readFixture(picture);
  expect(pictured(picture, ask)).toBe(drawFixture(files, notes));
}

const all = (at: Parameters<Parameters<typeof pictured>[1]>[0]) => namedAt(at)?.occurrences ?? [];
const defined = (at: Parameters<Parameters<typeof pictured>[1]>[0]) =>
  (definition(at)?.to ?? []).map((place) => ({ ...place, role: "here" }));

describe("sockets", () => {
  const stack = (cursor: { nginx?: string; uwsgi?: string } = {}): string => `
#- etc/nginx/conf.d/shop.conf
  upstream shop { server unix:/run/${cursor.nginx ?? ""}shop.sock; }
  server { location / { uwsgi_pass shop; } }
#- etc/nginx/conf.d/admin.conf
  server { location / { uwsgi_pass unix:///run/shop.sock; } }
#- etc/uwsgi/vassals/shop.ini
  [uwsgi]
  socket = ${cursor.uwsgi ?? ""}/var/run/shop.sock
#- etc/systemd/system/shop.service
  [Service]
  ExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/vassals/shop.ini
  ExecStartPost=/bin/chmod 666 /run/shop.sock
`;

  test("nginx, uWSGI and units", () => {
    expectPlaces(
      `
#- etc/nginx/conf.d/shop.conf
  upstream shop { server unix:/run/<|>shop.sock; }
#                             ^^^^^^^^^^^^^^ uses
  server { location / { uwsgi_pass shop; } }
#- etc/nginx/conf.d/admin.conf
  server { location / { uwsgi_pass unix:///run/shop.sock; } }
#                                         ^^^^^^^^^^^^^^ uses
#- etc/uwsgi/vassals/shop.ini
  [uwsgi]
  socket = /var/run/shop.sock
#          ^^^^^^^^^^^^^^^^^^ defines
#- etc/systemd/system/shop.service
  [Service]
  ExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/vassals/shop.ini
  ExecStartPost=/bin/chmod 666 /run/shop.sock
#                              ^^^^^^^^^^^^^^ uses
`,
      all,
    );
  });

  test("from nginx to the ini and back", () => {
    expect(definition(atCursor(stack({ nginx: "<|>" })))?.to.map(({ uri }) => uri)).toEqual(["file:///w/etc/uwsgi/vassals/shop.ini"]);
    expect(references(atCursor(stack({ uwsgi: "<|>" })), false)).toHaveLength(3);
  });

  test("one rename changes all of them, each in its own spelling", () => {
    const next = renamedTo(stack({ uwsgi: "<|>" }), "/run/uwsgi/new.sock");
    expect(next).toEqual({
      "etc/nginx/conf.d/shop.conf": "upstream shop { server unix:/run/uwsgi/new.sock; }\nserver { location / { uwsgi_pass shop; } }\n",
      "etc/nginx/conf.d/admin.conf": "server { location / { uwsgi_pass unix:///run/uwsgi/new.sock; } }\n",
      "etc/uwsgi/vassals/shop.ini": "[uwsgi]\nsocket = /run/uwsgi/new.sock\n",
      "etc/systemd/system/shop.service": expect.stringContaining("chmod 666 /run/uwsgi/new.sock"),
    });
    expect(renamedTo(stack({ uwsgi: "<|>" }), "no path")).toBe("Write the absolute path of a socket.");
  });

  test("ports, with or without a host", () => {
    const tcp = `
#- etc/nginx/conf.d/shop.conf
  server { location / { uwsgi_pass 127.0.0.1:30<|>31; } }
#- etc/uwsgi/vassals/shop.ini
  [uwsgi]
  socket = :3031
`;
    expect(renamedTo(tcp, "4000")).toEqual({
      "etc/nginx/conf.d/shop.conf": "server { location / { uwsgi_pass 127.0.0.1:4000; } }\n",
      "etc/uwsgi/vassals/shop.ini": "[uwsgi]\nsocket = :4000\n",
    });
    expect(renamedTo(tcp, "127.0.0.1:4000")).toMatchObject({ "etc/uwsgi/vassals/shop.ini": "[uwsgi]\nsocket = 127.0.0.1:4000\n" });
  });

  test("a relative path is renamed by what it comes to", () => {
    const relative = `
#- etc/nginx/conf.d/shop.conf
  server { location / { uwsgi_pass unix:/srv/shop/shop.sock; } }
#- etc/uwsgi/vassals/shop.ini
  [uwsgi]
  chdir = /srv/shop
  socket = sh<|>op.sock
`;
    expect(namedAt(atCursor(relative))?.text).toBe("/srv/shop/shop.sock");
    expect(renamedTo(relative, "/run/x.sock")).toEqual({
      "etc/nginx/conf.d/shop.conf": "server { location / { uwsgi_pass unix:/run/x.sock; } }\n",
      "etc/uwsgi/vassals/shop.ini": "[uwsgi]\nchdir = /srv/shop\nsocket = /run/x.sock\n",
    });
  });
});

describe("placeholders and sections", () => {
  test("a placeholder in every file of the process", () => {
    expectPlaces(
      `
#- etc/uwsgi/base.ini
  [uwsgi]
  chdir = /srv/%(project)
#                ^^^^^^^ uses
#- etc/uwsgi/shop.ini
  [uwsgi]
  project = shop
# ^^^^^^^ defines
  ini = /etc/uwsgi/base.ini
  socket = /run/%(pro<|>ject).sock
#                 ^^^^^^^ uses
  set-placeholder = path=%(project)/x
#                          ^^^^^^^ uses
`,
      all,
    );
  });

  test("rename of a placeholder, never of an option", () => {
    expect(renamedTo("#- app.ini\n  [uwsgi]\n  pro<|>ject = a\n  chdir = /srv/%(project)", "app")).toEqual({
      "app.ini": "[uwsgi]\napp = a\nchdir = /srv/%(app)\n",
    });
    expect(renamedTo("#- app.ini\n  [uwsgi]\n  pro<|>ject = a\n  chdir = /srv/%(project)", "socket")).toBe("socket is an option of uWSGI.");
    expect(renamedTo("#- app.ini\n  [uwsgi]\n  soc<|>ket = :1", "x")).toBe("socket is an option of uWSGI.");
  });

  test("sections and who asks for them", () => {
    expectPlaces(
      `
#- etc/uwsgi/app.ini
  [uwsgi]
  ini = :prod
#        ^^^^ uses
  [pr<|>od]
#  ^^^^ defines
  master = true
#- etc/uwsgi/other.ini
  [uwsgi]
  ini = /etc/uwsgi/app.ini:prod
#                          ^^^^ uses
#- etc/systemd/system/app.service
  [Service]
  ExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/app.ini:prod
#                                                   ^^^^ uses
`,
      all,
    );
    expect(renamedTo("#- app.ini\n  [uwsgi]\n  ini = :pr<|>od\n  [prod]\n  master = 1", "live")).toEqual({
      "app.ini": "[uwsgi]\nini = :live\n[live]\nmaster = 1\n",
    });
    expect(renamedTo("#- app.ini\n  [uw<|>sgi]\n  ini = :uwsgi", "live")).toContain("[uwsgi]");
  });
});

describe("names of nginx", () => {
  test("variables through includes", () => {
    expectPlaces(
      `
#- etc/nginx/nginx.conf
  http {
    map $uri $kind { default a; }
#             ^^^^ defines
    include conf.d/*.conf;
  }
#- etc/nginx/conf.d/a.conf
  server { return 200 "\${ki<|>nd}x$kind"; }
#                        ^^^^ uses
#                               ^^^^ uses
`,
      all,
    );
  });

  test("upstreams, zones, log formats, named locations", () => {
    const http = (inner: string): string => `#- nginx.conf\n  http { ${inner} }`;
    expect(renamedTo(http("upstream sh<|>op { server :1; } server { location / { proxy_pass http://shop/x; } }"), "web")).toEqual({
      "nginx.conf": "http { upstream web { server :1; } server { location / { proxy_pass http://web/x; } } }\n",
    });
    expect(renamedTo(http("limit_req_zone $uri zone=sl<|>ow:1m rate=1r/s; server { limit_req zone=slow burst=1; }"), "calm")).toEqual({
      "nginx.conf": "http { limit_req_zone $uri zone=calm:1m rate=1r/s; server { limit_req zone=calm burst=1; } }\n",
    });
    expect(renamedTo(http("log_format ma<|>in $uri; access_log /x main;"), "short")).toEqual({
      "nginx.conf": "http { log_format short $uri; access_log /x short; }\n",
    });
    const named = http("server { error_page 502 @do<|>wn; location @down {} } server { location @down {} }");
    expect(renamedTo(named, "off")).toEqual({
      "nginx.conf": "http { server { error_page 502 @off; location @off {} } server { location @down {} } }\n",
    });
    expect(renamedTo(http("server { return 200 $u<|>ri; }"), "x")).toBe("$uri is a variable of nginx itself.");
  });

  test("the definition of an upstream", () => {
    expectPlaces(
      `
#- nginx.conf
  http { upstream shop { server :1; } server { location / { uwsgi_pass sh<|>op; } } }
#                 ^^^^ here
`,
      defined,
    );
  });
});

describe("files", () => {
  const to = (picture: string): readonly string[] =>
    (definition(atCursor(picture))?.to ?? []).map(({ uri, span }) => `${uri.slice("file:///w/".length)}:${span.start}`);

  test("includes of both languages, sections in them", () => {
    expect(
      to(
        "#- etc/nginx/nginx.conf\n  http { include conf<|>.d/*.conf; }\n#- etc/nginx/conf.d/a.conf\n  server { listen 80; }\n#- etc/nginx/conf.d/b.conf\n  server { listen 81; }",
      ),
    ).toEqual(["etc/nginx/conf.d/a.conf:0", "etc/nginx/conf.d/b.conf:0"]);
    expect(to("#- etc/uwsgi/a.ini\n  [uwsgi]\n  ini = /etc/uw<|>sgi/base.ini\n#- etc/uwsgi/base.ini\n  [uwsgi]")).toEqual([
      "etc/uwsgi/base.ini:0",
    ]);
  });

  test("the Python file of an application, at the callable", () => {
    const python = "#- srv/shop/shop/wsgi.py\n  import os\n  application = get_wsgi_application()";
    expect(to(`${python}\n#- etc/uwsgi/a.ini\n  [uwsgi]\n  module = shop.ws<|>gi:application`)).toEqual(["srv/shop/shop/wsgi.py:10"]);
    expect(to(`${python}\n#- etc/uwsgi/a.ini\n  [uwsgi]\n  chdir = /srv/shop\n  wsgi-file = shop/ws<|>gi.py`)).toEqual([
      "srv/shop/shop/wsgi.py:10",
    ]);
  });

  test("logs, where they lie in the workspace", () => {
    const log = "#- var/log/uwsgi/shop.log\n  started\n#- var/log/nginx/shop.log\n  GET /";
    expect(to(`${log}\n#- etc/uwsgi/a.ini\n  [uwsgi]\n  logto = /var/log/uws<|>gi/shop.log`)).toEqual(["var/log/uwsgi/shop.log:0"]);
    expect(to(`${log}\n#- etc/uwsgi/a.ini\n  [uwsgi]\n  daemonize = /var/log/uws<|>gi/shop.log`)).toEqual(["var/log/uwsgi/shop.log:0"]);
    expect(to(`${log}\n#- etc/nginx/nginx.conf\n  http { access_log /var/log/ngi<|>nx/shop.log; }`)).toEqual(["var/log/nginx/shop.log:0"]);
    expect(to("#- etc/nginx/nginx.conf\n  http { access_log o<|>ff; }")).toEqual([]);
  });

  test("the vassals of an emperor", () => {
    expect(
      to(
        "#- etc/uwsgi/emperor.ini\n  [uwsgi]\n  emperor = /etc/uwsgi/vas<|>sals\n#- etc/uwsgi/vassals/a.ini\n  [uwsgi]\n#- etc/uwsgi/vassals/b.ini\n  [uwsgi]",
      ),
    ).toEqual(["etc/uwsgi/vassals/a.ini:0", "etc/uwsgi/vassals/b.ini:0"]);
  });
});
