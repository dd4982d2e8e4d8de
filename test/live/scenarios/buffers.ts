/** Requests, bodies and answers that do not fit, and waiting that ends too early. */
import type { Scenario } from "../scenario";

const UNIX = "/run/uwsgi/app.sock";
const usual = `uid = www-data\ngid = www-data\nsocket = ${UNIX}\n`;
const long = (bytes: number) => [{ path: "/", headers: { "X-Long": "a".repeat(bytes) } }];
const TOO_LARGE = {
  status: 502,
  nginx: /recv\(\) failed \(104: Connection reset by peer\)|upstream prematurely closed connection/,
  uwsgi: /invalid request block size: \d+ \(max \d+\)\.\.\.skip/,
} as const;
const post = (bytes: number) => [{ path: "/", method: "POST", body: "a".repeat(bytes) }];
const slow = [{ path: "/slow" }];
const location = (lines: string): string => `include uwsgi_params;\nuwsgi_pass unix:${UNIX};\n${lines}`;

const chatty = `def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Long", "a" * 5000)])
    return [b"hello"]
`;
const reader = `def application(environ, start_response):
    length = len(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(length).encode()]
`;
const careless = `def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]
`;

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "a long header and the usual buffer",
    rule: "request-buffer",
    server: `large_client_header_buffers 4 16k;\nlocation / {\n    include uwsgi_params;\n    uwsgi_pass unix:${UNIX};\n}`,
    requests: long(6000),
    broken: TOO_LARGE,
  },
  { name: "buffer-size 6553", rule: "buffer-size-value", ini: `${usual}buffer-size = 6553`, requests: long(7000), broken: TOO_LARGE },
  {
    name: "a long query string counts twice",
    rule: "request-buffer",
    server: `large_client_header_buffers 4 16k;\nlocation / {\n    include uwsgi_params;\n    uwsgi_pass unix:${UNIX};\n}`,
    requests: [{ path: `/?q=${"a".repeat(2500)}` }],
    broken: TOO_LARGE,
  },
  { name: "buffer-size 256", rule: "buffer-size-value", ini: `${usual}buffer-size = 256`, broken: TOO_LARGE },
  {
    name: "buffer-size with a unit",
    rule: "number-value",
    ini: `${usual}buffer-size = 32k`,
    broken: { ...TOO_LARGE, uwsgi: /\(max 32\)/ },
  },
  {
    name: "buffer-size with a blank",
    rule: "number-value",
    ini: `${usual}buffer-size = 32 768`,
    broken: { ...TOO_LARGE, uwsgi: /\(max 32\)/ },
  },
  { name: "buffer-size in words", rule: "number-value", ini: `${usual}buffer-size = large`, broken: TOO_LARGE },
  {
    name: "an http-socket obeys buffer-size",
    rule: "request-buffer",
    ini: `uid = www-data\ngid = www-data\nhttp-socket = ${UNIX}`,
    server: `large_client_header_buffers 4 16k;\nlocation / {\n    proxy_pass http://unix:${UNIX};\n    proxy_set_header Host $host;\n}`,
    requests: long(6000),
    broken: { status: 502, uwsgi: /invalid HTTP request size \(max 4096\)\.\.\.skip/ },
  },
  {
    name: "a request over 64 KB",
    rule: "request-over-64k",
    ini: `${usual}buffer-size = 65535`,
    server: `large_client_header_buffers 4 80k;\nlocation / {\n    include uwsgi_params;\n    uwsgi_pass unix:${UNIX};\n}`,
    requests: long(66000),
    broken: { status: 500, nginx: /uwsgi request is too big: \d+/ },
    fixed: { status: 400 },
  },
  {
    name: "proxy_buffer_size around uwsgi_pass",
    fix: /Write/,
    rule: "other-module",
    app: chatty,
    location: location("proxy_buffer_size 16k;\nproxy_buffers 8 16k;"),
    broken: { status: 502, nginx: /upstream sent too big header/ },
  },
  {
    name: "fastcgi_buffer_size around uwsgi_pass",
    fix: /Write/,
    rule: "other-module",
    app: chatty,
    location: location("fastcgi_buffer_size 16k;\nfastcgi_buffers 8 16k;"),
    broken: { status: 502, nginx: /upstream sent too big header/ },
  },
  {
    name: "a large uwsgi_buffer_size and the usual buffers",
    rule: "nginx-buffer-sizes",
    location: location("uwsgi_buffer_size 64k;"),
    broken: { status: "refused", nginx: /"uwsgi_busy_buffers_size" must be less than the size of all "uwsgi_buffers" minus one buffer/ },
  },
  {
    name: "two small buffers",
    rule: "nginx-buffer-sizes",
    location: location("uwsgi_buffer_size 16k;\nuwsgi_buffers 2 8k;"),
    broken: { status: "refused", nginx: /uwsgi_busy_buffers_size|uwsgi_buffers/ },
  },
  {
    name: "busy buffers smaller than one",
    rule: "nginx-buffer-sizes",
    location: location("uwsgi_buffer_size 16k;\nuwsgi_buffers 8 16k;\nuwsgi_busy_buffers_size 8k;"),
    broken: { status: "refused", nginx: /uwsgi_busy_buffers_size/ },
  },
  {
    name: "limit-post below nginx's limit",
    fix: /limit-post/,
    rule: "body-limit",
    app: reader,
    ini: `${usual}limit-post = 10000`,
    location: location("client_max_body_size 1m;"),
    requests: post(20000),
    broken: { status: 502, uwsgi: /Invalid \(too big\) CONTENT_LENGTH\. skip\./ },
  },
  {
    name: "limit-post with a unit",
    rule: "number-value",
    app: reader,
    ini: `${usual}limit-post = 10m`,
    requests: post(2000),
    broken: { status: 502, uwsgi: /Invalid \(too big\) CONTENT_LENGTH\. skip\./ },
  },
  {
    name: "nginx's usual body limit",
    rule: "body-limit",
    app: reader,
    ini: `${usual}limit-post = 20000000`,
    requests: post(1_500_000),
    broken: { status: 413, nginx: /client intended to send too large body/ },
  },
  {
    name: "client_max_body_size in the ini",
    rule: "unknown-option",
    app: reader,
    ini: `${usual}client_max_body_size = 20m`,
    fix: /in nginx/,
    requests: post(1_500_000),
    broken: { status: 413, nginx: /client intended to send too large body/ },
  },
  {
    name: "an application that ignores a large body",
    rule: "unread-body",
    app: careless,
    location: location("client_max_body_size 10m;"),
    requests: post(900_000),
    broken: { status: "cut", nginx: /(?:writev|sendfile|recv|readv)\(\) failed|prematurely closed/ },
  },
  {
    name: "a slow answer and a short read timeout",
    fix: /uwsgi_read_timeout/,
    rule: "timeout-order",
    ini: `${usual}harakiri = 60`,
    location: location("uwsgi_read_timeout 1s;"),
    requests: slow,
    broken: { status: 504, nginx: /upstream timed out \(110: [^)]+\) while reading response header/ },
  },
  {
    name: "proxy_read_timeout around uwsgi_pass",
    fix: /Write/,
    rule: "other-module",
    http: "uwsgi_read_timeout 1s;",
    location: location("proxy_read_timeout 300s;"),
    requests: slow,
    broken: { status: 504, nginx: /upstream timed out/ },
  },
  {
    name: "a read timeout of zero",
    rule: "zero-timeout",
    location: location("uwsgi_read_timeout 0;"),
    requests: slow,
    broken: { status: 504, nginx: /upstream timed out/ },
  },
  {
    name: "a read timeout with an unknown unit",
    rule: "nginx-invalid-value",
    location: location("uwsgi_read_timeout 60sec;"),
    broken: { status: "refused", nginx: /"uwsgi_read_timeout" directive invalid value/ },
  },
  {
    name: "harakiri without a master",
    rule: "harakiri-without-master",
    whole: `[uwsgi]\nplugins = python3\nwsgi-file = /srv/app/app.py\n${usual}harakiri = 1\n`,
    requests: [{ path: "/slow" }, { path: "/", after: 500 }],
    patience: 3000,
    broken: { status: 502, nginx: /\(111: Connection refused\)/, uwsgi: /F\*CK !!! i must kill myself/ },
  },
  { name: "a negative harakiri", rule: "number-value", ini: `${usual}harakiri = -1`, broken: { status: 502, uwsgi: /harakiri|invalid/i } },
  {
    name: "max-requests without a master ends the server",
    rule: "harakiri-without-master",
    whole: `[uwsgi]\nplugins = python3\nwsgi-file = /srv/app/app.py\n${usual}max-requests = 1\nmin-worker-lifetime = 1\n`,
    requests: [{ path: "/" }, { path: "/", after: 2100 }, { path: "/", after: 200 }],
    broken: { status: 502, nginx: /\(111: Connection refused\)/ },
  },
];
