/** What "New application behind nginx" writes answers on the real programs, at once. */
import { expect, test } from "vitest";
import { ANSWERS, created } from "../support/created";
import { nginxConf } from "./nginx-conf";
import { perform } from "./stage";

const APP = `def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello from the shop"]
`;
const TYRANT = "[uwsgi]\nemperor = /etc/uwsgi/vassals\nemperor-tyrant = true\n";
const UNIT = "[Service]\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/emperor.ini\nKillSignal=SIGQUIT\n";

const BEFORE = { "etc/nginx/nginx.conf": nginxConf("include /etc/nginx/conf.d/*.conf;"), "srv/shop/app.py": APP };
const EMPEROR = { "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\n", "etc/systemd/system/uwsgi.service": UNIT };

const CASES = [
  { name: "under a new emperor, unix", before: BEFORE },
  { name: "under a new emperor, TCP", before: BEFORE, listen: "tcp" },
  { name: "as a service, unix", before: BEFORE, start: "service" },
  { name: "as a service, TCP", before: BEFORE, start: "service", listen: "tcp" },
  { name: "under the emperor of the workspace", before: { ...BEFORE, ...EMPEROR } },
  {
    name: "under a tyrant",
    before: { ...BEFORE, ...EMPEROR, "etc/uwsgi/emperor.ini": TYRANT, "etc/tmpfiles.d/uwsgi.conf": "d /run/uwsgi 0777 root root -\n" },
    owned: { "/etc/uwsgi/vassals/shop.ini": "shop:www-data 644" },
  },
] as const;

for (const { name, before, ...more } of CASES) {
  test.concurrent(`a new application ${name} answers`, async () => {
    const start = "start" in more ? more.start : "emperor";
    const files = created({ ...ANSWERS, start, listen: "listen" in more ? more.listen : "unix" }, before);
    const outcome = await perform({
      files: Object.fromEntries(Object.entries(files).map(([path, text]) => [`/${path}`, text])),
      owned: "owned" in more ? more.owned : {},
      links: {},
      users: { shop: ["shop"] },
      requests: [{ path: "/", headers: { Host: ANSWERS.serverName } }],
      patience: 6000,
      until: 200,
    });
    expect(outcome.answers.at(-1), `${outcome.nginxLog}\n${outcome.uwsgiLog}\n${outcome.sockets}`).toMatchObject({
      status: 200,
      body: "hello from the shop",
    });
  });
}
