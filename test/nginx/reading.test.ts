import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAddress, parseIp6 } from "../../server/src/model/nginx/address";
import { inferContext } from "../../server/src/model/nginx/infer";
import { readConfiguration } from "../../server/src/model/nginx/read";
import type { Source } from "../../server/src/model/nginx/reading";
import { readRegex } from "../../server/src/model/nginx/regex";
import { parseNumber, parseOffset, parseSize, parseTime } from "../../server/src/model/nginx/values";
import { parseNginx } from "../../server/src/syntax/nginx";
import { costOf } from "../support/cost";

const source = (text: string, uri = "nginx.conf"): Source => ({ uri, text, tree: parseNginx(text) });
const codes = (text: string, release?: string): readonly string[] => {
  const tree = parseNginx(text);
  return readConfiguration(source(text), inferContext(tree.directives), release === undefined ? {} : { release }).problems.map((problem) =>
    problem.code.replace("nginx-", ""),
  );
};
const whole = (http: string): string => `events {}\nhttp {\n${http}\n}\n`;

describe("what nginx refuses", () => {
  it.each([
    ["server { listen 80; location / { try_files $uri =404; } }", []],
    ["server { listen 80; location / { listen 80; } }", ["context"]],
    ["server { listen 80; root; }", ["arguments"]],
    ["server { listen 80 { } }", ["arguments"]],
    ["server { gzip maybe; }", ["invalid-value"]],
    ["server { location / { proxy_pass http://a; } location ^~ / { return 204; } }", ["duplicate"]],
    ["server { location /a { location /b { return 204; } } }", ["location"]],
    ["server { location @a { location /b { return 204; } } }", ["location"]],
    ["server { location ~ ^/a { location ~ b { return 204; } } }", []],
    ["server { if ($a ~ (b) { return 204; } }", ["regex"]],
    ["server { set host a; }", ["variable-syntax"]],
    ["server { set $host a; }", ["duplicate"]],
    ["server { location / { uwsgi_pass unix:; } }", ["address"]],
    ["upstream a { server 127.0.0.1:1; } server { location / { uwsgi_pass a:3031; } }", ["address"]],
    ["upstream a { }", ["invalid-value"]],
    ["upstream a { ip_hash; server 127.0.0.1:1; server 127.0.0.1:2 backup; }", ["invalid-value"]],
    ["map $a $b { x; }", ["arguments"]],
    ["map $a $b { default 1; default 2; }", ["duplicate"]],
    ["limit_req_zone $a zone=b:1k rate=1r/s;", ["invalid-value"]],
    ["server { listen 80; listen *:80; }", ["listen"]],
    ["sever { listen 80; }", ["unknown-directive"]],
    ["server { more_set_headers 'A: b'; vhost_traffic_status_whatever on; }", []],
    ["types { text/html html { } }", ["syntax"]],
  ])("%s", (text, wanted) => {
    expect(codes(text)).toEqual(wanted);
  });

  it.each([
    [whole("server { return 200 $nothing; }"), ["unknown-variable"]],
    [whole("server { return 200 $jwt_claim_sub; } lua_shared_dict a 1m;"), []],
    [whole("server { access_log a.log b; } log_format b 'x';"), ["unknown-name"]],
    [whole("server { limit_req zone=a; }"), ["unknown-name"]],
    [whole("include conf.d/*.conf;\nserver { limit_req zone=a; return 200 $nothing; }"), []],
    ["http { }", ["missing-section"]],
    ["http { include conf.d/*.conf; }", ["missing-section"]],
    ["include events.conf;\nhttp { }", []],
    [whole("access_log a.log main;\ninclude conf.d/*.conf;"), ["unknown-name"]],
    [whole("include conf.d/*.conf;\naccess_log a.log main;"), []],
    [whole("limit_req_zone $uri zone=a:1m rate=1r/s;\nserver { limit_req zone=; }"), ["unknown-name"]],
    [whole("server { valid_referers none blocked; }"), ["invalid-value"]],
    [whole("server { valid_referers a.b .a.b; }"), ["duplicate"]],
    [whole("map $uri $a { hostnames; .a.b 1; a.b 2; }"), ["duplicate"]],
    [whole("split_clients $uri $a { * a; 10% b; }"), ["invalid-value"]],
    [whole("charset_map a b { 80 E282AC; }"), ["invalid-value"]],
    [whole("server { location / { limit_except TRACE { deny all; } } }"), ["invalid-value"]],
    [whole("server { location / { secure_link $uri; secure_link_secret b; } }"), ["invalid-value"]],
    ["events {}\nstream { server { proxy_pass 127.0.0.1:1; } }", ["missing-section"]],
    ["events {}\nstream { server { listen 1; } }", ["missing-section"]],
    ["events {}\nstream { server { listen 1 ssl; return a; } }", ["missing-certificate"]],
    ["events {}\nstream { server { listen *; return a; } }", []],
    [whole("map $uri $a { 1 2; }\nmap_hash_bucket_size 128;"), []],
  ])("in a whole configuration: %s", (text, wanted) => {
    expect(codes(text)).toEqual(wanted);
  });

  it("knows releases", () => {
    expect(codes("server { http2 on; }", "1.22.1")).toEqual(["unknown-directive"]);
    expect(codes("server { http2 on; }", "1.25.1")).toEqual([]);
    expect(codes("server { ssl off; }", "1.22.1")).toEqual([]);
    expect(codes("server { ssl off; }", "1.25.1")).toEqual(["unknown-directive"]);
    expect(codes("server { http2 on; ssl off; }")).toEqual([]);
  });

  it("says nothing about what is filled in elsewhere", () => {
    for (const text of [
      "server { listen {{ port }} foo; }",
      "server { listen ${PORT}; }",
      "server { root <path to code>/static; }",
      "server { client_max_body_size __SIZE__; }",
    ])
      expect(codes(text)).toEqual([]);
  });
});

describe("includes", () => {
  const read = (files: Readonly<Record<string, string>>) =>
    readConfiguration(source(files["nginx.conf"] ?? ""), "main", {
      include: (path) => (path in files ? [source(files[path] ?? "", path)] : path.startsWith("none") ? null : undefined),
    });

  it("are read where they stand", () => {
    const { problems, complete } = read({
      "nginx.conf": whole("include a;\nserver { include b; }"),
      a: "map $uri $c { default 1; }",
      b: "return 200 $c;\nserver_names_hash_max_size 1;",
    });
    expect(problems.map(({ uri, code }) => [uri, code])).toEqual([["b", "nginx-context"]]);
    expect(complete).toBe(true);
  });

  it("that are missing, unseen or circular are three different things", () => {
    expect(read({ "nginx.conf": "include none;" }).problems.map((problem) => problem.code)).toEqual(["nginx-missing-include"]);
    expect(read({ "nginx.conf": "include other;" })).toMatchObject({ problems: [], complete: false });
    expect(read({ "nginx.conf": "include a;", a: "include nginx.conf;" }).problems.map((problem) => problem.code)).toEqual([
      "nginx-include-cycle",
    ]);
  });
});

describe("parts of a configuration", () => {
  it.each([
    ["server { listen 80; }", "http"],
    ["listen 80; server_name a;", "http.server"],
    ["location / { }", "http.server"],
    ["proxy_pass http://a; proxy_set_header A b;", "http.location"],
    ["server 127.0.0.1:80;", "http.upstream"],
    ["worker_processes 1;", "main"],
    ["http { }", "main"],
    ["server { listen 12345; proxy_pass 127.0.0.1:1; }", "stream"],
    ["server { listen 80; proxy_pass http://127.0.0.1:1; }", "http"],
    ["if ($a) { add_header A b; }", "http.location"],
    ["uwsgi_param A b;", "http"],
    ["", "http"],
  ])("%s", (text, context) => {
    expect(inferContext(parseNginx(text).directives)).toBe(context);
  });
});

describe("values", () => {
  it.each([
    [parseNumber, ["0", "10", "9223372036854775807"], ["", "-1", "1k", "1.5", "9223372036854775808"]],
    [parseSize, ["0", "1k", "2M"], ["1g", "k", "1kb", "1 k"]],
    [parseOffset, ["1g", "1G"], ["1t"]],
    [
      (text: string) => parseTime(text, false),
      ["0", "10", "10s", "1h30m", "1d 2h", "100ms", "1w"],
      ["", "s", "1y", "1M", "1m1h", "1s1s", "10sec", " 1s", "1.5s"],
    ],
    [(text: string) => parseTime(text, true), ["1y", "1M", "1y6M"], ["100ms", "1M1y"]],
    [parseIp6, ["::", "::1", "2001:db8::1", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4"], ["", "1::2::3", "1:2:3", "12345::", "::g"]],
  ] as const)("%#", (read, good, bad) => {
    for (const text of good) expect([text, read(text)]).not.toEqual([text, undefined]);
    for (const text of bad) expect([text, read(text)]).toEqual([text, undefined]);
  });

  it("reads addresses", () => {
    expect(parseAddress("*:80", { listen: true })).toMatchObject({ host: "0.0.0.0", port: 80, wildcard: true });
    expect(parseAddress("8000-8010", { listen: true })).toMatchObject({ port: 8000, lastPort: 8010 });
    expect(parseAddress("unix:/a:/b", { uriPart: true })).toMatchObject({ host: "/a", uri: "/b" });
    expect(parseAddress("http://a")).toBe("invalid host");
    expect(parseAddress("a:99999")).toBe("invalid port");
    expect(parseAddress(`unix:/${"a".repeat(107)}`)).toBe("too long path in the unix domain socket");
  });

  it("reads regular expressions as PCRE does", () => {
    for (const text of [
      "^/a(b|c)$",
      "[]a]",
      "a*+",
      "a{2,3}?",
      "(?<n>x)",
      "(?i:a)",
      "\\.php$",
      "[a-z-9]",
      "x{2,3",
      "(?x)a # (",
      "[[:alpha:]]",
      "\\Q(\\E",
    ])
      expect([text, readRegex(text).problem]).toEqual([text, undefined]);
    for (const text of [
      "*a",
      "a**",
      "(a",
      "a)",
      "[a",
      "[z-a]",
      "\\i",
      "a\\",
      "(?<1>x)",
      "(?<a>x)(?<a>y)",
      "(a)\\2",
      "(?z)",
      "[[:foo:]]",
      "^*",
    ])
      expect([text, readRegex(text).problem === undefined]).toEqual([text, false]);
  });
});

describe("any text", () => {
  const folder = join(__dirname, "../fixtures/nginx");
  const fixtures = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));

  it("is read without a throw, cut anywhere", () => {
    for (const text of fixtures)
      for (let at = 0; at < text.length; at += 97) {
        const tree = parseNginx(text.slice(0, at));
        readConfiguration(source(text.slice(0, at)), inferContext(tree.directives));
      }
  });

  it("of 18,000 lines is read in a moment", () => {
    const server = (at: number): string =>
      `  server {\n    listen 80;\n    server_name h${at}.example.com;\n    location / {\n      try_files $uri @app;\n    }\n    location @app {\n      include uwsgi_params;\n      uwsgi_pass unix:/run/h${at}.sock;\n    }\n  }\n`;
    const text = whole(Array.from({ length: 1_640 }, (_, at) => server(at)).join(""));
    const cost = costOf(() => expect(readConfiguration(source(text), "main").problems).toEqual([]));
    expect(cost).toBeLessThan(6_000);
  });
});
