import { describe, expect, test } from "vitest";
import { diagnose } from "../../server/src/ide/diagnose";
import { effectiveDocument } from "../../server/src/ide/effective";
import { inlays } from "../../server/src/ide/glance/inlays";
import { lenses } from "../../server/src/ide/glance/lenses";
import { bytesWords, secondsWords } from "../../server/src/ide/glance/quantities";
import { tokens } from "../../server/src/ide/glance/tokens";
import { stackOf } from "../../server/src/stack/stack";
import { atCursor } from "../support/ide";

const stack = (cursor: { nginx?: string; uwsgi?: string; emperor?: string }, mode = "664", pass = "unix:/run/uwsgi/shop.sock"): string => `
#- etc/nginx/nginx.conf
  user www-data;${cursor.nginx ?? ""}
  events {}
  http { server { location / {
    uwsgi_pass ${pass};
  } } }
#- etc/uwsgi/emperor.ini
  [uwsgi]${cursor.emperor ?? ""}
  uid = root
  emperor = /etc/uwsgi/vassals
  vassals-include = /etc/uwsgi/common.ini
#- etc/uwsgi/common.ini
  [uwsgi]
  master = true
#- etc/uwsgi/vassals/shop.ini
  [uwsgi]${cursor.uwsgi ?? ""}
  uid = shop
  gid = www-data
  socket = /run/uwsgi/%n.sock
  chmod-socket = ${mode}
  buffer-size = 32768
  harakiri = 90
  limit-as = 512
  chdir = /srv/%(app)
  app = shop
`;

const lensesOf = (picture: string): readonly string[] => {
  const { workspace, document } = atCursor(picture, {
    system: { paths: [{ path: "/run/uwsgi", type: "dir", owner: "shop", group: "www-data", mode: "0755" }] },
  });
  const findings = diagnose(document, { workspace, stack: stackOf(workspace) });
  return lenses(workspace, document, findings).map(({ span, title }) => `${document.lines.line(span.start) + 1}: ${title}`);
};
const inlaysOf = (picture: string): readonly string[] => {
  const { workspace, document } = atCursor(picture);
  return inlays(workspace, document, { start: 0, end: document.text.length }).map(
    ({ offset, text }) => `${document.lines.line(offset) + 1}: ${text}`,
  );
};

describe("code lenses", () => {
  test("above a pass: who answers, as whom, with which mode, and whether nginx can connect", () => {
    expect(lensesOf(stack({ nginx: "<|>" }))).toEqual(["4: shop.ini:4, runs as shop, mode 664: nginx can connect"]);
    expect(lensesOf(stack({ nginx: "<|>" }, "600"))).toEqual(["4: shop.ini:4, runs as shop, mode 600: nginx cannot connect"]);
  });

  test("above a pass to a socket that speaks otherwise", () => {
    const http = stack({ nginx: "<|>" }).replace("  socket =", "  http-socket =");
    expect(lensesOf(http)).toEqual(["4: shop.ini:4, runs as shop, mode 664: they speak different protocols"]);
  });

  test("above a pass to nobody", () => {
    const [lens] = lensesOf(stack({ nginx: "<|>" }, "664", "unix:/run/uwsgi/other.sock"));
    expect(lens).toMatch(/^4: nobody binds \/run\/uwsgi\/other\.sock; shop\.ini:4/);
  });

  test("above a socket", () => {
    expect(lensesOf(stack({ uwsgi: "<|>" }))).toEqual(["4: served by nginx.conf:4"]);
    expect(lensesOf(stack({ uwsgi: "<|>" }, "664", "unix:/run/uwsgi/other.sock"))).toEqual(["4: no nginx location reaches this"]);
  });
});

describe("inlay hints", () => {
  test("values, modes, sizes, times, what is inherited", () => {
    expect(inlaysOf(stack({ uwsgi: "<|>" }))).toEqual([
      "1: + 1 option from common.ini",
      "4: = /run/uwsgi/shop.sock",
      "5: rw-rw-r--",
      "6: 32 KiB",
      "7: 1 minute 30 seconds",
      "8: 512 MiB",
      "9: = /srv/shop",
    ]);
  });

  test("numbers in words", () => {
    expect([bytesWords(1023), bytesWords(1024), bytesWords(65535), bytesWords(5 * 1024 ** 3)]).toEqual([
      undefined,
      "1 KiB",
      "≈ 64 KiB",
      "5 GiB",
    ]);
    expect([secondsWords(59), secondsWords(60), secondsWords(3661), secondsWords(90_000)]).toEqual([
      undefined,
      "1 minute",
      "1 hour 1 minute",
      "1 day 1 hour",
    ]);
  });
});

test("semantic tokens", () => {
  const { workspace, document } = atCursor("#- app.ini\n  [uwsgi]<|>\n  project = x\n  chdir = /a/%n/%(project)\n  if-env = A\n  endif =");
  expect(tokens(workspace, document).map(({ start, end, type }) => `${type} ${document.text.slice(start, end)}`)).toEqual([
    "namespace uwsgi",
    "variable project",
    "property chdir",
    "macro %n",
    "variable %(project)",
    "keyword if-env",
    "keyword endif",
  ]);
  const nginx = atCursor(
    "#- nginx.conf\n  http {<|> upstream a { server :1; } server { location / { set $x 1; proxy_pass http://a/$x; } } }",
  );
  expect(tokens(nginx.workspace, nginx.document).map(({ start, end, type }) => `${type} ${nginx.document.text.slice(start, end)}`)).toEqual(
    ["class a", "variable $x", "variable $x"],
  );
});

test("the effective configuration, with its origins", () => {
  const { workspace, document } = atCursor(stack({ uwsgi: "<|>" }));
  const found = effectiveDocument(workspace, document, {});
  const lines = found?.text.split("\n") ?? [];
  expect(lines).toContain("chdir = /srv/shop");
  expect(lines.find((line) => line.startsWith("master"))).toMatch(/^master = true\s+; from common\.ini$/);
  const at = lines.indexOf("chdir = /srv/shop");
  expect(document.text.slice(found?.origins[at]?.span.start, found?.origins[at]?.span.end)).toBe("chdir = /srv/%(app)");
  expect(found?.choices).toEqual([{ label: "shop.ini", description: "vassal of emperor.ini", by: "file:///w/etc/uwsgi/emperor.ini" }]);
});
