// Which language a file is in, by name and text.
import { expect, test } from "vitest";
import { languageOf } from "../server/src/model/language";

test.each([
  ["etc/uwsgi/apps-enabled/shop.ini", "[uwsgi]\nsocket = :3031\n", "uwsgi"],
  ["conf/deploy.txt", "[uwsgi]\nsocket = :3031\n", "uwsgi"],
  ["alembic.ini", "[alembic]\nscript_location = x\n", "other"],
  ["uwsgi_profile.ini", "[uwsgi]\nmain_plugin = python,gevent\nplugin_dir = /usr/lib/uwsgi\ninherit = base\n", "other"],
  ["buildconf/nolang.ini", "[uwsgi]\nembedded_plugins = corerouter\n", "other"],
  ["tools/uwsgi.yml", "uwsgi:\n  socket: :3031\n", "uwsgi"],
  ["docker-compose.yml", "services:\n  app:\n    image: x\n", "compose"],
  ["sites-enabled/shop", "server {\n  listen 80;\n}\n", "nginx"],
  ["shop.service", "[Service]\nExecStart=/usr/bin/uwsgi\n", "systemd"],
  ["templates/_helpers.tpl", '{{- define "conf" }}\n  server {\n    listen 80;\n  }\n{{ end }}\n', "other"],
  ["Config.groovy", "server {\n  name = 'x'\n}\n", "other"],
  ["nginx_template.conf", "server {{\n  listen {port};\n}}\n", "other"],
  ["trigger.conf", 'server {\n  add = "/bin/x %{y}"\n}\n# a; b\n', "other"],
  ["application.conf", "server {\n  host = localhost\n}\n", "other"],
  [
    "rspamd/local.d/worker-proxy.inc",
    'milter = yes;\ntimeout = 90s;\nupstream "scan" {\n  default = yes;\n  self_scan = yes;\n}\n',
    "other",
  ],
  ["rspamd/nginx-logs/logging.inc", 'type = "file";\nerror_log on;\n', "other"],
  ["snippets/backend.inc", "upstream app {\n  server unix:/run/app.sock;\n}\n", "nginx"],
  ["conf.d/upgrade.conf", "map $http_upgrade $connection_upgrade {\n  default upgrade;\n  '' close;\n}\n", "nginx"],
  ["nginx/wrong.conf", "server {\n  listen 80;\n  root = /srv/www;\n}\n", "nginx"],
  ["nginx/lua.conf", "http {\n  init_by_lua_block {\n    answer = 42;\n  }\n}\n", "nginx"],
  ["README.md.orig", "server {\n  listen 80;\n}\n", "other"],
  ["notes.md", "server {\n  listen 80;\n}\n", "other"],
])("%s", (path, text, language) => {
  expect(languageOf(path, text)).toBe(language);
});
