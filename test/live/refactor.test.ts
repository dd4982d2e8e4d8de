/** What refactorings leave behind answers on the real programs as what was there before. */
import { expect, test } from "vitest";
import { type Files, offered } from "../support/refactored";
import { nginxConf } from "./nginx-conf";
import { perform } from "./stage";

const NGINX = (target: string): string =>
  nginxConf(`server {
        listen 80;
        location / {
            include uwsgi_params;
            uwsgi_pass ${target};
        }
    }`);
const APP = `import os, pwd


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [(pwd.getpwuid(os.getuid()).pw_name + " in " + os.getcwd()).encode()]
`;
const INI = (socket: string): string =>
  `[uwsgi]\nplugins = python3\nmodule = app:application\nneed-app = true\nmaster = true\nprocesses = 1\nsocket = ${socket}\n`;
const EMPEROR: Files = {
  "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\n",
  "etc/systemd/system/emperor.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/emperor.ini\nKillSignal=SIGQUIT\n",
};
const UNIT =
  "[Service]\nType=notify\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/shop.ini\nWorkingDirectory=/srv/shop\nUser=shop\nGroup=www-data\nRuntimeDirectory=shop\nKillSignal=SIGQUIT\n";

const BASE: Files = { ...EMPEROR, "srv/shop/app.py": APP };
const SINGLE: Files = {
  ...BASE,
  "etc/nginx/nginx.conf": NGINX("unix:/run/shop/shop.sock"),
  "etc/uwsgi/shop.ini": `${INI("/run/shop/shop.sock")}chmod-socket = 660\n`,
  "etc/systemd/system/shop.service": UNIT,
};
const VASSAL: Files = {
  ...BASE,
  "etc/nginx/nginx.conf": NGINX("127.0.0.1:3031"),
  "etc/uwsgi/vassals/shop.ini": `${INI("127.0.0.1:3031")}chdir = /srv/shop\nuid = shop\ngid = shop\n`,
};

const CASES: readonly (readonly [string, Files, string, string])[] = [
  ["Put under the emperor of emperor.ini", SINGLE, "etc/uwsgi/shop.ini", "[uwsgi]"],
  ["Move to a unix socket", VASSAL, "etc/uwsgi/vassals/shop.ini", "socket ="],
  ["Give it a systemd service of its own", VASSAL, "etc/uwsgi/vassals/shop.ini", "[uwsgi]"],
];

async function answerOf(files: Files): Promise<string> {
  const outcome = await perform({
    files: Object.fromEntries(Object.entries(files).map(([path, text]) => [`/${path}`, text])),
    owned: { "/etc/uwsgi/vassals": "root:root 755" },
    links: {},
    users: { shop: ["shop"] },
    requests: [{ path: "/" }],
    patience: 8000,
    until: 200,
  });
  const answer = outcome.answers.at(-1);
  return answer?.status === 200 ? answer.body : `${answer?.status}\n${outcome.nginxLog}\n${outcome.uwsgiLog}\n${outcome.sockets}`;
}

test.concurrent.each(CASES)("%s: the same answer as before", async (title, before, path, at) => {
  const after = offered(before, path, at).get(title);
  expect(after).toBeDefined();
  expect(await answerOf(before)).toBe("shop in /srv/shop");
  expect(await answerOf(after ?? {})).toBe("shop in /srv/shop");
});
