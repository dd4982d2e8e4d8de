/** A deployment that fails on the real programs, told as the difference from one that works. */
import { nginxConf } from "./nginx-conf";
import type { Request, Stage } from "./stage";

export type Symptom = {
  /** Status of the last answer; "refused" when nginx does not accept its configuration, "cut" when the answer is incomplete or 502, as chance has it. */
  readonly status: number | "refused" | "cut";
  /** What must stand in nginx's and in uWSGI's log, and in the answer. */
  readonly nginx?: RegExp;
  readonly uwsgi?: RegExp;
  readonly body?: RegExp;
  /** In the head of the answer: lines of `name: value`. */
  readonly head?: RegExp;
  /** What must stand in none of them. */
  readonly lacks?: RegExp;
};

export type Scenario = {
  readonly name: string;
  /** Ids of the rules that find it; one of them must offer the fix. */
  readonly rule: string | readonly string[];
  /** Which fixes, when not all that are offered: those whose title matches. */
  readonly fix?: RegExp;
  /** Where the rule has words and no fix: what a person who follows them writes instead, in all texts and paths. Afterwards the finding is gone. */
  readonly byHand?: Readonly<Record<string, string>>;

  /** Value of uwsgi_pass. */
  readonly pass?: string;
  /** Lines of `location /` instead of `include uwsgi_params; uwsgi_pass …;`. */
  readonly location?: string;
  /** Lines of the server block instead of `location / { … }`. */
  readonly server?: string;
  /** Lines before the server block. */
  readonly http?: string;
  /** The user of nginx's workers. */
  readonly worker?: string;
  /** Lines of the ini after plugins, wsgi-file and master. */
  readonly ini?: string;
  /** The whole ini. */
  readonly whole?: string;
  /** Lines of the emperor's ini; the application's is then its vassal `app.ini`. */
  readonly emperor?: string;
  readonly app?: string;
  /** Further lines of the unit that starts uWSGI. */
  readonly unit?: string;
  readonly command?: string;
  /** Further files; null takes a usual one away. */
  readonly files?: Readonly<Record<string, string | null>>;

  readonly owned?: Stage["owned"];
  readonly links?: Stage["links"];
  readonly users?: Stage["users"];
  /** Paths a tool on the machine would see to be missing, beside missing folders. */
  readonly missing?: readonly string[];
  /** Files and folders that such a tool does not see. */
  readonly unseen?: readonly string[];
  readonly requests?: readonly Request[];
  readonly patience?: number;

  readonly broken: Symptom;
  /** What the fix leads to, when it is not a plain 200. */
  readonly fixed?: Partial<Symptom>;
};

export const SOCKET = "/run/uwsgi/app.sock";
export const APP = `import time


def application(environ, start_response):
    if environ.get("PATH_INFO", "").startswith("/slow"):
        time.sleep(2.5)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello from " + environ.get("PATH_INFO", "").encode()]
`;
const USUAL_INI = `uid = www-data
gid = www-data
socket = ${SOCKET}
`;
const VASSALS = "/etc/uwsgi/vassals";
/** Where the application's ini lies. */
export const INI = "/srv/app/uwsgi.ini";
export const VASSAL = `${VASSALS}/app.ini`;
const NGINX = "/etc/nginx/nginx.conf";
const SITE = "/etc/nginx/conf.d/app.conf";

const indent = (text: string, by: string): string => text.replace(/^(?=.)/gm, by);
const lines = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`);

function siteOf({ pass = `unix:${SOCKET}`, location, server, http = "" }: Scenario): string {
  const inner = lines(location ?? `include uwsgi_params;\nuwsgi_pass ${pass};`);
  const body = lines(server ?? `location / {\n${indent(inner, "    ")}}`);
  return `${lines(http)}server {\n    listen 80;\n    server_name localhost;\n${indent(body, "    ")}}\n`;
}

function unitOf({ command, emperor, unit = "" }: Scenario): string {
  const start = command ?? `/usr/bin/uwsgi --ini ${emperor === undefined ? INI : "/etc/uwsgi/emperor.ini"}`;
  return `[Unit]\nDescription=uWSGI\n\n[Service]\nExecStart=${start}\nKillSignal=SIGQUIT\n${lines(unit)}\n[Install]\nWantedBy=multi-user.target\n`;
}

export function filesOf(scenario: Scenario): Readonly<Record<string, string>> {
  const { ini = USUAL_INI, whole, emperor } = scenario;
  const files: Record<string, string | null> = {
    [NGINX]: nginxConf("include mime.types;\n    include /etc/nginx/conf.d/*.conf;", scenario.worker),
    [SITE]: siteOf(scenario),
    "/srv/app/app.py": scenario.app ?? APP,
    [emperor === undefined ? INI : VASSAL]:
      whole ?? `[uwsgi]\nplugins = python3\nwsgi-file = /srv/app/app.py\nmaster = true\n${lines(ini)}`,
    ...(emperor === undefined ? {} : { "/etc/uwsgi/emperor.ini": `[uwsgi]\nmaster = true\nemperor = ${VASSALS}\n${lines(emperor)}` }),
    [`/etc/systemd/system/${emperor === undefined ? "uwsgi" : "uwsgi-emperor"}.service`]: unitOf(scenario),
    ...scenario.files,
  };
  return Object.fromEntries(Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== null));
}

const FOLDERS: Stage["owned"] = { "/run/uwsgi": "www-data:www-data 755" };

/** The machine with these files: the scenario's own, or those a fix left. `until` asks on until that status comes. */
export function stageOf(scenario: Scenario, files: Readonly<Record<string, string>>, until?: number): Stage {
  return {
    files,
    owned: { ...FOLDERS, ...scenario.owned },
    links: scenario.links ?? {},
    users: scenario.users ?? {},
    requests: scenario.requests ?? [{ path: "/" }],
    patience: scenario.patience ?? 1500,
    ...(until === undefined ? {} : { until }),
  };
}
