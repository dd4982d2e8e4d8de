/** Emperors, tyrants and what their vassals take for granted. */
import type { Scenario } from "../scenario";

const UNIX = "/run/uwsgi/app.sock";
const ABSENT = { status: 502, nginx: /connect\(\) to unix:\S+ failed \(2: No such file or directory\)/ } as const;
const DENIED = { status: 502, nginx: /connect\(\) to unix:\S+ failed \(13: Permission denied\)/ } as const;
const VASSAL = "/etc/uwsgi/vassals/app.ini";
const usual = `uid = www-data\ngid = www-data\nsocket = ${UNIX}\n`;
const whole = `[uwsgi]\nplugins = python3\nwsgi-file = /srv/app/app.py\nmaster = true\n${usual}`;
const deployFolder = { "/run/uwsgi": "deploy:deploy 755" };
const bigHeader = { path: "/", headers: { "X-Long": "a".repeat(6000) } };

export const SCENARIOS: readonly Scenario[] = [
  { name: "a tyrant and a vassal of root", rule: "tyrant-vassal-owner", emperor: "emperor-tyrant = true", ini: usual, broken: { ...ABSENT, uwsgi: /\[emperor-tyrant\] invalid permissions for vassal app\.ini/ } },
  { name: "a tyrant and a vassal of root's group", rule: "tyrant-vassal-owner", emperor: "emperor-tyrant = true", ini: usual, owned: { [VASSAL]: "www-data:root 644" }, broken: { ...ABSENT, uwsgi: /\[emperor-tyrant\] invalid permissions for vassal app\.ini/ } },
  { name: "a tyrant that is not root", rule: "tyrant-needs-root", emperor: "emperor-tyrant = true\nuid = www-data\ngid = www-data", ini: usual, owned: { [VASSAL]: "www-data:www-data 644" }, broken: { ...ABSENT, uwsgi: /setgroups\(\): Operation not permitted/ } },
  { name: "a tyrant under a unit's user", rule: "tyrant-needs-root", emperor: "emperor-tyrant = true", unit: "User=www-data\nGroup=www-data", ini: usual, owned: { [VASSAL]: "www-data:www-data 644" }, broken: { ...ABSENT, uwsgi: /setgroups\(\): Operation not permitted/ } },
  { name: "a tyrant's vassal that hands its socket on", rule: "chown-socket-without-root", emperor: "emperor-tyrant = true", ini: `${usual}chown-socket = www-data:www-data\nchmod-socket = 666`, owned: { [VASSAL]: "deploy:deploy 644", ...deployFolder }, broken: { status: 502, uwsgi: /chown\(\): Operation not permitted/ } },
  { name: "a tyrant's vassal keeps its owner's group", rule: "socket-permission", emperor: "emperor-tyrant = true", ini: `${usual}chmod-socket = 660`, owned: { [VASSAL]: "deploy:deploy 644", ...deployFolder }, broken: DENIED },
  { name: "a tyrant's vassal in root's folder", rule: "socket-folder-permission", emperor: "emperor-tyrant = true", ini: usual, owned: { [VASSAL]: "www-data:www-data 644", "/run/uwsgi": "root:root 755" }, broken: { ...ABSENT, uwsgi: /bind\(\): Permission denied/ } },
  { name: "a vassal with a name nobody reads", rule: "vassal-not-read", emperor: "", files: { [VASSAL]: null, "/etc/uwsgi/vassals/app.conf": whole }, patience: 700, broken: ABSENT },
  { name: "a vassal with upper-case letters", rule: "vassal-not-read", emperor: "", files: { [VASSAL]: null, "/etc/uwsgi/vassals/app.INI": whole }, patience: 700, broken: ABSENT },
  { name: "a vassal in a folder below", rule: "vassal-not-read", emperor: "", files: { [VASSAL]: null, "/etc/uwsgi/vassals/shop/app.ini": whole }, patience: 700, broken: ABSENT },
  { name: "a vassal with a further suffix", rule: "vassal-not-read", emperor: "", files: { [VASSAL]: null, "/etc/uwsgi/vassals/app.ini.disabled": whole }, patience: 700, broken: ABSENT },
  { name: "an extra extension that uWSGI cannot read", rule: "vassal-not-read", emperor: "emperor-extra-extension = .conf", files: { [VASSAL]: null, "/etc/uwsgi/vassals/app.conf": whole }, broken: { ...ABSENT, uwsgi: /unable to load configuration from app\.conf/ } },
  { name: "a missing vassals folder", rule: "vassals-missing", emperor: "", files: { "/etc/uwsgi/emperor.ini": "[uwsgi]\nmaster = true\nemperor = /etc/uwsgi/vassal\n" }, patience: 700, missing: ["/etc/uwsgi/vassal"], broken: ABSENT },
  { name: "a relative vassals folder", rule: "vassals-missing", emperor: "", files: { "/etc/uwsgi/emperor.ini": "[uwsgi]\nmaster = true\nemperor = vassals\n" }, patience: 700, missing: ["/vassals"], broken: ABSENT },
  { name: "an emperor without root: gid of the vassal is void", rule: ["uid-gid-ignored", "socket-permission"], emperor: "uid = deploy\ngid = deploy", ini: `uid = www-data\ngid = www-data\nchmod-socket = 660\nsocket = ${UNIX}`, owned: deployFolder, broken: DENIED },
  { name: "an emperor without root: numbers end the vassal", rule: "uid-gid-ignored", emperor: "uid = www-data\ngid = www-data", ini: `uid = 2000\ngid = 2000\nsocket = ${UNIX}`, broken: { ...ABSENT, uwsgi: /cannot set[ug]id\(\) as non-root user/ } },
  { name: "an emperor without root: chown-socket ends the vassal", rule: "chown-socket-without-root", emperor: "uid = deploy\ngid = deploy", ini: `chown-socket = www-data:www-data\nsocket = ${UNIX}`, owned: deployFolder, broken: { status: 502, uwsgi: /chown\(\): Operation not permitted/ } },
  { name: "an emperor without root and root's folder", rule: "socket-folder-permission", emperor: "uid = www-data\ngid = www-data", ini: `socket = ${UNIX}`, owned: { "/run/uwsgi": "root:root 755" }, broken: { ...ABSENT, uwsgi: /bind\(\): Permission denied/ } },
  { name: "chmod-socket in the emperor's file", rule: ["emperor-option-not-inherited", "socket-permission"], emperor: "chmod-socket = 666", ini: `uid = deploy\ngid = deploy\nsocket = ${UNIX}`, owned: deployFolder, broken: DENIED },
  { name: "chown-socket in the emperor's file", rule: ["emperor-option-not-inherited", "socket-permission"], emperor: "chown-socket = www-data", ini: `uid = deploy\ngid = deploy\nsocket = ${UNIX}`, owned: deployFolder, broken: DENIED },
  { name: "buffer-size in the emperor's file", rule: ["emperor-option-not-inherited", "request-buffer-small"], emperor: "buffer-size = 32768", ini: usual, requests: [bigHeader], broken: { status: 502, uwsgi: /invalid request block size: \d+ \(max 4096\)\.\.\.skip/ } },
  { name: "plugins in the emperor's file", rule: ["emperor-option-not-inherited", "plugin-missing"], emperor: "plugins = python3", whole: `[uwsgi]\nwsgi-file = /srv/app/app.py\nmaster = true\n${usual}`, broken: { status: 502, uwsgi: /-- unavailable modifier requested: 0 --/ } },
  { name: "vassals-default is no option", rule: ["unknown-option", "request-buffer-small"], emperor: "vassals-default = buffer-size=32768", ini: usual, requests: [bigHeader], broken: { status: 502, uwsgi: /invalid request block size: \d+ \(max 4096\)\.\.\.skip/ } },
  {
    name: "two vassals on one port",
    rule: "socket-duplicate",
    emperor: "",
    ini: "uid = www-data\ngid = www-data\nsocket = 127.0.0.1:3031",
    files: { "/etc/uwsgi/vassals/shop.ini": "[uwsgi]\nplugins = python3\nwsgi-file = /srv/app/app.py\nmaster = true\nuid = www-data\ngid = www-data\nsocket = 127.0.0.1:3031\n" },
    pass: "127.0.0.1:3031",
    broken: { status: 200, uwsgi: /probably another instance of uWSGI is running on the same address/ },
    fixed: { uwsgi: /^(?![^]*probably another instance)/ },
  },
  { name: "a vassal without a section", rule: ["no-uwsgi-section"], emperor: "", whole: `plugins = python3\nwsgi-file = /srv/app/app.py\nmaster = true\n${usual}`, broken: ABSENT },
  { name: "a vassal with another section", rule: ["no-uwsgi-section"], emperor: "", whole: `[app]\nplugins = python3\nwsgi-file = /srv/app/app.py\nmaster = true\n${usual}`, broken: ABSENT },
  { name: "a vassal with a bad mode", rule: "chmod-socket-value", emperor: "", ini: `${usual}chmod-socket = 0666`, broken: { ...ABSENT, uwsgi: /invalid chmod value: 0666/ } },
  { name: "a strict vassal with an unknown option", rule: "unknown-option", emperor: "", ini: `${usual}strict = true\nvaccum = true`, broken: { ...ABSENT, uwsgi: /\[strict-mode\] unknown config directive: vaccum/ } },
  { name: "a vassal with an unknown user", rule: "unknown-user", emperor: "", ini: `uid = ngnix\ngid = www-data\nsocket = ${UNIX}`, broken: { ...ABSENT, uwsgi: /user ngnix not found\./ } },
  { name: "emperor capabilities without the right to write everywhere", rule: ["emperor-cap", "socket-folder-permission"], emperor: "emperor-cap = setuid,setgid", ini: `socket = ${UNIX}\nchmod-socket = 666`, owned: deployFolder, broken: { status: 502, uwsgi: /bind\(\): Permission denied/ } },
  { name: "an emperor with a socket and no application", rule: "emperor-socket", emperor: "socket = /run/uwsgi/emperor.sock\nchmod-socket = 666", ini: usual, pass: "unix:/run/uwsgi/emperor.sock", broken: { status: 502 } },
  { name: "an on-demand vassal asked by its own socket", rule: "on-demand-socket", emperor: "emperor-on-demand-extension = .socket", ini: usual, files: { "/etc/uwsgi/vassals/app.ini.socket": "/run/uwsgi/demand.sock" }, broken: ABSENT },
];
