import { describe, expect, test } from "vitest";
import { callablesAt, incoming, outgoing } from "../../server/src/ide/navigate/calls";
import { fileLinks, folderLinks } from "../../server/src/ide/navigate/files";
import { folds, selections } from "../../server/src/ide/navigate/folding";
import { type DocumentSymbol, documentSymbols, workspaceSymbols } from "../../server/src/ide/navigate/symbols";
import { atCursor } from "../support/ide";

const stack = (cursor: { nginx?: string; vassal?: string; emperor?: string }): string => `
#- etc/nginx/nginx.conf
  http {
    upstream shop {
      server unix:/run/shop.sock;
    }
    server {
      server_name shop.example;
      # first
      # second
      location / {${cursor.nginx ?? ""}
        uwsgi_pass shop;
      }
    }
    include mime.types;
  }
#- etc/nginx/mime.types
  types { text/html html; }
#- etc/uwsgi/emperor.ini
  [uwsgi]
  emperor = /etc/uwsgi/vassals${cursor.emperor ?? ""}
#- etc/uwsgi/vassals/shop.ini
  [uwsgi]${cursor.vassal ?? ""}
  socket = /run/shop.sock
  ini = :more
  
  [more]
  master = true
`;

describe("calls", () => {
  test("location → upstream → application, and back", () => {
    const { workspace, ...at } = atCursor(stack({ nginx: "<|>" }));
    const [location] = callablesAt({ workspace, ...at });
    expect(location?.name).toBe("location /");
    const [upstream] = outgoing(workspace, location!);
    expect(upstream?.to.name).toBe("upstream shop");
    const [app] = outgoing(workspace, upstream!.to);
    expect(app?.to).toMatchObject({ name: "shop.ini", detail: "/run/shop.sock" });
    expect(incoming(workspace, app!.to).map(({ to }) => to.name)).toEqual(["emperor.ini", "upstream shop"]);
    expect(incoming(workspace, upstream!.to).map(({ to }) => to.name)).toEqual(["location /"]);
  });

  test("emperor → vassal", () => {
    const at = atCursor(stack({ emperor: "<|>" }));
    const [emperor] = callablesAt(at);
    expect(outgoing(at.workspace, emperor!).map(({ to }) => to.name)).toEqual(["shop.ini"]);
  });
});

describe("outline", () => {
  const flat = (symbols: readonly DocumentSymbol[], depth = 0): readonly string[] =>
    symbols.flatMap((one) => [`${" ".repeat(depth)}${one.name}${one.detail ? ` | ${one.detail}` : ""}`, ...flat(one.children, depth + 1)]);

  test("of nginx and uWSGI", () => {
    expect(flat(documentSymbols(atCursor(stack({ nginx: "<|>" })).document))).toEqual([
      "http",
      " upstream shop",
      "  server | unix:/run/shop.sock",
      " server | shop.example",
      "  server_name | shop.example",
      "  location / | shop",
      "   uwsgi_pass | shop",
      " include | mime.types",
    ]);
    expect(flat(documentSymbols(atCursor(stack({ vassal: "<|>" })).document))).toEqual([
      "[uwsgi]",
      " socket | /run/shop.sock",
      " ini | :more",
      "[more]",
      " master | true",
    ]);
  });

  test("of the workspace", () => {
    const { workspace } = atCursor(stack({ nginx: "<|>" }));
    const names = (query: string): readonly string[] => workspaceSymbols(workspace, query).map((one) => one.name);
    expect(names("shop")).toEqual(["shop.ini", "socket /run/shop.sock", "server shop.example", "upstream shop"]);
    expect(names("sckt")).toEqual(["socket /run/shop.sock"]);
    expect(names("[more")).toEqual(["[more]"]);
  });

  test("folding", () => {
    const lines = (picture: string): readonly string[] =>
      folds(atCursor(picture).document).map(({ startLine, endLine, kind }) => `${startLine}-${endLine} ${kind}`);
    expect(lines(stack({ nginx: "<|>" }))).toEqual(["0-12 region", "1-2 region", "4-10 region", "8-9 region", "6-7 comment"]);
    expect(lines(stack({ vassal: "<|>" }))).toEqual(["0-2 region", "4-5 region"]);
  });

  test("selections grow from the word outwards", () => {
    const at = atCursor(stack({ nginx: "<|>" }));
    const offset = at.document.text.indexOf("uwsgi_pass") + 2;
    const texts = selections(at.document, offset).map(({ start, end }) => at.document.text.slice(start, end).replace(/\s+/g, " "));
    expect(texts.slice(0, 4)).toEqual(["uwsgi_pass", "uwsgi_pass shop;", "{ uwsgi_pass shop; }", "location / { uwsgi_pass shop; }"]);
    expect(texts.at(-1)).toBe(at.document.text.replace(/\s+/g, " "));
  });

  test("links to files", () => {
    const links = (picture: string): readonly string[] => {
      const { workspace, document } = atCursor(picture);
      return fileLinks(workspace, document).map(
        ({ span, targets }) =>
          `${document.text.slice(span.start, span.end)} → ${targets.map(({ uri }) => uri.slice("file:///w/".length)).join(" ")}`,
      );
    };
    expect(links(stack({ nginx: "<|>" }))).toEqual(["mime.types → etc/nginx/mime.types"]);
    expect(links(stack({ emperor: "<|>" }))).toEqual(["/etc/uwsgi/vassals → etc/uwsgi/vassals/shop.ini"]);
  });

  test("links to folders in which files of the workspace lie", () => {
    const { workspace } = atCursor(`#- etc/uwsgi/shop.ini
  <|>[uwsgi]
  home = /srv
  app = shop
  chdir = %(home)/%(app)
  pythonpath = /opt/elsewhere
#- etc/nginx/nginx.conf
  events {}
  http { server { root /srv/shop; location /s { alias "/srv/shop/static/"; } } }
#- srv/shop/app.py
  x = 1`);
    const links = (uri: string): readonly string[] => {
      const document = workspace.get(uri);
      if (!document) return [];
      return folderLinks(workspace, document).map(({ span, folder }) => `${document.text.slice(span.start, span.end)} → ${folder}`);
    };
    expect(links("file:///w/etc/uwsgi/shop.ini")).toEqual(["/srv → file:///w/srv", "%(home)/%(app) → file:///w/srv/shop"]);
    expect(links("file:///w/etc/nginx/nginx.conf")).toEqual(["/srv/shop → file:///w/srv/shop"]);
  });

  test("a block nested 100,000 deep", () => {
    const at = atCursor(`#- nginx.conf\n  ${"a{".repeat(100_000)}<|>`);
    expect(documentSymbols(at.document)).toHaveLength(1);
    expect(folds(at.document)).toEqual([]);
    expect(selections(at.document, at.offset).length).toBeGreaterThan(1);
  });
});
