// Configurations that another program fills in: what they will hold is not known, so nothing is said of it.
import type { Hostile } from "./cases";

const template = (name: string, files: Readonly<Record<string, string>>): Hostile => ({ name, files, quiet: true });

export const TEMPLATES: readonly Hostile[] = [
  template("Jinja and Ansible", {
    "templates/uwsgi.ini.j2":
      "# {{ ansible_managed }}\n[uwsgi]\n{% if socket is defined %}\nsocket = {{ socket }}\n{% else %}\nsocket = /run/{{ name }}.sock\n{% endif %}\n{% for key, value in options.items() %}\n{{ key }} = {{ value }}\n{% endfor %}\n",
    "templates/nginx.conf.j2":
      "events {}\nhttp {\n{% for site in sites %}\n  server {\n    listen {{ site.port }};\n    server_name {{ site.names | join(' ') }};\n    location / { include uwsgi_params; uwsgi_pass unix:{{ site.socket }}; }\n  }\n{% endfor %}\n{# the end #}\n}\n",
  }),
  template("ERB", {
    "templates/uwsgi.ini.erb":
      "[uwsgi]\n<% if @master -%>\nmaster = true\n<% end -%>\nsocket = <%= @socket %>\nprocesses = <%= @processes %>\n",
    "templates/nginx.conf.erb":
      "events {}\nhttp {\n<% @sites.each do |site| -%>\n  server { listen <%= site['port'] %>; location / { uwsgi_pass <%= site['upstream'] %>; include uwsgi_params; } }\n<% end -%>\n}\n",
  }),
  template("envsubst", {
    "nginx/default.conf.template":
      "server {\n  listen ${PORT};\n  location / { include uwsgi_params; uwsgi_pass ${APP_HOST}:${APP_PORT}; }\n}\n",
    "uwsgi.ini.template": "[uwsgi]\nhttp-socket = :${PORT}\nprocesses = ${WORKERS}\nmaster = true\nmodule = app\n",
  }),
  template("Go templates", {
    "nginx.conf.tmpl":
      'events {}\nhttp {\n{{ range $host, $containers := groupByMulti $ "Env.VIRTUAL_HOST" "," }}\n  upstream {{ $host }} {\n{{ range $containers }}    server {{ .IP }}:{{ .Port }};\n{{ end }}  }\n  server { server_name {{ $host }}; location / { uwsgi_pass {{ trim $host }}; include uwsgi_params; } }\n{{ end }}\n}\n',
  }),
  template("Helm charts", {
    "chart/templates/configmap.yaml":
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ include "app.fullname" . }}\ndata:\n  uwsgi.ini: |\n    [uwsgi]\n    socket = :{{ .Values.port }}\n{{- range .Values.options }}\n    {{ . }}\n{{- end }}\n',
    "chart/templates/_helpers.tpl": '{{- define "app.fullname" -}}\n{{- .Release.Name | trunc 63 }}\n{{- end }}\n',
    "chart/templates/deployment.yaml":
      'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: app\n          image: {{ .Values.image }}\n          command: ["uwsgi", "--ini", "{{ .Values.ini }}"]\n',
  }),
  {
    name: "beginnings of templates without an end",
    files: {
      "uwsgi.ini": `[uwsgi]\nsocket = ${"{{ {% <% ".repeat(20_000)}\n`,
      "nginx.conf": `events {}\nhttp { ${"{{".repeat(20_000)} ${"{%".repeat(20_000)} }\n`,
      "run.sh": "{% if ".repeat(20_000),
    },
  },
];
