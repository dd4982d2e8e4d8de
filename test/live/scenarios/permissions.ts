/** uWSGI may not bind its socket, or nginx may not connect to it. */
import type { Scenario } from "../scenario";

const UNIX = "/run/uwsgi/app.sock";
const DENIED = { status: 502, nginx: /connect\(\) to unix:\S+ failed \(13: Permission denied\)/ } as const;
const rootFolder = { "/run/uwsgi": "root:root 755" };
const deployFolder = { "/run/uwsgi": "deploy:deploy 755" };
const deploy = `uid = deploy\ngid = deploy\nsocket = ${UNIX}\n`;
const root = `socket = ${UNIX}\n`;
const inGroup = { "www-data": ["www-data", "deploy"] };

export const SCENARIOS: readonly Scenario[] = [
  { name: "no chmod-socket, another user", rule: "socket-permission", ini: deploy, owned: deployFolder, broken: DENIED },
  { name: "no chmod-socket, root", rule: "socket-permission", ini: root, owned: rootFolder, broken: DENIED },
  { name: "660 of another group", rule: "socket-permission", ini: `${deploy}chmod-socket = 660`, owned: deployFolder, broken: DENIED },
  { name: "664 of another group", rule: "socket-permission", ini: `${deploy}chmod-socket = 664`, owned: deployFolder, broken: DENIED },
  {
    name: "644 with nginx in the group",
    rule: "socket-permission",
    ini: `${deploy}chmod-socket = 644`,
    owned: deployFolder,
    users: inGroup,
    broken: DENIED,
  },
  {
    name: "640 with the group of nginx",
    rule: "socket-permission",
    ini: `uid = deploy\ngid = www-data\nsocket = ${UNIX}\nchmod-socket = 640`,
    owned: deployFolder,
    broken: DENIED,
  },
  {
    name: "755 with the group of nginx",
    rule: "socket-permission",
    ini: `uid = deploy\ngid = www-data\nsocket = ${UNIX}`,
    owned: deployFolder,
    broken: DENIED,
  },
  { name: "755 written out", rule: "socket-permission", ini: `${deploy}chmod-socket = 755`, owned: deployFolder, broken: DENIED },
  {
    name: "600 of the application's user",
    rule: "socket-permission",
    ini: `${deploy}chmod-socket = 600`,
    owned: deployFolder,
    broken: DENIED,
  },
  {
    name: "444 of nginx's own user",
    rule: "socket-permission",
    ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}\nchmod-socket = 444`,
    broken: DENIED,
  },
  {
    name: "066 of nginx's own user",
    rule: "socket-permission",
    ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}\nchmod-socket = 066`,
    broken: DENIED,
  },
  {
    name: "chown-socket to another user",
    rule: "socket-permission",
    ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}\nchown-socket = deploy:deploy\nchmod-socket = 660`,
    broken: DENIED,
  },
  {
    name: "chown-socket without a group leaves root's",
    rule: "socket-permission",
    ini: `${root}chown-socket = deploy\nchmod-socket = 660`,
    users: inGroup,
    owned: deployFolder,
    broken: DENIED,
  },
  {
    name: "chown-socket of a group only gives it to root",
    rule: "socket-permission",
    ini: `${deploy}chown-socket = :deploy\nchmod-socket = 660`,
    owned: deployFolder,
    broken: DENIED,
  },
  {
    name: "nginx's own user is another one",
    rule: "socket-permission",
    worker: "nginx",
    ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}\nchmod-socket = 660`,
    broken: DENIED,
  },
  {
    name: "nginx without a user line is nobody",
    rule: "socket-permission",
    worker: "",
    ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}\nchmod-socket = 660`,
    broken: DENIED,
  },
  {
    name: "nginx with a group of its own",
    rule: "socket-permission",
    worker: "nginx nginx",
    ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}\nchmod-socket = 664`,
    broken: DENIED,
  },
  {
    name: "the unit's user with 660",
    rule: "socket-permission",
    ini: `socket = ${UNIX}\nchmod-socket = 660`,
    unit: "User=deploy\nGroup=deploy",
    owned: deployFolder,
    broken: DENIED,
  },
  {
    name: "the unit's user makes gid void",
    rule: "socket-permission",
    ini: `gid = www-data\nsocket = ${UNIX}\nchmod-socket = 660`,
    unit: "User=deploy",
    owned: deployFolder,
    broken: DENIED,
  },
  { name: "a umask of 007", rule: "socket-permission", ini: `${deploy}umask = 007`, owned: deployFolder, broken: DENIED },
  {
    name: "uid without gid leaves root's group",
    rule: "socket-permission",
    ini: `uid = deploy\nsocket = ${UNIX}\nchmod-socket = 660`,
    owned: deployFolder,
    users: inGroup,
    broken: DENIED,
  },
  {
    name: "gid without uid stays root",
    rule: "socket-permission",
    ini: `gid = deploy\nsocket = ${UNIX}\nchmod-socket = 660`,
    owned: rootFolder,
    broken: DENIED,
  },
  {
    name: "add-gid is not the socket's group",
    rule: "socket-permission",
    ini: `${deploy}add-gid = www-data\nchmod-socket = 660`,
    owned: deployFolder,
    broken: DENIED,
  },
  {
    name: "master-as-root binds as root",
    rule: "socket-permission",
    ini: `uid = www-data\ngid = www-data\nmaster-as-root = true\nsocket = ${UNIX}`,
    broken: DENIED,
  },
  {
    name: "drop-after-init binds as root",
    rule: "socket-permission",
    ini: `uid = www-data\ngid = www-data\ndrop-after-init = true\nsocket = ${UNIX}\nchmod-socket = 660`,
    broken: DENIED,
  },
  {
    name: "the http router passes chown-socket by",
    rule: "socket-permission",
    whole: `[uwsgi]\nplugins = python3,http\nwsgi-file = /srv/app/app.py\nmaster = true\nuid = www-data\ngid = www-data\nhttp = ${UNIX}\nchown-socket = www-data\n`,
    location: `proxy_pass http://unix:${UNIX};\nproxy_set_header Host $host;`,
    broken: DENIED,
  },
];
