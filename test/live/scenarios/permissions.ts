/** uWSGI may not bind its socket, or nginx may not connect to it. */
import type { Scenario } from "../scenario";

const UNIX = "/run/uwsgi/app.sock";
const DENIED = { status: 502, nginx: /connect\(\) to unix:\S+ failed \(13: Permission denied\)/ } as const;
const ABSENT = { status: 502, nginx: /connect\(\) to unix:\S+ failed \(2: No such file or directory\)/ } as const;
const rootFolder = { "/run/uwsgi": "root:root 755" };
const openFolder = { "/run/uwsgi": "root:root 777" };
const deployFolder = { "/run/uwsgi": "deploy:deploy 755" };
const deploy = `uid = deploy\ngid = deploy\nsocket = ${UNIX}\n`;
const root = `socket = ${UNIX}\n`;
const inGroup = { "www-data": ["www-data", "deploy"] };

export const SCENARIOS: readonly Scenario[] = [
  { name: "no chmod-socket, another user", rule: "socket-permission", ini: deploy, owned: deployFolder, broken: DENIED },
  { name: "no chmod-socket, root", rule: "socket-permission", ini: root, owned: rootFolder, broken: DENIED },
  { name: "660 of another group", rule: "socket-permission", ini: `${deploy}chmod-socket = 660`, owned: deployFolder, broken: DENIED },
  { name: "664 of another group", rule: "socket-permission", ini: `${deploy}chmod-socket = 664`, owned: deployFolder, broken: DENIED },
  { name: "644 with nginx in the group", rule: "socket-permission", ini: `${deploy}chmod-socket = 644`, owned: deployFolder, users: inGroup, broken: DENIED },
  { name: "640 with the group of nginx", rule: "socket-permission", ini: `uid = deploy\ngid = www-data\nsocket = ${UNIX}\nchmod-socket = 640`, owned: deployFolder, broken: DENIED },
  { name: "755 with the group of nginx", rule: "socket-permission", ini: `uid = deploy\ngid = www-data\nsocket = ${UNIX}`, owned: deployFolder, broken: DENIED },
  { name: "755 written out", rule: "socket-permission", ini: `${deploy}chmod-socket = 755`, owned: deployFolder, broken: DENIED },
  { name: "600 of the application's user", rule: "socket-permission", ini: `${deploy}chmod-socket = 600`, owned: deployFolder, broken: DENIED },
  { name: "444 of nginx's own user", rule: "socket-permission", ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}\nchmod-socket = 444`, broken: DENIED },
  { name: "066 of nginx's own user", rule: "socket-permission", ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}\nchmod-socket = 066`, broken: DENIED },
  { name: "chown-socket to another user", rule: "socket-permission", ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}\nchown-socket = deploy:deploy\nchmod-socket = 660`, broken: DENIED },
  { name: "chown-socket without a group leaves root's", rule: "socket-permission", ini: `${root}chown-socket = deploy\nchmod-socket = 660`, users: inGroup, owned: deployFolder, broken: DENIED },
  { name: "chown-socket of a group only gives it to root", rule: "socket-permission", ini: `${deploy}chown-socket = :deploy\nchmod-socket = 660`, owned: deployFolder, broken: DENIED },
  { name: "nginx's own user is another one", rule: "socket-permission", worker: "nginx", ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}\nchmod-socket = 660`, broken: DENIED },
  { name: "nginx without a user line is nobody", rule: "socket-permission", worker: "", ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}\nchmod-socket = 660`, broken: DENIED },
  { name: "nginx with a group of its own", rule: "socket-permission", worker: "nginx nginx", ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}\nchmod-socket = 664`, broken: DENIED },
  { name: "the unit's user with 660", rule: "socket-permission", ini: `socket = ${UNIX}\nchmod-socket = 660`, unit: "User=deploy\nGroup=deploy", owned: deployFolder, broken: DENIED },
  { name: "the unit's user makes gid void", rule: ["socket-permission", "uid-gid-ignored"], ini: `gid = www-data\nsocket = ${UNIX}\nchmod-socket = 660`, unit: "User=deploy", owned: deployFolder, broken: DENIED },
  { name: "a umask of 007", rule: "socket-permission", ini: `${deploy}umask = 007`, owned: deployFolder, broken: DENIED },
  { name: "uid without gid leaves root's group", rule: ["socket-permission", "uid-without-gid"], ini: `uid = deploy\nsocket = ${UNIX}\nchmod-socket = 660`, owned: deployFolder, users: inGroup, broken: DENIED },
  { name: "gid without uid stays root", rule: ["socket-permission", "uid-without-gid"], ini: `gid = deploy\nsocket = ${UNIX}\nchmod-socket = 660`, owned: rootFolder, broken: DENIED },
  { name: "add-gid is not the socket's group", rule: "socket-permission", ini: `${deploy}add-gid = www-data\nchmod-socket = 660`, owned: deployFolder, broken: DENIED },
  { name: "master-as-root binds as root", rule: "socket-permission", ini: `uid = www-data\ngid = www-data\nmaster-as-root = true\nsocket = ${UNIX}`, broken: DENIED },
  { name: "drop-after-init binds as root", rule: "socket-permission", ini: `uid = www-data\ngid = www-data\ndrop-after-init = true\nsocket = ${UNIX}\nchmod-socket = 660`, broken: DENIED },
  { name: "the http router passes chown-socket by", rule: "socket-permission", whole: `[uwsgi]\nplugins = python3,http\nwsgi-file = /srv/app/app.py\nmaster = true\nuid = www-data\ngid = www-data\nhttp = ${UNIX}\nchown-socket = www-data\n`, location: `proxy_pass http://unix:${UNIX};\nproxy_set_header Host $host;`, broken: DENIED },

  { name: "a socket in root's folder", rule: "socket-folder-permission", ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}`, owned: rootFolder, broken: { ...ABSENT, uwsgi: /bind\(\): Permission denied/ } },
  { name: "a socket directly in /run", rule: "socket-folder-permission", ini: "uid = www-data\ngid = www-data\nsocket = /run/app.sock", pass: "unix:/run/app.sock", broken: { ...ABSENT, uwsgi: /bind\(\): Permission denied/ } },
  { name: "a socket directly in /var/run", rule: "socket-folder-permission", ini: "uid = www-data\ngid = www-data\nsocket = /var/run/app.sock", pass: "unix:/var/run/app.sock", broken: { ...ABSENT, uwsgi: /bind\(\): Permission denied/ } },
  { name: "a socket beside the code of root", rule: "socket-folder-permission", ini: "uid = www-data\ngid = www-data\nsocket = /srv/app/app.sock", pass: "unix:/srv/app/app.sock", broken: { ...ABSENT, uwsgi: /bind\(\): Permission denied/ } },
  { name: "a socket in another user's folder", rule: "socket-folder-permission", ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}`, owned: deployFolder, broken: { ...ABSENT, uwsgi: /bind\(\): Permission denied/ } },
  { name: "the unit's user in root's folder", rule: "socket-folder-permission", ini: `socket = ${UNIX}`, unit: "User=www-data\nGroup=www-data", owned: rootFolder, broken: { ...ABSENT, uwsgi: /bind\(\): Permission denied/ } },
  { name: "a missing folder below /run", rule: "socket-folder-missing", ini: "uid = www-data\ngid = www-data\nsocket = /run/app/app.sock", pass: "unix:/run/app/app.sock", broken: { ...ABSENT, uwsgi: /bind\(\): No such file or directory/ } },
  { name: "a missing folder below /run, the unit's user", rule: "socket-folder-missing", ini: "socket = /run/app/app.sock", pass: "unix:/run/app/app.sock", unit: "User=www-data\nGroup=www-data", broken: { ...ABSENT, uwsgi: /bind\(\): No such file or directory/ } },
  { name: "RuntimeDirectory with a comment behind it", rule: ["systemd-inline-comment", "socket-folder-missing"], ini: "uid = www-data\ngid = www-data\nsocket = /run/app/app.sock", pass: "unix:/run/app/app.sock", unit: "RuntimeDirectory=# app", broken: ABSENT },
  { name: "a socket below /root", rule: "socket-folder-closed", ini: "socket = /root/app/app.sock\nchmod-socket = 666", pass: "unix:/root/app/app.sock", owned: { "/root/app": "root:root 755" }, broken: DENIED },
  { name: "a socket below a closed home", rule: "socket-folder-closed", ini: "uid = deploy\ngid = deploy\nsocket = /home/deploy/app.sock\nchmod-socket = 666", pass: "unix:/home/deploy/app.sock", owned: { "/home/deploy": "deploy:deploy 750" }, broken: DENIED },
  { name: "a socket in a folder of 700", rule: "socket-folder-closed", ini: `${deploy}chmod-socket = 666`, owned: { "/run/uwsgi": "deploy:deploy 700" }, broken: DENIED },
  { name: "a socket in the unit's private RuntimeDirectory", rule: "socket-folder-closed", ini: "socket = /run/app/app.sock\nchmod-socket = 666", pass: "unix:/run/app/app.sock", unit: "User=deploy\nGroup=deploy\nRuntimeDirectory=app\nRuntimeDirectoryMode=0700", broken: DENIED },

  { name: "chmod-socket of four digits", rule: "chmod-socket-value", ini: `${deploy}chmod-socket = 0660`, owned: openFolder, broken: { ...ABSENT, uwsgi: /invalid chmod value: 0660/ } },
  { name: "chmod-socket of two digits", rule: "chmod-socket-value", ini: `${deploy}chmod-socket = 66`, owned: openFolder, broken: { ...ABSENT, uwsgi: /invalid chmod value: 66/ } },
  { name: "chmod-socket in words", rule: "chmod-socket-value", ini: `${deploy}chmod-socket = a+rw`, owned: openFolder, broken: { ...ABSENT, uwsgi: /invalid chmod value: a\+rw/ } },
  { name: "chmod-socket = true", rule: "chmod-socket-value", ini: `${deploy}chmod-socket = true`, owned: openFolder, broken: { ...ABSENT, uwsgi: /invalid chmod value: true/ } },
  { name: "chmod-socket with a prefix", rule: "chmod-socket-value", ini: `${deploy}chmod-socket = 0o660`, owned: openFolder, broken: { ...ABSENT, uwsgi: /invalid chmod value: 0o660/ } },
  { name: "chmod-socket without a value", rule: "chmod-socket-value", ini: `${deploy}chmod-socket =`, owned: openFolder, broken: { ...ABSENT, uwsgi: /invalid chmod value: / } },
  { name: "an unknown user in chown-socket", rule: "unknown-user", ini: `${root}chown-socket = ngnix:www-data\nchmod-socket = 660`, owned: rootFolder, broken: { ...DENIED, uwsgi: /unable to find user ngnix/ } },
  { name: "an unknown group in chown-socket", rule: "unknown-user", ini: `${root}chown-socket = www-data:web\nchmod-socket = 660`, owned: rootFolder, broken: { status: 502, uwsgi: /unable to find group web/ } },
  { name: "chown-socket with a dot", rule: ["chown-socket-value", "unknown-user"], ini: `${root}chown-socket = www-data.www-data\nchmod-socket = 660`, owned: rootFolder, broken: { status: 502, uwsgi: /unable to find user www-data\.www-data/ } },
  { name: "chown-socket with a blank", rule: ["chown-socket-value", "unknown-user"], ini: `${root}chown-socket = www-data www-data\nchmod-socket = 660`, owned: rootFolder, broken: { status: 502, uwsgi: /unable to find user www-data www-data/ } },
  { name: "chown-socket without root", rule: "chown-socket-without-root", ini: `socket = ${UNIX}\nchown-socket = www-data:www-data\nchmod-socket = 660`, unit: "User=deploy\nGroup=deploy", owned: deployFolder, broken: { status: 502, uwsgi: /chown\(\): Operation not permitted/ } },
  { name: "an unknown uid", rule: "unknown-user", ini: `uid = wwwdata\ngid = www-data\nsocket = ${UNIX}`, broken: { ...ABSENT, uwsgi: /user wwwdata not found\./ } },
  { name: "an unknown gid", rule: "unknown-user", ini: `uid = www-data\ngid = wwwdata\nsocket = ${UNIX}`, broken: { ...ABSENT, uwsgi: /group wwwdata not found\./ } },
  { name: "uid = 0", rule: ["unknown-user", "uid-zero"], ini: `uid = 0\ngid = 0\nsocket = ${UNIX}\nchmod-socket = 666`, broken: { ...ABSENT, uwsgi: /(?:user|group) 0 not found\./ } },
  { name: "a numeric uid without root", rule: "uid-gid-ignored", ini: `uid = 33\ngid = 33\nsocket = ${UNIX}\nchmod-socket = 666`, unit: "User=deploy\nGroup=deploy", owned: deployFolder, broken: { ...ABSENT, uwsgi: /cannot set[ug]id\(\) as non-root user/ } },
  { name: "nginx's user is unknown", rule: "unknown-user", worker: "ngnix", broken: { status: "refused", nginx: /getpwnam\("ngnix"\) failed/ } },
  { name: "nginx's group is named like nobody", rule: "unknown-user", worker: "nobody", broken: { status: "refused", nginx: /getgrnam\("nobody"\) failed/ } },
  { name: "another user's old socket in /tmp", rule: "socket-path-occupied", ini: "uid = www-data\ngid = www-data\nsocket = /tmp/app.sock", pass: "unix:/tmp/app.sock", files: { "/tmp/app.sock": "" }, owned: { "/tmp/app.sock": "deploy:deploy 666" }, broken: { status: 502, nginx: /\(111: Connection refused\)/, uwsgi: /bind\(\): Address already in use/ } },
  { name: "the log's folder is missing", rule: "log-path", ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}\nlogto = /var/log/app/app.log`, missing: ["/var/log/app"], broken: { status: 502, uwsgi: /open\("\/var\/log\/app\/app\.log"\): No such file or directory/ } },
  { name: "pidfile2 is written after the drop", rule: "log-path", ini: `uid = www-data\ngid = www-data\nsocket = ${UNIX}\npidfile2 = /run/app.pid`, broken: { status: 502, uwsgi: /Permission denied/ } },
];
