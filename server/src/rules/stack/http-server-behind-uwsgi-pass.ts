import { t } from "../../text/l10n";
import { fixes } from "../edits";
import { rule } from "../rule";
import { passWay } from "./wrong-protocol";

export const httpServerBehindUwsgiPass = rule({
  id: "http-server-behind-uwsgi-pass",
  title: "`uwsgi_pass` leads to a server that speaks HTTP",
  why: "gunicorn, uvicorn, `manage.py runserver` and `flask run` speak HTTP. In a request of the uwsgi protocol they wait for the end of a line that never comes: nginx answers 504 after `uwsgi_read_timeout` (upstream timed out while reading response header), tried with gunicorn and with Python's own server.",
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_uwsgi_module.html#uwsgi_pass",
  examples: [
    {
      files: {
        "docker-compose.yml":
          "services:\n  web:\n    build: .\n    command: gunicorn -b 0.0.0.0:8000 shop.wsgi\n  nginx:\n    image: nginx\n    volumes:\n      - ./nginx.conf:/etc/nginx/conf.d/default.conf\n",
        "nginx.conf": "server {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass web:8000;\n  }\n}\n",
      },
      finds: ["nginx.conf:4"],
    },
    {
      title: "gunicorn that speaks uwsgi, and uWSGI itself in another compose file",
      files: {
        "docker-compose.yml":
          "services:\n  web:\n    build: .\n    command: gunicorn --protocol uwsgi -b 0.0.0.0:8000 shop.wsgi\n  api:\n    build: .\n    command: flask run\n  nginx:\n    image: nginx\n    volumes:\n      - ./nginx.conf:/etc/nginx/conf.d/default.conf\n",
        "docker-compose.prod.yml": "services:\n  api:\n    command: uwsgi --socket :8000 --module api\n",
        "nginx.conf":
          "server {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass web:8000;\n  }\n  location /api {\n    include uwsgi_params;\n    uwsgi_pass api:8000;\n  }\n}\n",
      },
      finds: [],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const { connection } of stack.linksOf(document.uri)) {
      const { address, hosts, pass } = connection;
      if (pass.protocol !== "uwsgi" || pass.document !== document || address.kind !== "tcp") continue;
      if (!stack.hosts.answersHttp(hosts, address.host)) continue;
      // Its file may make it speak uwsgi.
      if (workspace.of("python").some(({ path, text }) => path.endsWith("gunicorn.conf.py") && text.includes("uwsgi"))) continue;
      yield {
        span: pass.nested.directive.span,
        message: t`${address.host} runs a server that speaks HTTP and waits for more when uwsgi_pass speaks to it: nginx answers 504. Use proxy_pass, or let uWSGI run there.`,
        fixes: fixes(passWay(workspace, connection, "proxy_pass")),
      };
    }
  },
});
