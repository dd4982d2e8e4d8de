/** Configurations that nginx takes, and answers requests with otherwise than it looks. */
import { INI, type Scenario } from "../scenario";

const people = "uid = www-data\ngid = www-data\n";
const HTTP = `${people}http-socket = 127.0.0.1:8080`;
const ALONE = { [INI]: null, "/srv/app/app.py": null, "/etc/systemd/system/uwsgi.service": null } as const;
const page = { ...ALONE, "/srv/app/page.html": "the page\n" };
/** As somebody in the network sees it. */
const outside = "192.0.2.1:80";

const hosted = `def application(environ, start_response):
    start_response("200 OK" if environ["HTTP_HOST"] == "localhost" else "400 Bad Request", [("Content-Type", "text/plain")])
    return [environ["HTTP_HOST"].encode()]
`;
const pathed = `def application(environ, start_response):
    start_response("200 OK" if environ["PATH_INFO"] == "/new/x" else "404 Not Found", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode()]
`;

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "return beside deny",
    rule: "access-after-return",
    server: 'location = /status {\n    deny all;\n    return 200 "secret";\n}',
    files: page,
    requests: [{ path: "/status" }],
    byHand: { 'return 200 "secret";': "root /srv/app;" },
    broken: { status: 200, body: /secret/ },
    fixed: { status: 403 },
  },
  {
    name: "an if before the capture is used",
    rule: "capture-overwritten",
    server:
      'location ~ ^/u/(\\w+) {\n    if ($http_user_agent ~ "bot") {\n        return 403;\n    }\n    add_header X-User "<$1>";\n    root /srv/app;\n    try_files /page.html =404;\n}',
    files: page,
    requests: [{ path: "/u/ann" }],
    byHand: { "(\\w+)": "(?<user>\\w+)", $1: "$user" },
    broken: { status: 200, head: /^x-user: <>$/m },
    fixed: { head: /^x-user: <ann>$/m },
  },
  {
    name: "two servers of one name",
    rule: "conflicting-server-name",
    http: "server {\n    listen 80;\n    server_name localhost;\n    return 404;\n}",
    requests: [{ path: "/", headers: { Host: "localhost" } }],
    byHand: { "server_name localhost;\n    return 404": "server_name old.example;\n    return 404" },
    broken: { status: 404, nginx: /conflicting server name "localhost" on 0\.0\.0\.0:80, ignored/ },
  },
  {
    name: "a limit that nginx does not know any more",
    rule: "deprecated-directive",
    server: 'http2_max_requests 100;\nlocation / {\n    return 200 "hello";\n}',
    files: ALONE,
    broken: { status: 200, nginx: /the "http2_max_requests" directive is obsolete/ },
    fixed: { lacks: /obsolete/ },
  },
  {
    name: "a header of the location's own",
    rule: "header-not-inherited",
    server: 'add_header X-Frame-Options DENY;\nlocation / {\n    add_header Cache-Control no-store;\n    return 200 "hello";\n}',
    files: ALONE,
    broken: { status: 200, lacks: /x-frame-options/ },
    fixed: { head: /^x-frame-options: DENY$/m },
  },
  {
    name: "the Host header as the client wrote it",
    rule: "host-header-forwarded",
    app: hosted,
    ini: HTTP,
    location: "proxy_pass http://127.0.0.1:8080;\nproxy_set_header Host $http_host;",
    requests: [{ path: "http://localhost/", headers: { Host: "evil.example" } }],
    broken: { status: 400, body: /evil\.example/ },
  },
  {
    name: "try_files beside an if",
    rule: "if-drops-try-files",
    server: "root /srv/app;\nlocation / {\n    if ($arg_a) {\n        set $b 1;\n    }\n    try_files $uri.html =404;\n}",
    files: page,
    requests: [{ path: "/page?a=1" }],
    byHand: { "    if ($arg_a) {\n            set $b 1;\n        }\n    ": "" },
    broken: { status: 404 },
    fixed: { body: /the page/ },
  },
  {
    name: "a location without its slash",
    rule: "location-never-matches",
    server: 'location static/ {\n    return 200 "here";\n}\nlocation / {\n    return 404;\n}',
    files: ALONE,
    requests: [{ path: "/static/a" }],
    broken: { status: 404 },
    fixed: { body: /here/ },
  },
  {
    name: "a pattern behind one that takes everything",
    rule: "location-shadowed",
    server: 'location ~ .* {\n    return 404;\n}\nlocation ~ ^/a {\n    return 200 "here";\n}',
    files: ALONE,
    requests: [{ path: "/a" }],
    byHand: { "location ~ .*": "location /" },
    broken: { status: 404 },
    fixed: { body: /here/ },
  },
  {
    name: "nothing but TLS 1.0",
    rule: "old-tls",
    server:
      'listen 443 ssl;\nssl_certificate /etc/nginx/stage.pem;\nssl_certificate_key /etc/nginx/stage.key;\nssl_protocols TLSv1 TLSv1.1;\nlocation / {\n    return 200 "hello";\n}',
    files: ALONE,
    requests: [{ path: "/", tls: true }],
    broken: { status: "cut" },
  },
  {
    name: "a path of proxy_pass behind a rewrite",
    rule: "proxy-path-ignored",
    app: pathed,
    ini: HTTP,
    server:
      "location /a/ {\n    rewrite ^/a/(.*)$ /r/$1 break;\n    proxy_pass http://127.0.0.1:8080/new/;\n    proxy_set_header Host $host;\n}",
    requests: [{ path: "/a/x" }],
    byHand: { "/r/$1": "/new/$1" },
    broken: { status: 404, body: /^\/r\/x$/ },
  },
  {
    name: "a line break in the address of a redirect",
    rule: "response-splitting",
    server: "location / {\n    return 301 http://localhost$uri;\n}",
    files: ALONE,
    requests: [{ path: "/a%0d%0aSet-Cookie:%20a=b" }],
    broken: { status: 301, head: /^set-cookie: a=b$/m },
    fixed: { status: 301, lacks: /^set-cookie:/m },
  },
  {
    name: "the status page for everybody",
    rule: "status-exposed",
    server: "location /status {\n    stub_status;\n}",
    files: ALONE,
    requests: [{ path: "/status", to: outside }],
    broken: { status: 200, body: /Active connections/ },
    fixed: { status: 403 },
  },
  {
    name: "a line that became a server name",
    rule: "swallowed-line",
    server: 'server_name www.localhost\nclient_max_body_size 10;\nlocation / {\n    return 200 "hello";\n}',
    files: ALONE,
    requests: [{ path: "/", method: "POST", body: "a".repeat(100) }],
    broken: { status: 200 },
    fixed: { status: 413 },
  },
  {
    name: "an upstream without a port",
    rule: "upstream-without-port",
    http: "upstream app {\n    server 127.0.0.1;\n}",
    pass: "app",
    ini: `${people}socket = 127.0.0.1:3031`,
    byHand: { "server 127.0.0.1;": "server 127.0.0.1:3031;" },
    broken: { status: 400 },
  },
  {
    name: "the version of nginx in each answer",
    rule: "version-disclosed",
    server: 'server_tokens on;\nlocation / {\n    return 200 "hello";\n}',
    files: ALONE,
    broken: { status: 200, head: /^server: nginx\/1/m },
    fixed: { head: /^server: nginx$/m },
  },
];
