/** Configurations in XML, YAML and JSON, values that are misread, and arguments. */
import type { Scenario } from "../scenario";

const UNIX = "/run/uwsgi/app.sock";
const usual = `uid = www-data\ngid = www-data\nsocket = ${UNIX}\n`;
const base = `[uwsgi]\nplugins = python3\nwsgi-file = /srv/app/app.py\nmaster = true\n${usual}`;
const ABSENT = { status: 502, nginx: /connect\(\) to unix:\S+ failed \(2: No such file or directory\)/ } as const;

/** Answers 200 only where the variable is set. */
const configured = `import os


def application(environ, start_response):
    start_response("200 OK" if os.environ.get("MODE") == "fast" else "500 Not configured", [("Content-Type", "text/plain")])
    return [os.environ.get("MODE", "nothing").encode()]
`;
const UNCONFIGURED = { status: 500, body: /^nothing$/ } as const;

/** Started with a configuration in another format. */
const started = (format: "json" | "xml" | "yaml", text: string): Pick<Scenario, "command" | "files"> => ({
  command: `/usr/bin/uwsgi --${format} /srv/app/uwsgi.${format}`,
  files: { "/srv/app/uwsgi.ini": null, [`/srv/app/uwsgi.${format}`]: text },
});
const json = (last: string) =>
  started(
    "json",
    `{\n  "uwsgi": {\n    "plugins": "python3",\n    "wsgi-file": "/srv/app/app.py",\n    "master": true,\n    "uid": "www-data",\n    "gid": "www-data",\n    "socket": "${UNIX}",\n${last}  }\n}\n`,
  );
const xml = (last: string) =>
  started(
    "xml",
    `<uwsgi>\n  <plugins>python3</plugins>\n  <wsgi-file>/srv/app/app.py</wsgi-file>\n  <master/>\n  <uid>www-data</uid>\n  <gid>www-data</gid>\n${last}</uwsgi>\n`,
  );
const yaml = (last: string) =>
  started("yaml", `uwsgi:\n  plugins: python3\n  wsgi-file: /srv/app/app.py\n  master: true\n  uid: www-data\n  gid: www-data\n${last}`);

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "a comma at the end of a JSON object",
    rule: "json-error",
    ...json('    "env": "MODE=fast",\n'),
    byHand: { '"MODE=fast",': '"MODE=fast"' },
    broken: { ...ABSENT, uwsgi: /error parsing JSON/ },
  },
  {
    name: "an object as a value of JSON",
    rule: "json-nested-value",
    app: configured,
    ...json('    "env": {"MODE": "fast"}\n'),
    byHand: { '{"MODE": "fast"}': '"MODE=fast"' },
    broken: UNCONFIGURED,
  },
  {
    name: "an XML element that is closed by another name",
    rule: "xml-error",
    ...xml(`  <socket>${UNIX}</socke>\n`),
    byHand: { "</socke>": "</socket>" },
    broken: ABSENT,
  },
  {
    name: "an element in an option of XML",
    rule: "xml-nested-element",
    ...xml(`  <socket><path>${UNIX}</path></socket>\n`),
    byHand: { "<path>": "", "</path>": "" },
    broken: ABSENT,
  },
  {
    name: "a comment in a value of XML",
    rule: "xml-split-text",
    ...xml("  <socket>/run/uwsgi/app<!-- of the shop -->.sock</socket>\n"),
    byHand: { "<!-- of the shop -->": "" },
    broken: ABSENT,
  },
  {
    name: "a YAML alias as a value",
    rule: "yaml-alias",
    app: configured,
    ...yaml(`  socket: ${UNIX}\n  env: *mode\n`),
    byHand: { "*mode": "MODE=fast" },
    broken: UNCONFIGURED,
  },
  {
    name: "a YAML anchor",
    rule: "yaml-anchor",
    ...yaml(`  chdir: &home /srv/app\n  socket: ${UNIX}\n`),
    byHand: { "&home ": "" },
    broken: { ...ABSENT, uwsgi: /unsupported YAML token 21 in uwsgi block/ },
  },
  {
    name: "a YAML key without a value",
    rule: "yaml-empty-value",
    ...started(
      "yaml",
      `uwsgi:\n  plugins: python3\n  wsgi-file: /srv/app/app.py\n  uid: www-data\n  gid: www-data\n  socket: ${UNIX}\n  master:\n`,
    ),
    byHand: { "master:": "master: true" },
    broken: { status: 200, uwsgi: /you are running uWSGI without its master process manager/ },
    fixed: { lacks: /without its master process manager/ },
  },
  {
    name: "a YAML key that stands too far right",
    rule: "yaml-misplaced",
    ...yaml(`   socket: ${UNIX}\n`),
    byHand: { "   socket:": "  socket:" },
    broken: ABSENT,
  },
  {
    name: "a list in a YAML list",
    rule: "yaml-nested-list",
    app: configured,
    ...yaml(`  socket: ${UNIX}\n  env:\n    - A=1\n    - [B=2]\n    - MODE=fast\n`),
    byHand: { "[B=2]": "B=2" },
    broken: UNCONFIGURED,
  },

  {
    name: "a misspelt argument",
    rule: "unknown-argument",
    command: "/usr/bin/uwsgi --ini /srv/app/uwsgi.ini --procesess 4",
    broken: { ...ABSENT, uwsgi: /unrecognized option '--procesess'/ },
  },
  {
    name: "a flag that is on whatever it says",
    rule: "value-misread",
    ini: `${usual}disable-logging = disabled`,
    broken: { status: 200, lacks: /GET \/ =>/ },
    fixed: { uwsgi: /GET \/ =>/ },
  },
  {
    name: "a cron line as in a crontab",
    rule: "value-refused",
    ini: `${usual}cron = */5 * * * * /bin/true`,
    broken: { ...ABSENT, uwsgi: /invalid cron syntax/ },
  },
  {
    name: "a mode with a leading zero after an equals sign",
    rule: "value-refused",
    command: "/usr/bin/uwsgi --ini /srv/app/uwsgi.ini --umask=0022 --chmod-socket=0660",
    broken: ABSENT,
  },
  {
    name: "a name of log-format that does not exist",
    rule: "unknown-log-variable",
    ini: `${usual}log-format = asked <%(methd)> %(uri)`,
    byHand: { "%(methd)": "%(method)" },
    broken: { status: 200, uwsgi: /asked <-> \// },
    fixed: { uwsgi: /asked <GET> \// },
  },
  {
    name: "wsgi-file with the object behind it",
    rule: "wsgi-file-form",
    fix: /and callable/,
    whole: base.replace("app.py", "app.py:application"),
    broken: { status: 500, uwsgi: /failed to open python file/ },
  },
  {
    name: "module and wsgi-file",
    rule: "two-apps",
    whole: `${base}pythonpath = /srv/app\nmodule = app\n`,
    broken: { status: 200, uwsgi: /mountpoint .* already configured\. skip\./ },
    fixed: { lacks: /already configured/ },
  },
];
