// Inputs made to hurt, as files: what each is, and what has to happen. `docs/hostile-inputs.md` is made of this list.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PATTERNS } from "./patterns";
import { TEMPLATES } from "./templates";

export type Hostile = {
  readonly name: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** What a text cannot say: links, devices, rights. */
  readonly make?: (folder: string) => void;
  /** A program that changes the files all the while. */
  readonly meanwhile?: string;
  /** The rule that tells of it. */
  readonly finds?: string;
  /** Nothing is known to be wrong, so nothing is said. */
  readonly quiet?: boolean;
  /** Opened in the editor; the first of `files` when left out. null: there is nothing to open. */
  readonly open?: string | null;
  /** `show-config` is asked for it, too. */
  readonly show?: string;
  /** For people who are not root. */
  readonly unprivileged?: boolean;
};

const NGINX = "events {}\nhttp { server { location / { include uwsgi_params; uwsgi_pass unix:/run/a.sock; } } }\n";
const INI = "[uwsgi]\nsocket = /run/a.sock\n";
const numbered = (count: number, make: (index: number) => readonly [string, string]): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));
const inUtf16 = (text: string, big: boolean): Uint8Array => {
  const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
  return big ? bytes.swap16() : bytes;
};
const link = (folder: string, name: string, target: string): void => symlinkSync(target, join(folder, name));

const UWSGI: readonly Hostile[] = [
  {
    name: "a placeholder that grows without end: `x = z%(x)`",
    files: { "uwsgi.ini": "[uwsgi]\nx = z%(x)\nsocket = :3031\n" },
    finds: "self-reference",
    show: "uwsgi.ini",
  },
  {
    name: "`for-times = 999999999`",
    files: { "uwsgi.ini": "[uwsgi]\nfor-times = 999999999\nenv = A=%(_)\nendfor =\n" },
    finds: "evaluation-limit",
    show: "uwsgi.ini",
  },
  {
    name: "sockets bound in an endless loop, the same one and ever others",
    files: {
      "uwsgi.ini":
        "[uwsgi]\nfor-times = 999999999\nsocket = :3031\nsocket = :%(_)\nstats = :%(_)\nhttp-socket = /run/%(_).sock\nendfor =\n",
      "nginx.conf": NGINX,
    },
    finds: "evaluation-limit",
    show: "uwsgi.ini",
  },
  {
    name: "loops in loops in loops",
    files: { "uwsgi.ini": `[uwsgi]\n${"for-times = 9999\n".repeat(8)}env = A=%(_)\n${"endfor =\n".repeat(8)}` },
    show: "uwsgi.ini",
  },
  {
    name: "placeholders that double each other, 60 times",
    files: {
      "uwsgi.ini": `[uwsgi]\nset-placeholder = p0=xx\n${Array.from({ length: 60 }, (_, at) => `set-placeholder = p${at + 1}=%(p${at})%(p${at})\n`).join("")}socket = %(p60)\n`,
    },
    show: "uwsgi.ini",
  },
  {
    name: "files that include one another",
    files: { "uwsgi.ini": "[uwsgi]\nini = b.ini\n", "b.ini": "[uwsgi]\nini = uwsgi.ini\n" },
    finds: "include-cycle",
    show: "uwsgi.ini",
  },
  {
    name: "a chain of 10,000 files of uWSGI",
    files: { "uwsgi.ini": "[uwsgi]\nini = c0.ini\n", ...numbered(10_000, (at) => [`c${at}.ini`, `[uwsgi]\nini = c${at + 1}.ini\n`]) },
    show: "uwsgi.ini",
  },
  {
    name: "a glob over the whole disk",
    files: { "uwsgi.ini": "[uwsgi]\nfor-glob = /*/*/*/*/*/*\nenv = A=%(_)\nendfor =\n" },
    show: "uwsgi.ini",
  },
  {
    name: "20,000 options that nobody knows",
    files: { "uwsgi.ini": `[uwsgi]\n${Array.from({ length: 20_000 }, (_, at) => `sokcet${at} = x\n`).join("")}` },
    finds: "unknown-option",
  },
  {
    name: "commands to be run: `exec://`, `@(exec://…)`, hooks",
    files: {
      "uwsgi.ini":
        "[uwsgi]\nx = @(exec://touch pwned)\nexec-asap = touch pwned\nhook-asap = exec:touch pwned\nini = exec://touch pwned\nsocket = :3031\n",
    },
    show: "uwsgi.ini",
  },
];

const NGINXES: readonly Hostile[] = [
  { name: "files of nginx that include one another", files: { "nginx.conf": "include a.conf;\n", "a.conf": "include nginx.conf;\n" } },
  {
    name: "a chain of 10,000 files of nginx",
    files: {
      "nginx.conf": "events {}\nhttp { include c0.conf; }\n",
      ...numbered(10_000, (at) => [`c${at}.conf`, `include c${at + 1}.conf;\n`]),
    },
  },
  { name: "`include /*/*/*/*;`", files: { "nginx.conf": "events {}\nhttp { include /*/*/*/*; }\n" } },
  { name: "blocks 100,000 deep", files: { "nginx.conf": `${"a {".repeat(100_000)}\n` }, finds: "nginx-syntax" },
  { name: "200,000 closing braces", files: { "nginx.conf": "}".repeat(200_000) }, finds: "nginx-syntax" },
  {
    name: "20,000 servers of one name",
    files: { "nginx.conf": `events {}\nhttp {\n${"server { listen 80; server_name a; }\n".repeat(20_000)}}\n` },
  },
];

const BYTES: readonly Hostile[] = [
  {
    name: "a line of 10 MB",
    files: { "uwsgi.ini": `[uwsgi]\nsocket = ${"x".repeat(10_000_000)}\n`, "nginx.conf": `events {}\n# ${"x".repeat(10_000_000)}\n` },
  },
  { name: "10 MB of blank lines", files: { "uwsgi.ini": `[uwsgi]\n${"\n".repeat(10_000_000)}`, "conf.d/a.conf": "\n".repeat(3_000_000) } },
  {
    name: "a sparse file of 1 GB",
    files: { "nginx.conf": NGINX },
    make: (folder) => {
      writeFileSync(join(folder, "uwsgi.ini"), INI);
      truncateSync(join(folder, "uwsgi.ini"), 1e9);
    },
  },
  {
    name: "zero bytes",
    files: { "uwsgi.ini": "[uwsgi]\n\0a = b\0c\nsocket = \0\n", "nginx.conf": "events {\0}\nhttp { \0 }\n" },
    show: "uwsgi.ini",
  },
  { name: "a byte order mark", files: { "uwsgi.ini": `\uFEFF${INI}`, "nginx.conf": `\uFEFF${NGINX}` }, show: "uwsgi.ini" },
  {
    name: "UTF-16, both ways round",
    files: { "uwsgi.ini": inUtf16(INI, false), "b/uwsgi.ini": inUtf16(INI, true), "nginx.conf": inUtf16(NGINX, false) },
    show: "uwsgi.ini",
  },
  {
    name: "lone surrogates and bytes that are no UTF-8",
    files: {
      "uwsgi.ini": Buffer.from("[uwsgi]\n\xed\xa0\x80 = \xff\xfe\nsocket = \xed\xb0\x80\n", "latin1"),
      "nginx.conf": "events {}\nhttp { set $\uD800 \uDFFF; }\n",
    },
    show: "uwsgi.ini",
  },
  {
    name: "only carriage returns",
    files: { "uwsgi.ini": INI.replaceAll("\n", "\r"), "nginx.conf": NGINX.replaceAll("\n", "\r") },
    show: "uwsgi.ini",
  },
  {
    name: "an empty file of every kind",
    files: {
      "uwsgi.ini": "",
      "uwsgi.yaml": "",
      "uwsgi.json": "",
      "uwsgi.xml": "",
      "nginx.conf": "",
      "compose.yaml": "",
      Dockerfile: "",
      "a.service": "",
    },
  },
  {
    name: "a program under the name of a configuration",
    files: {
      "uwsgi.ini": Uint8Array.from({ length: 200_000 }, (_, at) => (at * 7919) & 255),
      "nginx.conf": Uint8Array.from({ length: 200_000 }, (_, at) => (at * 104_729) & 255),
    },
  },
];

const DISK: readonly Hostile[] = [
  {
    name: "folders and files that are links to themselves",
    files: { "nginx.conf": NGINX },
    make: (folder) => {
      link(folder, "loop", ".");
      link(folder, "a.ini", "b.ini");
      link(folder, "b.ini", "a.ini");
      link(folder, "up", "..");
    },
  },
  {
    name: "a FIFO that nobody writes to",
    make: (folder) => void execFileSync("mkfifo", [join(folder, "uwsgi.ini"), join(folder, "nginx.conf")]),
    open: null,
    show: "uwsgi.ini",
  },
  {
    name: "links to `/dev/zero` and `/dev/stdin`",
    make: (folder) => {
      link(folder, "uwsgi.ini", "/dev/zero");
      link(folder, "nginx.conf", "/dev/stdin");
    },
    open: null,
    show: "uwsgi.ini",
  },
  {
    name: "a UNIX socket",
    make: (folder) =>
      void execFileSync(process.execPath, [
        "-e",
        `require("net").createServer().listen(${JSON.stringify(join(folder, "uwsgi.ini"))}, () => process.exit())`,
      ]),
    open: null,
    show: "uwsgi.ini",
  },
  {
    name: "links that lead out of the folder",
    files: { "nginx.conf": NGINX },
    make: (folder) => {
      link(folder, "etc", "/etc");
      link(folder, "passwd.ini", "/etc/passwd");
    },
  },
  {
    name: "links that lead nowhere",
    files: { "nginx.conf": "events {}\nhttp { include gone.conf; }\n" },
    make: (folder) => link(folder, "gone.conf", "nowhere"),
  },
  {
    name: "files and folders that may not be read",
    files: {
      "nginx.conf": "events {}\nhttp { include shut/*.conf; include shut.conf; }\n",
      "shut.conf": "",
      "shut/a.conf": "",
      "uwsgi.ini": INI,
    },
    make: (folder) => {
      for (const name of ["shut.conf", "shut", "uwsgi.ini"]) chmodSync(join(folder, name), 0);
    },
    unprivileged: true,
    show: "uwsgi.ini",
  },
  {
    name: "files that grow, shrink, vanish and come back while they are read",
    files: { "nginx.conf": "events {}\nhttp { include conf.d/*.conf; }\n", ...numbered(40, (at) => [`conf.d/${at}.conf`, NGINX]) },
    meanwhile: `const { rmSync, writeFileSync } = require("node:fs");
      let turn = 0;
      setInterval(() => {
        for (let at = 0; at < 40; at++) {
          if ((turn + at) % 3 === 0) rmSync("conf.d/" + at + ".conf", { force: true });
          else writeFileSync("conf.d/" + at + ".conf", "# x\\n".repeat(((turn * 7919 + at) % 5) * 5000));
        }
        turn++;
      }, 2);`,
  },
  {
    name: "folders 200 deep",
    files: { "nginx.conf": NGINX },
    make: (folder) => {
      const deep = join(folder, ...Array.from({ length: 200 }, () => "d"));
      mkdirSync(deep, { recursive: true });
      writeFileSync(join(deep, "uwsgi.ini"), INI);
    },
  },
  {
    name: "names of files with line ends, percents, quotes and signs of shells",
    files: {
      "a\nb.ini": INI,
      "100%25.ini": INI,
      "%00.ini": INI,
      "'\"`$(touch pwned);.ini": INI,
      "nginx.conf": NGINX,
      "__proto__/constructor.ini": INI,
      "\u202etxt.ini": INI,
      "a::b,c.ini": INI,
    },
  },
];

export const CASES: readonly (readonly [title: string, cases: readonly Hostile[]])[] = [
  ["Evaluation of uWSGI files", UWSGI],
  ["nginx files", NGINXES],
  ["Bytes", BYTES],
  ["The disk", DISK],
  ["Templates", TEMPLATES],
  ["Names and patterns", PATTERNS],
];
