/** nginx and uWSGI speak different languages at one address. */
import type { Scenario } from "../scenario";

const WORKERS = "uid = www-data\ngid = www-data\n";
const UNIX = "/run/uwsgi/app.sock";
/** uWSGI gives up after one second instead of four. */
const HASTE = "socket-timeout = 1\nhttp-timeout = 1\n";
const CLOSED = { status: 502, nginx: /upstream prematurely closed connection while reading response header/ } as const;
const SILENT = { status: 504, nginx: /upstream timed out \(110: \w+.*\) while reading response header/ } as const;
const proxy = (address: string): string => `proxy_pass ${address};\nproxy_set_header Host $host;`;
const patient = (pass: string): string => `include uwsgi_params;\nuwsgi_read_timeout 1s;\nuwsgi_pass ${pass};`;
const cgi = (module: "fastcgi" | "scgi", address: string): string =>
  `include ${module}_params;\n${module}_param PATH_INFO $document_uri;\n${module}_pass ${address};`;

export const SCENARIOS: readonly Scenario[] = [
  { name: "uwsgi_pass to an http-socket file", rule: "wrong-protocol", ini: `${WORKERS}${HASTE}http-socket = ${UNIX}`, broken: CLOSED },
  {
    name: "uwsgi_pass to an http-socket port",
    rule: "wrong-protocol",
    ini: `${WORKERS}${HASTE}http-socket = :3031`,
    pass: "127.0.0.1:3031",
    broken: CLOSED,
  },
  { name: "uwsgi_pass to an http11-socket", rule: "wrong-protocol", ini: `${WORKERS}${HASTE}http11-socket = ${UNIX}`, broken: CLOSED },
  {
    name: "uwsgi_pass to a socket made http by protocol",
    rule: "wrong-protocol",
    ini: `${WORKERS}${HASTE}socket = ${UNIX}\nprotocol = http`,
    broken: CLOSED,
  },
  {
    name: "uwsgi_pass to a socket made http by socket-protocol",
    rule: "wrong-protocol",
    ini: `${WORKERS}${HASTE}socket-protocol = http\nsocket = ${UNIX}`,
    broken: CLOSED,
  },
  {
    name: "uwsgi_pass through an upstream to an http-socket",
    rule: "wrong-protocol",
    http: `upstream app {\n    server unix:${UNIX};\n}`,
    pass: "app",
    ini: `${WORKERS}${HASTE}http-socket = ${UNIX}`,
    broken: CLOSED,
  },
  {
    name: "uwsgi_pass to the http router",
    rule: "wrong-protocol",
    whole: `[uwsgi]\nplugins = python3,http\nwsgi-file = /srv/app/app.py\nmaster = true\n${WORKERS}http = 127.0.0.1:3031\n`,
    location: patient("127.0.0.1:3031"),
    broken: SILENT,
  },
  { name: "uwsgi_pass to a scgi-socket", rule: "wrong-protocol", ini: `${WORKERS}${HASTE}scgi-socket = ${UNIX}`, broken: CLOSED },
  {
    name: "uwsgi_pass to a fastcgi-socket",
    rule: "wrong-protocol",
    ini: `${WORKERS}${HASTE}fastcgi-socket = ${UNIX}`,
    location: patient(`unix:${UNIX}`),
    patience: 3000,
    broken: SILENT,
  },
  {
    name: "proxy_pass to a socket file",
    rule: "wrong-protocol",
    ini: `${WORKERS}socket = ${UNIX}`,
    location: proxy(`http://unix:${UNIX}`),
    broken: { ...CLOSED, uwsgi: /invalid request block size: 21573 \(max 4096\)\.\.\.skip/ },
  },
  {
    name: "proxy_pass to a socket port",
    rule: "wrong-protocol",
    ini: `${WORKERS}socket = :3031`,
    location: proxy("http://127.0.0.1:3031"),
    broken: { status: 502, uwsgi: /invalid request block size: 21573/ },
  },
  {
    name: "proxy_pass to a uwsgi-socket",
    rule: "wrong-protocol",
    ini: `${WORKERS}uwsgi-socket = :3031`,
    location: proxy("http://127.0.0.1:3031"),
    broken: { status: 502, uwsgi: /invalid request block size: 21573/ },
  },
  {
    name: "proxy_pass through an upstream to a socket",
    rule: "wrong-protocol",
    http: `upstream app {\n    server unix:${UNIX};\n}`,
    location: proxy("http://app"),
    broken: { status: 502, uwsgi: /invalid request block size: 21573/ },
  },
  {
    name: "a POST through proxy_pass to a socket",
    rule: "wrong-protocol",
    location: proxy(`http://unix:${UNIX}`),
    requests: [{ path: "/", method: "POST", body: "a=1" }],
    broken: { status: 502, uwsgi: /invalid request block size: 21327/ },
  },
  {
    name: "proxy_pass to a socket with a large buffer",
    rule: "wrong-protocol",
    ini: `${WORKERS}${HASTE}socket = ${UNIX}\nbuffer-size = 32768`,
    location: proxy(`http://unix:${UNIX}`),
    broken: { status: 502, nginx: /prematurely closed/ },
  },
  {
    name: "fastcgi_pass to a socket",
    rule: "wrong-protocol",
    location: cgi("fastcgi", `unix:${UNIX}`),
    broken: { status: 502, uwsgi: /-- unavailable modifier requested: 1 --/ },
  },
  {
    name: "scgi_pass to a socket",
    rule: "wrong-protocol",
    location: cgi("scgi", `unix:${UNIX}`),
    broken: { status: 502, uwsgi: /invalid request block size: 1[23]\d{3} / },
  },
  {
    name: "scgi_pass to an http-socket",
    rule: "wrong-protocol",
    ini: `${WORKERS}${HASTE}http-socket = ${UNIX}`,
    location: cgi("scgi", `unix:${UNIX}`),
    broken: { status: 502, nginx: /prematurely closed|reset by peer/ },
  },
  {
    name: "grpc_pass to a socket",
    rule: "wrong-protocol",
    location: `grpc_pass grpc://unix:${UNIX};`,
    broken: { status: 502, uwsgi: /invalid request block size: 18770/ },
  },
  {
    name: "suwsgi to a plain socket",
    rule: "wrong-protocol",
    ini: `${WORKERS}${HASTE}socket = ${UNIX}`,
    pass: `suwsgi://unix:${UNIX}`,
    broken: { status: 502, nginx: /SSL_do_handshake\(\) failed|peer closed connection in SSL handshake|reset by peer/ },
  },
  {
    name: "https to an http-socket",
    rule: "wrong-protocol",
    ini: `${WORKERS}${HASTE}http-socket = :8080`,
    location: proxy("https://127.0.0.1:8080"),
    broken: { status: 502, nginx: /SSL_do_handshake\(\) failed|peer closed connection in SSL handshake|reset by peer/ },
  },
  {
    name: "nginx points at the stats socket",
    rule: "wrong-protocol",
    ini: `${WORKERS}socket = /run/uwsgi/other.sock\nstats = ${UNIX}\nchmod-socket = 666`,
    broken: { status: 502, nginx: /upstream sent invalid header|upstream prematurely closed|Connection reset by peer|Broken pipe/ },
  },
  {
    name: "nginx points at the stats port",
    rule: "wrong-protocol",
    ini: `${WORKERS}socket = ${UNIX}\nstats = 127.0.0.1:9191`,
    pass: "127.0.0.1:9191",
    broken: { status: 502, nginx: /upstream sent invalid header|Connection reset by peer|Broken pipe/ },
  },
  {
    name: "stats at the socket's own address",
    rule: "duplicate-socket",
    ini: `${WORKERS}socket = ${UNIX}\nstats = ${UNIX}`,
    broken: { status: 502, nginx: /upstream sent invalid header|Connection reset by peer|Broken pipe/ },
  },

  {
    name: "proxy_pass of a unix path without http://",
    rule: "nginx-address",
    ini: `${WORKERS}http-socket = ${UNIX}`,
    location: proxy(`unix:${UNIX}`),
    broken: { status: "refused", nginx: /invalid URL prefix/ },
  },
  {
    name: "proxy_pass of a port without http://",
    rule: "nginx-address",
    ini: `${WORKERS}http-socket = :8080`,
    location: proxy("127.0.0.1:8080"),
    broken: { status: "refused", nginx: /invalid URL prefix/ },
  },
  {
    name: "uwsgi_pass with http://",
    rule: "nginx-address",
    ini: `${WORKERS}socket = :3031`,
    pass: "http://127.0.0.1:3031",
    broken: { status: "refused", nginx: /invalid host in upstream/ },
  },
  {
    name: "uwsgi_pass with http:// and a unix path",
    rule: "nginx-address",
    pass: `http://unix:${UNIX}`,
    broken: { status: "refused", nginx: /invalid host in upstream/ },
  },
  {
    name: "uwsgi_pass with a URI",
    rule: "nginx-address",
    ini: `${WORKERS}socket = :3031`,
    pass: "127.0.0.1:3031/app",
    broken: { status: "refused", nginx: /invalid host in upstream|may not have|invalid port/ },
  },
  {
    name: "the http router without its plugin",
    rule: "router-plugin",
    ini: `${WORKERS}http = 127.0.0.1:8080`,
    location: proxy("http://127.0.0.1:8080"),
    broken: { status: 502, nginx: /\(111: Connection refused\)/, uwsgi: /The -s\/--socket option is missing/ },
  },
  {
    name: "the http router beside a socket without its plugin",
    rule: "router-plugin",
    ini: `${WORKERS}socket = ${UNIX}\nhttp = 127.0.0.1:8080`,
    location: proxy("http://127.0.0.1:8080"),
    broken: { status: 502, nginx: /\(111: Connection refused\)/ },
  },
  {
    name: "both uwsgi_pass and proxy_pass",
    fix: /Keep uwsgi_pass/,
    rule: "two-handlers",
    location: `include uwsgi_params;\nuwsgi_pass unix:${UNIX};\n${proxy("http://127.0.0.1:8080")}`,
    broken: { status: 502, nginx: /\(111: Connection refused\).*127\.0\.0\.1:8080/ },
  },
  {
    name: "uwsgi_pass twice",
    rule: "nginx-duplicate",
    location: `include uwsgi_params;\nuwsgi_pass unix:${UNIX};\nuwsgi_pass unix:${UNIX};`,
    broken: { status: "refused", nginx: /"uwsgi_pass" directive is duplicate/ },
  },
  {
    name: "uwsgi_pass outside a location",
    rule: "nginx-context",
    server: `include uwsgi_params;\nuwsgi_pass unix:${UNIX};`,
    broken: { status: "refused", nginx: /"uwsgi_pass" directive is not allowed here/ },
  },
  {
    name: "protocol does not reach an http-socket",
    rule: "wrong-protocol",
    ini: `${WORKERS}${HASTE}http-socket = ${UNIX}\nprotocol = uwsgi`,
    broken: CLOSED,
  },
  {
    name: "two sockets at one address: the first protocol wins",
    rule: "duplicate-socket",
    ini: `${WORKERS}${HASTE}http-socket = ${UNIX}\nsocket = ${UNIX}`,
    broken: CLOSED,
  },
];
