// Names that mean something to JavaScript, and patterns that keep a careless reader busy for ever.
import type { Hostile } from "./cases";

const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "prototype", "__defineGetter__"];
const each = (make: (name: string) => string): string => NAMES.map(make).join("");

export const PATTERNS: readonly Hostile[] = [
  {
    name: "`__proto__`, `constructor`, `toString` as options, sections, placeholders, upstreams, keys",
    files: {
      "uwsgi.ini": `[uwsgi]\n${each((name) => `${name} = 1\nx-${name} = %(${name})\n`)}socket = /run/a.sock\n${each((name) => `[${name}]\n${name} = :1\n`)}`,
      "b/uwsgi.yaml": `uwsgi:\n${each((name) => `  ${name}: 1\n`)}`,
      "b/uwsgi.json": `{"uwsgi": {${NAMES.map((name) => `"${name}": {"a": 1}`).join(", ")}}}`,
      "b/uwsgi.xml": `<uwsgi>${each((name) => `<${name}>1</${name}>`)}</uwsgi>`,
      "nginx.conf": `events {}\nhttp {\n${each((name) => `upstream ${name} { server unix:/run/a.sock; }\nserver { server_name ${name}; set $${name} 1; location /${name} { uwsgi_pass ${name}; include uwsgi_params; } }\n`)}}\n`,
      "compose.yaml": `services:\n${each((name) => `  ${name}:\n    image: nginx\n    networks: [${name}]\n    environment: { ${name}: 1 }\n`)}`,
      "a.service": `[Service]\n${each((name) => `${name}=1\nEnvironment=${name}=1\n`)}ExecStart=/usr/bin/uwsgi --ini /etc/uwsgi.ini\n`,
    },
    show: "uwsgi.ini",
  },
  {
    name: "regular expressions made for backtracking, in files",
    files: {
      "nginx.conf": `events {}\nhttp { server { location ~ ${"(a+)+".repeat(50)}$ { return 200; } location ~ ^/${"a".repeat(500)}! { return 200; } if ($uri ~* "(x+x+)+y") { return 403; } server_name ~^(a|a)*$; } }\n`,
      "uwsgi.ini": `[uwsgi]\nroute = ${"(a*)*".repeat(50)} last:\nroute-uri = ^(([a-z])+.)+[A-Z]([a-z])+$ break:\nsocket = :3031\n`,
    },
  },
  {
    name: "texts made for backtracking in our own reading: blanks, brackets, quotes, commas, thousands of each",
    files: {
      "uwsgi.ini": `[uwsgi]\n${[" ", "\t", "(", "[", '"', "'", ",", "=", ";", ":", "%(", "$(", "@(", "a=b,", "\\", "/", ". "].map((piece) => ["socket", "cache2", "route", "cron2", "log-format", "env", "chmod-socket", "http"].map((key) => `${key} = ${piece.repeat(3_000)}x\n`).join("")).join("")}`,
      "nginx.conf": `events {}\nhttp { server {\n${[" ", "(", "[", "\\", "$", "${", "a ", "/", ":", ",", "~ ", "{{", '""'].map((piece) => `add_header X ${piece.repeat(10_000)};\n`).join("")}}}\n`,
      Dockerfile: `FROM x\nRUN ${"a && ".repeat(20_000)}\nCMD ${"[".repeat(50_000)}\n`,
      "compose.yaml": `services:\n  a:\n    image: x\n    command: ${"- ".repeat(20_000)}\n`,
    },
  },
  {
    name: "YAML anchors that multiply (a billion laughs), XML entities that do",
    files: {
      "compose.yaml": `a0: &a0 [x, x]\n${Array.from({ length: 40 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]\n`).join("")}services:\n  app:\n    image: nginx\n    command: *a40\n`,
      "uwsgi.yaml": `a: &a0 {x: 1}\n${Array.from({ length: 40 }, (_, at) => `b${at}: &a${at + 1} {<<: [*a${at}, *a${at}]}\n`).join("")}uwsgi: *a40\n`,
      "uwsgi.xml": `<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, at) => `<!ENTITY ${String.fromCharCode(98 + at)} "${`&${String.fromCharCode(97 + at)};`.repeat(10)}">`).join("")}<!ENTITY f SYSTEM "file:///etc/passwd">]>\n<uwsgi><socket>&j;&f;</socket></uwsgi>`,
    },
    show: "uwsgi.xml",
  },
];
