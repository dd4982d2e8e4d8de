/** What nginx tells the application, which application answers, and under which path. */
import type { Scenario } from "../scenario";

const UNIX = "/run/uwsgi/app.sock";
const usual = `uid = www-data\ngid = www-data\nsocket = ${UNIX}\n`;
const pass = `uwsgi_pass unix:${UNIX};`;
const DYNAMIC = /\*\*\* no app loaded\. going in full dynamic mode \*\*\*/;

/** Needs what every framework needs. */
const framework = `def application(environ, start_response):
    answer = environ["REQUEST_METHOD"] + " " + environ.get("SCRIPT_NAME", "") + "|" + environ["PATH_INFO"] + "|" + environ.get("HTTP_X_TEST", "")
    start_response("200 OK" if environ["PATH_INFO"] in ("/", "/page") else "404 Not Found", [("Content-Type", "text/plain")])
    return [answer.encode()]
`;
const schemed = `def application(environ, start_response):
    secure = environ["wsgi.url_scheme"] == "https"
    start_response("200 OK" if secure else "400 Bad Request", [("Content-Type", "text/plain")])
    return [environ["wsgi.url_scheme"].encode()]
`;
const hosted = `def application(environ, start_response):
    start_response("200 OK" if environ["HTTP_HOST"] == "shop.example" else "400 Bad Request", [("Content-Type", "text/plain")])
    return [environ["HTTP_HOST"].encode()]
`;
const named = (name: string): string => `def ${name}(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]
`;
const below = (lines: string): string => `location /shop {\n    include uwsgi_params;\n${lines}    ${pass}\n}`;
const page = [{ path: "/shop/page" }];

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "no parameters at all",
    rule: "params-missing",
    app: framework,
    location: pass,
    broken: { status: 502, nginx: /prematurely closed/, uwsgi: /KeyError: 'REQUEST_METHOD'/ },
  },
  {
    name: "fastcgi_params instead of uwsgi_params",
    rule: "params-missing",
    app: framework,
    location: `include fastcgi_params;\n${pass}`,
    broken: { status: 502, uwsgi: /KeyError: 'REQUEST_METHOD'/ },
  },
  {
    name: "proxy_params instead of uwsgi_params",
    rule: "params-missing",
    app: framework,
    location: `include proxy_params;\n${pass}`,
    broken: { status: 502, uwsgi: /KeyError: 'REQUEST_METHOD'/ },
  },
  {
    name: "scgi_params instead of uwsgi_params",
    rule: "params-missing",
    app: framework,
    location: `include scgi_params;\n${pass}`,
    broken: { status: 502, uwsgi: /KeyError: 'REQUEST_METHOD'/ },
  },
  {
    name: "one own parameter replaces the inherited ones",
    rule: "params-not-inherited",
    app: framework,
    server: `include uwsgi_params;\nlocation / {\n    uwsgi_param HTTP_X_TEST 1;\n    ${pass}\n}`,
    broken: { status: 502, uwsgi: /KeyError: 'REQUEST_METHOD'/ },
  },
  {
    name: "a parameter in location drops those of http",
    rule: "params-not-inherited",
    app: framework,
    http: "include uwsgi_params;",
    location: `uwsgi_param SCRIPT_NAME "";\n${pass}`,
    broken: { status: 502, uwsgi: /KeyError: 'REQUEST_METHOD'/ },
  },
  {
    name: "proxy_set_header around uwsgi_pass",
    fix: /Write/,
    rule: "other-module",
    app: `${framework.replace('in ("/", "/page")', '== "/" and environ.get("HTTP_X_TEST")')}`,
    location: `include uwsgi_params;\nproxy_set_header X-Test yes;\n${pass}`,
    broken: { status: 404 },
  },
  {
    name: "a parameter named like a header",
    rule: "param-name",
    app: `${framework.replace('in ("/", "/page")', '== "/" and environ.get("HTTP_X_TEST")')}`,
    location: `include uwsgi_params;\nuwsgi_param X-Test yes;\n${pass}`,
    broken: { status: 404 },
  },
  {
    name: "uwsgi_params that do not exist",
    rule: "nginx-missing-include",
    location: `include uwsgi_parms;\n${pass}`,
    missing: ["/etc/nginx/uwsgi_parms"],
    broken: { status: "refused", nginx: /open\(\) "\/etc\/nginx\/uwsgi_parms" failed/ },
  },
  {
    name: "the scheme of a TLS server is not passed on",
    rule: "scheme-lost",
    app: schemed,
    server: `listen 443 ssl;\nssl_certificate /etc/nginx/stage.pem;\nssl_certificate_key /etc/nginx/stage.key;\nlocation / {\n    uwsgi_param REQUEST_METHOD $request_method;\n    uwsgi_param QUERY_STRING $query_string;\n    uwsgi_param PATH_INFO $document_uri;\n    ${pass}\n}`,
    requests: [{ path: "/", tls: true }],
    broken: { status: 400, body: /^http$/ },
  },
  {
    name: "the host is lost behind proxy_pass",
    rule: "proxy-host-lost",
    app: hosted,
    ini: `uid = www-data\ngid = www-data\nhttp-socket = :8080`,
    location: "proxy_pass http://127.0.0.1:8080;",
    requests: [{ path: "/", headers: { Host: "shop.example" } }],
    broken: { status: 400, body: /127\.0\.0\.1:8080/ },
  },

  {
    name: "SCRIPT_NAME alone",
    rule: "script-name",
    app: framework,
    server: below("    uwsgi_param SCRIPT_NAME /shop;\n"),
    requests: page,
    broken: { status: 404, body: /\/shop\|\/shop\/page/ },
  },
  {
    name: "modifier1 30 does not strip any more",
    rule: "script-name",
    app: framework,
    server: below("    uwsgi_param SCRIPT_NAME /shop;\n    uwsgi_modifier1 30;\n"),
    requests: page,
    broken: { status: 404, body: /\/shop\|\/shop\/page/ },
  },
  {
    name: "mount without manage-script-name",
    rule: "mount-script-name",
    app: framework,
    server: below(""),
    whole: `[uwsgi]\nplugins = python3\nmount = /shop=/srv/app/app.py\nmaster = true\n${usual}`,
    requests: page,
    broken: { status: 404, body: /\/shop\/page/ },
  },
  {
    name: "mount without a slash",
    rule: "mount-value",
    app: framework,
    server: below(""),
    whole: `[uwsgi]\nplugins = python3\nmount = shop=/srv/app/app.py\nmanage-script-name = true\nmaster = true\n${usual}`,
    requests: page,
    broken: { status: 500, body: /Internal Server Error/ },
  },
  {
    name: "mount with a slash at the end",
    rule: "mount-value",
    app: framework,
    server: below(""),
    whole: `[uwsgi]\nplugins = python3\nmount = /shop/=/srv/app/app.py\nmanage-script-name = true\nmaster = true\n${usual}`,
    requests: page,
    broken: { status: 404 },
  },

  {
    name: "no Python plugin",
    rule: "plugin-not-loaded",
    whole: `[uwsgi]\nwsgi-file = /srv/app/app.py\nmaster = true\n${usual}`,
    broken: { status: 502, nginx: /prematurely closed/, uwsgi: /-- unavailable modifier requested: 0 --/ },
  },
  {
    name: "a plugin of another name",
    rule: "plugin-name",
    whole: `[uwsgi]\nplugins = python\nwsgi-file = /srv/app/app.py\nmaster = true\n${usual}`,
    broken: { status: 502, uwsgi: /!!! UNABLE to load uWSGI plugin/ },
  },
  {
    name: "a plugin of another Python",
    rule: "plugin-name",
    whole: `[uwsgi]\nplugins = python39\nwsgi-file = /srv/app/app.py\nmaster = true\n${usual}`,
    broken: { status: 502, uwsgi: /!!! UNABLE to load uWSGI plugin/ },
  },
  {
    name: "modifier1 of a missing plugin",
    rule: "modifier-plugin",
    location: `include uwsgi_params;\nuwsgi_modifier1 5;\n${pass}`,
    broken: { status: 502, uwsgi: /-- unavailable modifier requested: 5 --/ },
  },
  {
    name: "no modifier1 for CGI",
    rule: "modifier-missing",
    whole: `[uwsgi]\nplugins = cgi\ncgi = /srv/app\ncgi-helper = .py=python3\nmaster = true\n${usual}`,
    files: { "/srv/app/x.py": 'print("Content-Type: text/plain\\n\\nhello")\n' },
    requests: [{ path: "/x.py" }],
    broken: { status: 502, nginx: /prematurely closed/, uwsgi: /-- unavailable modifier requested: 0 --/ },
  },
  {
    name: "no modifier1 for Lua",
    rule: "modifier-missing",
    whole: `[uwsgi]\nplugins = lua51\nlua = /srv/app/app.lua\nmaster = true\n${usual}`,
    files: {
      "/srv/app/app.lua":
        'return function(env) return "200 OK", { ["Content-Type"] = "text/plain" }, coroutine.wrap(function() coroutine.yield("hello") end) end\n',
    },
    broken: { status: 502, nginx: /prematurely closed/, uwsgi: /-- unavailable modifier requested: 0 --/ },
  },
  {
    name: "modifier1 over 255",
    rule: "nginx-invalid-value",
    location: `include uwsgi_params;\nuwsgi_modifier1 256;\n${pass}`,
    broken: { status: "refused", nginx: /value must be between 0 and 255/ },
  },

  {
    name: "a missing wsgi-file",
    rule: "missing-path",
    whole: `[uwsgi]\nplugins = python3\nwsgi-file = /srv/app/ap.py\nmaster = true\n${usual}`,
    missing: ["/srv/app/ap.py"],
    broken: { status: 500, uwsgi: DYNAMIC },
  },
  {
    name: "a missing wsgi-file with need-app",
    rule: "missing-path",
    whole: `[uwsgi]\nplugins = python3\nwsgi-file = /srv/app/ap.py\nneed-app = true\nmaster = true\n${usual}`,
    missing: ["/srv/app/ap.py"],
    broken: { status: 502, nginx: /\(111: Connection refused\)/, uwsgi: /no app loaded|need-app|GAME OVER/ },
  },
  {
    name: "a wsgi-file relative to another folder",
    rule: "missing-path",
    whole: `[uwsgi]\nplugins = python3\nwsgi-file = app.py\nmaster = true\n${usual}`,
    missing: ["/app.py"],
    broken: { status: 500, uwsgi: DYNAMIC },
  },
  {
    name: "the application object has another name",
    rule: "python-app",
    app: named("app"),
    broken: { status: 500, uwsgi: /unable to find "application" callable in file/ },
  },
  {
    name: "callable names nothing",
    rule: "python-app",
    ini: `${usual}callable = app`,
    broken: { status: 500, uwsgi: /unable to find "app(?:lication)?" callable in file/ },
  },
  {
    name: "module with another object",
    rule: "python-app",
    app: named("app"),
    whole: `[uwsgi]\nplugins = python3\nchdir = /srv/app\nmodule = app\nmaster = true\n${usual}`,
    broken: { status: 500, uwsgi: /callable not found or import error/ },
  },
  {
    name: "the object is only made when run by hand",
    rule: "python-app",
    app: `def make():\n    def application(environ, start_response):\n        start_response("200 OK", [])\n        return [b"hello"]\n\n    return application\n\n\nif __name__ == "__main__":\n    application = make()\n`,
    broken: { status: 500, uwsgi: /unable to find "application" callable/ },
    byHand: { 'if __name__ == "__main__":\n    application': "application" },
  },
  {
    name: "module as a path",
    rule: "module-path",
    whole: `[uwsgi]\nplugins = python3\nchdir = /srv/app\nmodule = app.py\nmaster = true\n${usual}`,
    broken: { status: 500, uwsgi: /ModuleNotFoundError|No module named/ },
  },
  {
    name: "module with a slash",
    rule: "module-path",
    files: { "/srv/app/shop/__init__.py": "", "/srv/app/shop/wsgi.py": named("application") },
    whole: `[uwsgi]\nplugins = python3\nchdir = /srv/app\nmodule = shop/wsgi\nmaster = true\n${usual}`,
    broken: { status: 500, uwsgi: /ModuleNotFoundError|No module named/ },
  },
  {
    name: "a module that is not on the path",
    rule: "module-search-path",
    whole: `[uwsgi]\nplugins = python3\nmodule = app\nmaster = true\n${usual}`,
    broken: { status: 500, uwsgi: /ModuleNotFoundError: No module named 'app'/ },
  },
  {
    name: "a missing chdir",
    rule: "missing-path",
    ini: `${usual}chdir = /srv/ap`,
    missing: ["/srv/ap"],
    broken: { status: 502, uwsgi: /chdir\(\): No such file or directory/ },
  },
  {
    name: "a missing virtualenv",
    rule: "missing-path",
    ini: `${usual}virtualenv = /srv/app/venv`,
    missing: ["/srv/app/venv"],
    links: { "/srv/app/.venv": "/usr" },
    broken: { status: 502, uwsgi: /Python Home is not a directory|No such file or directory/ },
  },
  {
    name: "a virtualenv named by its python",
    rule: "missing-path",
    ini: `${usual}virtualenv = /usr/bin/python3`,
    broken: { status: 502, uwsgi: /Python Home is not a directory|Not a directory/ },
  },

  {
    name: "alias without a slash",
    rule: "alias-slash",
    server: `location /static/ {\n    alias /srv/app/static;\n}\nlocation / {\n    include uwsgi_params;\n    ${pass}\n}`,
    files: { "/srv/app/static/a.css": "body{}" },
    requests: [{ path: "/static/a.css" }],
    broken: { status: 404, nginx: /open\(\) "\/srv\/app\/statica\.css" failed/ },
  },
  {
    name: "a named location nobody defines",
    rule: "named-location",
    server:
      "location / {\n    try_files /none @app;\n}\nlocation @application {\n    include uwsgi_params;\n    uwsgi_pass unix:/run/uwsgi/app.sock;\n}",
    broken: { status: 500, nginx: /could not find named location "@app"/ },
  },
  {
    name: "static-map without a target",
    rule: "mount-value",
    ini: `${usual}static-map = /static`,
    broken: { status: 502, uwsgi: /invalid document root in static map/ },
  },
  {
    name: "a server outside http",
    rule: "nginx-context",
    files: {
      "/etc/nginx/nginx.conf":
        "user www-data;\nerror_log /var/log/nginx/error.log;\nevents {\n    worker_connections 64;\n}\ninclude /etc/nginx/conf.d/*.conf;\n",
    },
    byHand: { "include /etc/nginx/conf.d/*.conf;": "http {\n    include /etc/nginx/conf.d/*.conf;\n}" },
    broken: { status: "refused", nginx: /"server" directive is not allowed here/ },
  },
];
