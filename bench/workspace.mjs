// Makes workspaces of any size for measurements: `node bench/workspace.mjs SHAPE COUNT FOLDER`. Every shape grows in one way only.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const vassal = (name, socket = "/run/uwsgi/%n.sock") => `[uwsgi]
uid = www-data
gid = www-data
chdir = /srv/${name}
module = ${name}.wsgi:application
plugin = python3
socket = ${socket}
chmod-socket = 660
processes = 4
buffer-size = 32768
`;
const site = (name, target = `unix:/run/uwsgi/${name}.sock`) => `server {
    listen 80;
    server_name ${name}.example.com;
    location / {
        include uwsgi_params;
        uwsgi_pass ${target};
    }
}
`;
const unit = (name) => `[Unit]
Description=${name}

[Service]
User=www-data
ExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/apps/${name}.ini
Type=notify
`;
const service = (name) => `  ${name}:
    image: python:3.12
    command: uwsgi --socket :3031 --module ${name}.wsgi --master
`;
const EMPEROR = "[uwsgi]\nmaster = true\nemperor = /etc/uwsgi/vassals\n";
const HTTP = "user www-data;\nevents {\n}\nhttp {\n    include /etc/nginx/conf.d/*.conf;\n}\n";
const PARAMS = "uwsgi_param QUERY_STRING $query_string;\nuwsgi_param REQUEST_METHOD $request_method;\n";

function* emperor(names, { socket, target, main = true } = {}) {
  yield ["etc/uwsgi/emperor.ini", EMPEROR];
  yield ["etc/nginx/uwsgi_params", PARAMS];
  if (main) yield ["etc/nginx/nginx.conf", HTTP];
  for (const name of names) {
    yield [`etc/uwsgi/vassals/${name}.ini`, vassal(name, socket)];
    yield [`etc/nginx/conf.d/${name}.conf`, site(name, target?.(name))];
  }
}

/** Files of each shape, by the names of the applications. */
export const SHAPES = {
  /** One emperor, its vassals, and one nginx that includes a site for each. */
  emperor: (names) => emperor(names),
  /** The same without the file that includes the sites. */
  loose: (names) => emperor(names, { main: false }),
  /** A unit for each application. */
  *units(names) {
    yield ["etc/nginx/nginx.conf", HTTP];
    for (const name of names) {
      yield [`etc/systemd/system/${name}.service`, unit(name)];
      yield [`etc/uwsgi/apps/${name}.ini`, vassal(name)];
      yield [`etc/nginx/conf.d/${name}.conf`, site(name)];
    }
  },
  /** One compose file with a service for each, and nginx beside them. */
  *compose(names) {
    yield [
      "docker-compose.yml",
      `services:\n  nginx:\n    image: nginx\n    volumes:\n      - ./conf.d:/etc/nginx/conf.d\n${names.map(service).join("")}`,
    ];
    for (const name of names) yield [`conf.d/${name}.conf`, site(name, `${name}:3031`)];
  },
  /** nginx looks for every socket in another folder. */
  lost: (names) => emperor(names, { target: (name) => `unix:/var/run/apps/${name}.sock` }),
  /** All bind one address. */
  doubled: (names) => emperor(names, { socket: "127.0.0.1:3031", target: () => "127.0.0.1:3031" }),
  /** Sockets beside the files, wherever that is. */
  relative: (names) => emperor(names, { socket: "app.sock", target: (name) => `unix:/srv/${name}/app.sock` }),
  /** Addresses that nobody knows. */
  unknown: (names) => emperor(names, { socket: "$(SOCKETS)/x.sock", target: () => "unix:$sockets/x.sock" }),
  /** One base for all. */
  *shared(names) {
    yield ["etc/uwsgi/emperor.ini", EMPEROR];
    yield ["etc/uwsgi/base.ini", vassal("%n")];
    for (const name of names) yield [`etc/uwsgi/vassals/${name}.ini`, "[uwsgi]\nini = /etc/uwsgi/base.ini\nthreads = 2\n"];
  },
  /** One file with all servers, and one with a section for each. */
  *single(names) {
    yield ["etc/nginx/conf.d/all.conf", names.map((name) => site(name)).join("")];
    yield ["etc/uwsgi/all.ini", names.map((name) => vassal(name, `/run/uwsgi/${name}.sock`).replace("[uwsgi]", `[${name}]`)).join("")];
  },
};

export const namesUpTo = (count) => Array.from({ length: count }, (_, index) => `app${index}`);

export function write(folder, shape, count) {
  rmSync(folder, { recursive: true, force: true });
  const made = new Set();
  let files = 0;
  for (const [path, text] of SHAPES[shape](namesUpTo(count))) {
    const file = join(folder, path);
    if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    made.add(dirname(file));
    writeFileSync(file, text);
    files++;
  }
  return files;
}

if (process.argv[1]?.endsWith("workspace.mjs")) {
  const [shape = "", count = "", folder = ""] = process.argv.slice(2);
  if (!Object.hasOwn(SHAPES, shape) || !folder) {
    console.error(`usage: workspace.mjs ${Object.keys(SHAPES).join("|")} COUNT FOLDER`);
    process.exit(2);
  }
  console.log(`${write(folder, shape, Number(count))} files`);
}
