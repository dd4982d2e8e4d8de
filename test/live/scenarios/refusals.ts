/** Configurations that nginx does not start with. It answers alone here: no uWSGI is there. */
import { INI, type Scenario } from "../scenario";

const ALONE = { [INI]: null, "/srv/app/app.py": null, "/etc/systemd/system/uwsgi.service": null } as const;
const ANSWER = 'location / {\n    return 200 "hello";\n}\n';
const main = (lines: string, http = "    include /etc/nginx/conf.d/*.conf;\n"): string =>
  `user www-data;\nerror_log /var/log/nginx/error.log;\npid /run/nginx.pid;\n${lines}http {\n    access_log off;\n${http}}\n`;
const refused = (nginx: RegExp) => ({ status: "refused", nginx }) as const;

/** A server with these lines before its one location. */
const server = (lines: string): Pick<Scenario, "server" | "files"> => ({ server: `${lines}\n${ANSWER}`, files: ALONE });

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "a root with a blank in it",
    rule: "nginx-arguments",
    ...server("root /srv/my app;"),
    byHand: { "/srv/my app": '"/srv/my app"' },
    broken: refused(/invalid number of arguments in "root" directive/),
  },
  {
    name: "an if that compares with ==",
    rule: "nginx-condition",
    ...server("if ($host == shop.example) {\n    return 404;\n}"),
    broken: refused(/unexpected "==" in condition|invalid condition/),
  },
  {
    name: "a very long server name",
    rule: "nginx-hash",
    http: "server {\n    listen 80;\n    server_name a-rather-long-label-for-a-customer.staging.example.com;\n    return 404;\n}",
    ...server(""),
    requests: [{ path: "/", headers: { Host: "localhost" } }],
    byHand: { "include mime.types;": "include mime.types;\n    server_names_hash_bucket_size 128;" },
    broken: refused(/could not build server_names_hash, you should increase server_names_hash_bucket_size: 64/),
  },
  {
    name: "a file of nginx that includes itself",
    rule: "nginx-include-cycle",
    ...server("include /etc/nginx/conf.d/*.conf;"),
    byHand: { "    include /etc/nginx/conf.d/*.conf;\n    location": "    location" },
    broken: refused(/Too many open files|nested|not allowed here/),
  },
  {
    name: "two default servers",
    rule: "nginx-listen",
    http: "server {\n    listen 81 default_server;\n    return 404;\n}\nserver {\n    listen 81 default_server;\n    return 404;\n}",
    ...server(""),
    byHand: { "listen 81 default_server;\n    return 404;\n}\nserver": "listen 81;\n    return 404;\n}\nserver" },
    broken: refused(/a duplicate default server for 0\.0\.0\.0:81/),
  },
  {
    name: "a location that is outside of the one around it",
    rule: "nginx-location",
    ...server("location /shop/ {\n    location /cart {\n        return 404;\n    }\n}"),
    byHand: { "location /cart": "location /shop/cart" },
    broken: refused(/location "\/cart" is outside location "\/shop\/"/),
  },
  {
    name: "a modifier of a location that does not exist",
    rule: "nginx-location",
    ...server("location =~ \\.php$ {\n    return 404;\n}"),
    broken: refused(/invalid location modifier "=~"/),
  },
  {
    name: "TLS without a certificate",
    rule: "nginx-missing-certificate",
    ...server("listen 443 ssl;"),
    byHand: {
      "listen 443 ssl;": "listen 443 ssl;\n    ssl_certificate /etc/nginx/stage.pem;\n    ssl_certificate_key /etc/nginx/stage.key;",
    },
    broken: refused(/no "ssl_certificate" is defined for the "listen \.\.\. ssl" directive/),
  },
  {
    name: "a configuration without events",
    rule: "nginx-missing-section",
    server: ANSWER,
    files: { ...ALONE, "/etc/nginx/nginx.conf": main("") },
    broken: refused(/no "events" section in configuration/),
  },
  {
    name: "a line without its semicolon",
    rule: "nginx-missing-semicolon",
    ...server("root /srv/app\nindex index.html;"),
    broken: refused(/invalid number of arguments in "root" directive/),
  },
  {
    name: "a pattern with an open bracket",
    rule: "nginx-regex",
    ...server("location ~ ^/(a|b {\n    return 404;\n}"),
    byHand: { "^/(a|b ": "^/(a|b) " },
    broken: refused(/pcre2?_compile\(\) failed: missing \)|missing closing parenthesis/),
  },
  {
    name: "a word behind a closing quote",
    rule: "nginx-syntax",
    ...server('add_header X-Mood "good"and;'),
    byHand: { '"good"and': '"good and"' },
    broken: refused(/unexpected "a" in/),
  },
  {
    name: "a brace that is not closed",
    rule: "nginx-syntax",
    server: `location /a {\n    return 404;\n${ANSWER}`,
    files: ALONE,
    byHand: { "return 404;": "return 404; }" },
    broken: refused(/unexpected end of file, expecting "}"|outside location/),
  },
  {
    name: "a misspelt directive",
    rule: "nginx-unknown-directive",
    ...server("client_max_boddy_size 5m;"),
    broken: refused(/unknown directive "client_max_boddy_size"/),
  },
  {
    name: "a limit without its zone",
    rule: "nginx-unknown-name",
    http: "limit_req_zone $binary_remote_addr zone=login:1m rate=50r/s;",
    ...server("limit_req zone=logins;"),
    byHand: { "zone=logins": "zone=login" },
    broken: refused(/zero size shared memory zone "logins"/),
  },
  {
    name: "a log format that nothing defines",
    rule: "nginx-unknown-name",
    ...server("access_log /var/log/nginx/shop.log timed;"),
    byHand: { " timed;": " combined;" },
    broken: refused(/unknown log format "timed"/),
  },
  {
    name: "a variable that nothing defines",
    rule: "nginx-unknown-variable",
    ...server("add_header X-Host $hots;"),
    broken: refused(/unknown "hots" variable/),
  },
  {
    name: "a dollar sign at the end",
    rule: "nginx-variable-syntax",
    ...server('location /price {\n    return 200 "5 $";\n}'),
    byHand: { "5 $": "5 USD" },
    broken: refused(/invalid variable name in/),
  },
];
