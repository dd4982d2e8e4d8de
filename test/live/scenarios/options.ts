/** Options that are unknown, badly written, or end uWSGI; files that uWSGI reads otherwise than people do. */
import type { Scenario } from "../scenario";

const UNIX = "/run/uwsgi/app.sock";
const usual = `uid = www-data\ngid = www-data\nsocket = ${UNIX}\n`;
const base = `plugins = python3\nwsgi-file = /srv/app/app.py\nmaster = true\n${usual}`;
const ABSENT = { status: 502, nginx: /connect\(\) to unix:\S+ failed \(2: No such file or directory\)/ } as const;
const DENIED = { status: 502, nginx: /connect\(\) to unix:\S+ failed \(13: Permission denied\)/ } as const;
const NO_SECTION = /The -s\/--socket option is missing/;
const deployFolder = { "/run/uwsgi": "deploy:deploy 755" };
const patient = `include uwsgi_params;\nuwsgi_read_timeout 1s;\nuwsgi_pass unix:${UNIX};`;
const SILENT = { status: 504, nginx: /upstream timed out/ } as const;
/** Stands for a client that sends its reports in a thread. */
const agent = `import threading
import time

done = []


def report():
    while True:
        done.append(1)
        time.sleep(0.05)


def init():
    threading.Thread(target=report, daemon=True).start()
`;
const reporting = `import sentry_sdk

seen = []


def application(environ, start_response):
    if not seen:
        sentry_sdk.init()
    seen.append(len(sentry_sdk.done))
    alive = len(seen) == 1 or seen[-1] - seen[-2] > 3
    start_response("200 OK" if alive else "500 Asleep", [("Content-Type", "text/plain")])
    return [str(seen[-1] - seen[0]).encode()]
`;

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "strict and a misspelt option",
    rule: "strict-unknown-option",
    ini: `${usual}strict = true\nvaccum = true`,
    broken: { ...ABSENT, uwsgi: /\[strict-mode\] unknown config directive: vaccum/ },
  },
  {
    name: "strict and a variable of one's own",
    rule: "strict-unknown-option",
    ini: `${usual}strict = true\nbase = /srv/app`,
    broken: { ...ABSENT, uwsgi: /\[strict-mode\] unknown config directive: base/ },
  },
  {
    name: "chmod_socket with an underscore",
    fix: /chmod/,
    rule: "unknown-option",
    ini: `uid = deploy\ngid = deploy\nsocket = ${UNIX}\nchmod_socket = 666`,
    owned: deployFolder,
    broken: DENIED,
  },
  {
    name: "an option with dashes in front",
    rule: "unknown-option",
    ini: `uid = www-data\ngid = www-data\n--socket = ${UNIX}`,
    broken: ABSENT,
  },
  { name: "an option in upper case", rule: "unknown-option", ini: `uid = www-data\ngid = www-data\nSocket = ${UNIX}`, broken: ABSENT },
  { name: "a colon instead of =", rule: "unknown-option", ini: `uid = www-data\ngid = www-data\nsocket : ${UNIX}`, broken: ABSENT },
  {
    name: "a misspelt buffer-size",
    rule: "unknown-option",
    ini: `${usual}bufer-size = 32768`,
    requests: [{ path: "/", headers: { "X-Long": "a".repeat(6000) } }],
    broken: { status: 502, uwsgi: /\(max 4096\)\.\.\.skip/ },
  },

  {
    name: "options before the section",
    rule: "no-uwsgi-section",
    whole: `plugins = python3\nwsgi-file = /srv/app/app.py\nsocket = ${UNIX}\n[uwsgi]\nmaster = true\nuid = www-data\ngid = www-data\n`,
    broken: ABSENT,
  },
  {
    name: "an upper-case section",
    rule: "no-uwsgi-section",
    whole: `[UWSGI]\n${base}`,
    broken: { ...ABSENT, uwsgi: NO_SECTION },
  },
  {
    name: "a section with blanks inside",
    rule: ["no-uwsgi-section", "header-malformed"],
    whole: `[ uwsgi ]\n${base}`,
    broken: { ...ABSENT, uwsgi: NO_SECTION },
  },
  {
    name: "a byte-order mark",
    rule: "byte-order-mark",
    whole: `\ufeff[uwsgi]\n${base}`,
    broken: { ...ABSENT, uwsgi: NO_SECTION },
  },
  {
    name: "a line continued with a backslash",
    rule: "line-continuation",
    whole: `[uwsgi]\nplugins = python3\nwsgi-file = /srv/app/app.py\nmaster = true\nuid = www-data\ngid = www-data\nsocket = \\\n    ${UNIX}\n`,
    broken: ABSENT,
  },
  {
    name: "an ini that is included relative to the working directory",
    rule: "include-missing",
    ini: "ini = common.ini",
    files: { "/srv/app/common.ini": `[uwsgi]\n${usual}` },
    missing: ["/common.ini"],
    broken: { ...ABSENT, uwsgi: /unable to load configuration from common\.ini|No such file or directory/ },
  },
  {
    name: "a YAML file with a tab",
    rule: "yaml-error",
    files: {
      "/srv/app/uwsgi.ini": null,
      "/srv/app/uwsgi.yaml": `uwsgi:\n    plugins: python3\n    wsgi-file: /srv/app/app.py\n\tmaster: true\n    uid: www-data\n    gid: www-data\n    socket: ${UNIX}\n`,
    },
    command: "/usr/bin/uwsgi --yaml /srv/app/uwsgi.yaml",
    broken: { status: 502 },
  },

  {
    name: "listen above somaxconn",
    rule: "listen-queue",
    ini: `${usual}listen = 8192`,
    broken: { status: 502, uwsgi: /Listen queue size is greater than the system max net\.core\.somaxconn \(4096\)/ },
  },
  { name: "processes = auto", rule: "no-workers", ini: `${usual}processes = auto`, location: patient, patience: 700, broken: SILENT },
  {
    name: "processes = 0",
    rule: "no-workers",
    ini: `${usual}processes = 0`,
    location: patient,
    patience: 700,
    broken: SILENT,
  },
  {
    name: "workers and processes are one",
    rule: "no-workers",
    ini: `${usual}processes = 2\nworkers = 0`,
    location: patient,
    patience: 700,
    broken: SILENT,
  },
  { name: "negative processes", rule: "number-value", ini: `${usual}processes = -2`, broken: { status: 502 } },
  {
    name: "cheaper not below processes",
    rule: "cheaper-workers",
    ini: `${usual}processes = 2\ncheaper = 2`,
    broken: { status: 502, uwsgi: /invalid cheaper value: must be lower than processes/ },
  },
  {
    name: "cheaper without processes",
    rule: "cheaper-workers",
    ini: `${usual}cheaper = 1`,
    broken: { status: 502, uwsgi: /invalid cheaper value: must be lower than processes/ },
  },
  {
    name: "threads of a library that reports in the background",
    rule: "threads-for-agent",
    app: reporting,
    ini: `${usual}pythonpath = /srv/app`,
    files: { "/srv/app/requirements.txt": "sentry-sdk==2.19.0\n", "/srv/app/sentry_sdk.py": agent },
    requests: [{ path: "/" }, { path: "/", after: 1500 }],
    broken: { status: 500, body: /^[01]$/ },
  },
  {
    name: "a worker that crashes without a master",
    rule: "no-master",
    app: 'import os\n\n\ndef application(environ, start_response):\n    if environ["PATH_INFO"] == "/crash":\n        os._exit(1)\n    start_response("200 OK", [])\n    return [b"hello"]\n',
    whole: `[uwsgi]\nplugins = python3\nwsgi-file = /srv/app/app.py\n${usual}`,
    requests: [{ path: "/crash" }, { path: "/", after: 300 }],
    broken: { status: 502, nginx: /\(111: Connection refused\)/ },
  },
  {
    name: "SIGTERM reloads instead of stopping",
    rule: "sigterm-reloads",
    files: { "/etc/systemd/system/uwsgi.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /srv/app/uwsgi.ini\nType=notify\n" },
    requests: [
      { path: "/", signal: "TERM", after: 700 },
      { path: "/", after: 2500 },
    ],
    broken: { status: 200, uwsgi: /gracefully \(RE\)spawned uWSGI master process/ },
    fixed: { status: 502 },
  },
  {
    name: "daemonize under a service manager",
    rule: "daemonize-under-manager",
    ini: `${usual}daemonize = /var/log/uwsgi/app.log`,
    patience: 1000,
    requests: [{ path: "/", after: 1500 }],
    broken: { status: 502, nginx: /\((?:2|111): / },
  },
  {
    name: "a missing option file",
    rule: "include-missing",
    ini: `${usual}ini = /srv/app/comon.ini`,
    missing: ["/srv/app/comon.ini"],
    files: { "/srv/app/common.ini": "[uwsgi]\nbuffer-size = 8192\n" },
    broken: { ...ABSENT, uwsgi: /No such file or directory|unable to load configuration/ },
  },
  {
    name: "need-plugin of a missing plugin",
    rule: "plugin-name",
    whole: `[uwsgi]\nneed-plugin = python\nwsgi-file = /srv/app/app.py\nmaster = true\n${usual}`,
    broken: { ...ABSENT, uwsgi: /UNABLE to load uWSGI plugin|python_plugin\.so/ },
  },
  {
    name: "a log file logger without its plugin",
    rule: "logger-plugin",
    ini: `${usual}logger = file:/tmp/app.log`,
    broken: { status: 502, uwsgi: /unable to find logger file/ },
  },
];
