// Texts of like work for each language: as many lines, no two parts alike, one small mistake at the end for the diagnostics.
// `probe`: line of a part and column where something can be completed and hovered; `typed`: where a digit can be added to a name.
const LANGUAGES = {
  uwsgi: {
    file: "app.ini",
    head: ["[uwsgi]", "socket = /run/app.sock"],
    part: (i) => [
      `# part ${i}`,
      `set-placeholder = name${i}=/srv/app${i}`,
      `env = KEY${i}=%(name${i})/x`,
      `route = ^/p${i} addheader:X-Part: ${i}`,
      `static-map = /s${i}=/srv/static${i}`,
    ],
    tail: ["bogus-optoin = 1"],
    probe: [3, 3],
    typed: [2, 9],
  },
  nginx: {
    file: "nginx.conf",
    head: ["events {}", "http {"],
    part: (i) => [
      "    server {",
      "        listen 80;",
      `        server_name app${i}.example.com;`,
      `        root /srv/www/app${i};`,
      "        location / {",
      "            include uwsgi_params;",
      `            uwsgi_pass unix:/run/uwsgi/app${i}.sock;`,
      "        }",
      "    }",
      "",
    ],
    tail: ["    sever_tokens off;", "}"],
    probe: [1, 11],
    typed: [2, 23],
  },
  dockerfile: {
    file: "Dockerfile",
    head: ["FROM debian:12"],
    part: (i) => [
      `# part ${i}`,
      `ENV KEY${i}=value${i}`,
      `COPY app${i} /srv/app${i}`,
      `RUN echo \${KEY${i}} && \\`,
      `    make -C /srv/app${i}`,
    ],
    tail: ["MANTAINER me"],
    probe: [2, 2],
    typed: [2, 8],
  },
  yaml: {
    file: "values.yaml",
    head: ["name: bench"],
    part: (i) => [
      `app${i}:`,
      `  # part ${i}`,
      `  socket: /run/app${i}.sock`,
      `  env: { KEY: "value${i}", PORT: ${i} }`,
      `  processes: ${i}`,
    ],
    tail: ["broken: [1, 2"],
    probe: [4, 4],
    typed: [2, 18],
  },
  css: {
    file: "style.css",
    head: ["body { margin: 0; }"],
    part: (i) => [
      `.part${i} a:hover {`,
      `  color: #${(i % 900) + 100};`,
      `  margin: 0 ${i}px;`,
      `  background: url("/img/${i}.png") no-repeat;`,
      "}",
    ],
    tail: ["a { colour: red; }"],
    probe: [2, 4],
    typed: [0, 5],
  },
  json: {
    file: "data.json",
    head: ["{"],
    part: (i) => [
      `  "app${i}": {`,
      `    "socket": "/run/app${i}.sock",`,
      `    "env": { "KEY": "value${i}" },`,
      `    "processes": ${i}`,
      "  },",
    ],
    tail: ['  "end": tru', "}"],
    probe: [3, 6],
    typed: [0, 6],
  },
  shellscript: {
    file: "run.sh",
    head: ["#!/bin/bash"],
    part: (i) => [`part${i}() {`, `  local value${i}=$1`, `  if [ -n "$value${i}" ]; then echo "$value${i}"; fi`, "}", `part${i} "x${i}"`],
    tail: ['echo "$valeu"'],
    probe: [4, 4],
    typed: [1, 13],
  },
};

/** A text of so many lines, its address, and the two places in its middle. */
export function text(language, lines, mistake = true) {
  const { file, head, part, tail, probe, typed } = LANGUAGES[language];
  const room = lines - head.length - tail.length;
  const count = Math.floor(room / part(0).length);
  const parts = Array.from({ length: count }, (_, index) => part(index)).flat();
  const padding = Array(room - parts.length).fill("");
  const middle = head.length + Math.floor(count / 2) * part(0).length;
  return {
    uri: `file:///bench/${file}`,
    text: `${[...head, ...parts, ...padding, ...(mistake ? tail : tail.slice(1))].join("\n")}\n`,
    probe: { line: middle + probe[0], character: probe[1] },
    typed: { line: middle + typed[0], character: typed[1] },
  };
}
