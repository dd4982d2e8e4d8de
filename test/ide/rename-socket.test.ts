// One rename of a socket, through every file that names it; values made of placeholders change where their text is.
import { describe, expect, test } from "vitest";
import { definition } from "../../server/src/ide/navigate/go";
import { namedAt } from "../../server/src/ide/navigate/named";
import type { Fixture } from "../support/fixture";
import { atCursor, renamedTo } from "../support/ide";

const CURSOR = "<|>";
const NGINX = `server { location / { uwsgi_pass unix:/run/${CURSOR}shop.sock; } }\n`;
type Files = Readonly<Record<string, string>>;

function fixtureOf(files: Files): Fixture {
  const cursors: { path: string; offset: number }[] = [];
  const texts = Object.entries(files).map(([path, text]): [string, string] => {
    const offset = text.indexOf(CURSOR);
    if (offset >= 0) cursors.push({ path, offset });
    return [path, text.replace(CURSOR, "")];
  });
  return { files: new Map(texts), notes: [], cursors };
}

/** All files after the rename, or why there is none. */
function renamed(files: Files, name: string): Files | string {
  const fixture = fixtureOf(files);
  const changed = renamedTo(fixture, name);
  return typeof changed === "string" ? changed : { ...Object.fromEntries(fixture.files), ...changed };
}

const plain = (files: Files): Files => Object.fromEntries(fixtureOf(files).files);

const EVERYWHERE: Files = {
  "etc/nginx/conf.d/shop.conf": NGINX,
  "etc/nginx/conf.d/more.conf":
    "upstream shop { server unix:/run/shop.sock max_fails=0; }\nserver { listen 81; location / { uwsgi_pass shop; } }\n",
  "etc/uwsgi/vassals/shop.ini": "[uwsgi]\nsocket = /run/shop.sock\n",
  "etc/systemd/system/shop.service":
    "[Service]\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/vassals/shop.ini\nExecStartPost=/bin/chmod 666 /run/shop.sock\n",
  "etc/systemd/system/shop.socket": "[Socket]\nListenStream=/run/shop.sock\n",
  "etc/tmpfiles.d/shop.conf": "r /run/shop.sock\n",
  "compose.yaml": "services:\n  web:\n    image: nginx\n    volumes:\n      - /run/shop.sock:/run/shop.sock\n",
};

const SHARED: Files = {
  "etc/uwsgi/vassals/shop.ini": "[uwsgi]\nname = shop\nini = /etc/uwsgi/base.ini\n",
  "etc/uwsgi/vassals/blog.ini": "[uwsgi]\nname = blog\nini = /etc/uwsgi/base.ini\n",
  "etc/uwsgi/base.ini": "[uwsgi]\nsocket = /run/%(name).sock\n",
};

const WORKING: readonly (readonly [string, Files, string, Files])[] = [
  [
    "every file that names it",
    EVERYWHERE,
    "/run/uwsgi/new.sock",
    Object.fromEntries(
      Object.entries(plain(EVERYWHERE)).map(([path, text]) => [path, text.replaceAll("/run/shop.sock", "/run/uwsgi/new.sock")]),
    ),
  ],
  [
    "the text around a magic letter",
    { "etc/nginx/conf.d/a.conf": NGINX, "etc/uwsgi/vassals/shop.ini": "[uwsgi]\nsocket = /run/%n.sock\n" },
    "/run/uwsgi/shop.sock",
    {
      "etc/nginx/conf.d/a.conf": "server { location / { uwsgi_pass unix:/run/uwsgi/shop.sock; } }\n",
      "etc/uwsgi/vassals/shop.ini": "[uwsgi]\nsocket = /run/uwsgi/%n.sock\n",
    },
  ],
  [
    "the one definition of a placeholder",
    { "etc/nginx/conf.d/a.conf": NGINX, "etc/uwsgi/vassals/a.ini": "[uwsgi]\nname = shop\nsocket = /run/%(name).sock\n" },
    "/run/forum.sock",
    {
      "etc/nginx/conf.d/a.conf": "server { location / { uwsgi_pass unix:/run/forum.sock; } }\n",
      "etc/uwsgi/vassals/a.ini": "[uwsgi]\nname = forum\nsocket = /run/%(name).sock\n",
    },
  ],
  [
    "a definition in another file",
    {
      "etc/nginx/conf.d/a.conf": NGINX,
      "etc/uwsgi/vassals/a.ini": "[uwsgi]\nset-placeholder = where=/run/shop.sock\nini = /etc/uwsgi/base.ini\n",
      "etc/uwsgi/base.ini": "[uwsgi]\nsocket = %(where)\n",
    },
    "/run/uwsgi/x.sock",
    {
      "etc/nginx/conf.d/a.conf": "server { location / { uwsgi_pass unix:/run/uwsgi/x.sock; } }\n",
      "etc/uwsgi/vassals/a.ini": "[uwsgi]\nset-placeholder = where=/run/uwsgi/x.sock\nini = /etc/uwsgi/base.ini\n",
      "etc/uwsgi/base.ini": "[uwsgi]\nsocket = %(where)\n",
    },
  ],
  [
    "one of several applications that share a file",
    { "etc/nginx/conf.d/a.conf": NGINX, ...SHARED },
    "/run/forum.sock",
    {
      "etc/nginx/conf.d/a.conf": "server { location / { uwsgi_pass unix:/run/forum.sock; } }\n",
      ...SHARED,
      "etc/uwsgi/vassals/shop.ini": "[uwsgi]\nname = forum\nini = /etc/uwsgi/base.ini\n",
    },
  ],
  [
    "asked from the value itself",
    { "etc/nginx/conf.d/a.conf": NGINX.replace(CURSOR, ""), "etc/uwsgi/vassals/shop.ini": `[uwsgi]\nsocket = /r${CURSOR}un/%n.sock\n` },
    "/tmp/shop.sock",
    {
      "etc/nginx/conf.d/a.conf": "server { location / { uwsgi_pass unix:/tmp/shop.sock; } }\n",
      "etc/uwsgi/vassals/shop.ini": "[uwsgi]\nsocket = /tmp/%n.sock\n",
    },
  ],
  [
    "a port with a definition that a router uses as well",
    {
      "etc/nginx/conf.d/a.conf": `server { location / { uwsgi_pass 127.0.0.1:30${CURSOR}31; } }\n`,
      "etc/uwsgi/vassals/a.ini": "[uwsgi]\nport = 3031\nsocket = 127.0.0.1:%(port)\nhttp = :8080\nhttp-to = 127.0.0.1:%(port)\n",
    },
    "4031",
    {
      "etc/nginx/conf.d/a.conf": "server { location / { uwsgi_pass 127.0.0.1:4031; } }\n",
      "etc/uwsgi/vassals/a.ini": "[uwsgi]\nport = 4031\nsocket = 127.0.0.1:%(port)\nhttp = :8080\nhttp-to = 127.0.0.1:%(port)\n",
    },
  ],
];

const nginx = { "etc/nginx/conf.d/a.conf": NGINX };
const REFUSED: readonly (readonly [string, Files, string, string])[] = [
  ["a magic letter", { ...nginx, "etc/uwsgi/vassals/shop.ini": "[uwsgi]\nsocket = /run/%n.sock\n" }, "/run/x.sock", "%n comes to"],
  [
    "a placeholder that other lines use",
    { ...nginx, "etc/uwsgi/vassals/a.ini": "[uwsgi]\nname = shop\nsocket = /run/%(name).sock\nchdir = /srv/%(name)\n" },
    "/run/x.sock",
    "other lines use",
  ],
  [
    "a placeholder defined twice",
    { ...nginx, "etc/uwsgi/vassals/a.ini": "[uwsgi]\nname = shop\nname = forum\nsocket = /run/%(name).sock\n" },
    "/run/x.sock",
    "single text",
  ],
  [
    "an option",
    { ...nginx, "etc/uwsgi/vassals/a.ini": "[uwsgi]\nproject = x\nprocname = shop\nsocket = /run/%(procname).sock\n" },
    "/run/x.sock",
    "no text that could be changed",
  ],
  [
    "a change across a border",
    { ...nginx, "etc/uwsgi/vassals/shop.ini": "[uwsgi]\nname = shop\nsocket = /run/%(name).sock\n" },
    "/run/forum.socket",
    "reaches over",
  ],
  [
    "a line for several applications",
    {
      ...nginx,
      ...SHARED,
    },
    "/run/uwsgi/shop.sock",
    "several addresses",
  ],
];

describe("rename of a socket", () => {
  test.each(WORKING)("changes %s, and back to the very text", (_, files, name, after) => {
    const next = renamed(files, name);
    expect(next).toEqual(after);
    if (typeof next === "string") return;
    const before = fixtureOf(files);
    const old = namedAt(atCursor(before))?.text ?? "";
    // The cursor stays where it was: inside of the address.
    const [{ path, offset } = { path: "", offset: 0 }] = before.cursors;
    const text = next[path] ?? "";
    expect(renamed({ ...next, [path]: text.slice(0, offset) + CURSOR + text.slice(offset) }, old)).toEqual(plain(files));
  });

  test.each(REFUSED)("is refused for %s, with the reason", (_, files, name, why) => {
    expect(definition(atCursor(fixtureOf(files)))?.to.length).toBeGreaterThan(0);
    expect(renamed(files, name)).toContain(why);
  });

  test("a variable of nginx is left alone", () => {
    expect(renamed({ "a.conf": `server { set $s /run/x.sock; location / { uwsgi_pass unix:${CURSOR}$s; } }\n` }, "/run/y.sock")).toBe(
      "This cannot be the name of a variable.",
    );
  });
});
