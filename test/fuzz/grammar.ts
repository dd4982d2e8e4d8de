// Documents grown from what upstream offers: any option with any value, any directive where it may stand, and now and then where not.
import { allDirectives, type NginxContext, type NginxDirective, nginxVariables } from "../../server/src/facts/nginx";
import { options, registry } from "../../server/src/facts/uwsgi";
import { VALUES } from "../oracle/nginx/mutate";
import type { Dice } from "./dice";
import type { File } from "./seeds";

const NAMES = ["shop", "blog", "api", "a", "x-1", "ü", "__proto__"];
const SOCKETS = [
  "/run/%n.sock",
  "/run/uwsgi/shop.sock",
  "127.0.0.1:3031",
  ":3031",
  "@abstract",
  "shop.sock",
  "[::1]:3031",
  "=0",
  "%(sock)",
  "$(SOCK)",
  "fd://3",
];
const TEXTS = [
  ...SOCKETS,
  ...[
    "true",
    "false",
    "1",
    "0",
    "4",
    "-1",
    "660",
    "www-data",
    "root",
    "%n",
    "%d%n.ini",
    "%(a)%(b)",
    "$(HOME)/x",
    "@(/etc/hostname)",
    "%p:two",
  ],
  ...[
    "/etc/uwsgi/vassals",
    "/srv/app",
    "*.ini",
    "/var/log/%n.log",
    "name=a,items=100",
    "^/x(.*) goto:end",
    "equal:${PATH_INFO};/x addheader:A: b",
  ],
  ...[
    "%(uri) %(method)",
    "{{ port }}",
    "",
    "a = b",
    "app:application",
    "python3,http",
    "30 1 * * * /bin/x",
    "exec://ls",
    "http://a/b.ini",
    "∂€",
  ],
];
const LOGIC = [
  "for = a b c",
  "for-times = 3",
  "endfor =",
  "if-env = HOME",
  "if-not-opt = a",
  "if-exists = %p",
  "else =",
  "endif =",
  "if-opt = a=b",
];
const HEADS = ["[uwsgi]", "[uwsgi]", "[uwsgi]", "[two]", "[ uwsgi ]", "[uwsgi", "[]"];

const optionNames = options().map((option) => option.name);
const routers = [...registry("router"), ...registry("route_condition")].map(({ name }) => name);

export function optionLine(dice: Dice): string {
  if (dice.chance(0.1)) return dice.pick(LOGIC);
  if (dice.chance(0.05)) return `; ${dice.pick(TEXTS)}`;
  if (dice.chance(0.05)) return `${dice.pick(NAMES)} = %(${dice.pick(NAMES)})`;
  if (dice.chance(0.05)) return `route = ^/(.*) ${dice.pick(routers)}:${dice.pick(TEXTS)}`;
  if (dice.chance(0.15)) return `socket = ${dice.pick(SOCKETS)}`;
  return `${dice.pick(optionNames)} = ${dice.pick(TEXTS)}`;
}

function ini(dice: Dice): string {
  const sections = dice.many(1 + dice.below(2), () => [dice.pick(HEADS), ...dice.many(dice.below(14), () => optionLine(dice))]);
  return `${sections.flat().join("\n")}\n`;
}

function inFormat(dice: Dice): File {
  const name = dice.pick(NAMES);
  const pairs = dice.many(1 + dice.below(12), () => [dice.pick(optionNames), dice.pick(TEXTS)] as const);
  const quoted = (text: string): string => (dice.chance(0.3) ? text : JSON.stringify(text));
  const texts: Readonly<Record<string, () => string>> = {
    yaml: () => `uwsgi:\n${pairs.map(([key, value]) => `  ${dice.chance(0.2) ? "- " : ""}${key}: ${quoted(value)}\n`).join("")}`,
    json: () =>
      `{"uwsgi": {${pairs.map(([key, value]) => `"${key}": ${dice.chance(0.2) ? `[${quoted(value)}]` : JSON.stringify(value)}`).join(", ")}}}`,
    xml: () => `<uwsgi>${pairs.map(([key, value]) => (dice.chance(0.2) ? `<${key}/>` : `<${key}>${value}</${key}>`)).join("\n")}</uwsgi>`,
  };
  const format = dice.pick(Object.keys(texts));
  return [`etc/uwsgi/${name}-uwsgi.${format}`, texts[format]!()];
}

const directives = [...allDirectives()];
const inContext = new Map<string, readonly NginxDirective[]>();
const allowed = (context: string): readonly NginxDirective[] => {
  const known =
    inContext.get(context) ?? directives.filter(({ contexts }) => contexts.includes(context as NginxContext) || contexts.includes("any"));
  inContext.set(context, known);
  return known;
};
const BELOW: Readonly<Record<string, string>> = {
  events: "events",
  http: "http",
  server: "http.server",
  location: "http.location",
  if: "http.location.if",
  upstream: "http.upstream",
  stream: "stream",
  limit_except: "http.limit_except",
};
const variables = nginxVariables("http").map(({ name }) => `$${name}`);
const PASSES = [
  "uwsgi_pass unix:/run/shop.sock;",
  "uwsgi_pass 127.0.0.1:3031;",
  "uwsgi_pass shop;",
  "include uwsgi_params;",
  "uwsgi_pass $up;",
  "proxy_pass http://127.0.0.1:8000;",
];

/** The statements of one block; deeper ones are rarer. */
function block(dice: Dice, context: string, depth: number): string {
  const pad = "  ".repeat(depth);
  return dice
    .many(dice.below(depth === 0 ? 6 : 7), () => {
      if (context === "http.location" && dice.chance(0.4)) return `${pad}${dice.pick(PASSES)}\n`;
      const where = dice.chance(0.95) ? context : dice.pick(Object.values(BELOW));
      const { name, args, block: isBlock } = dice.pick(allowed(where).filter((one) => !one.block || depth < 5));
      const count = "least" in args ? args.least + dice.below(2) : dice.chance(0.9) ? dice.pick(args) : dice.below(4);
      const words = dice.many(count, () => (dice.chance(0.2) ? dice.pick(variables) : dice.pick(VALUES)));
      const head = `${pad}${[name, ...words].join(" ")}`;
      return isBlock ? `${head} {\n${block(dice, BELOW[name] ?? context, depth + 1)}${pad}}\n` : `${head};\n`;
    })
    .join("");
}

const site = (dice: Dice): string =>
  `server {\n  listen ${dice.pick(["80", "443 ssl", "[::]:80", "unix:/run/n.sock"])};\n  server_name ${dice.pick(NAMES)};\n  location ${dice.pick(["/", "~ \\.py$", "= /x", "@n", "^~ /s"])} {\n    ${dice.pick(PASSES)}\n${block(dice, "http.location", 2)}  }\n${block(dice, "http.server", 1)}}\n`;

const unit = (dice: Dice): string =>
  `[Unit]\nDescription=x\n[Service]\nUser=${dice.pick(TEXTS)}\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/${dice.pick(NAMES)}.ini --${dice.pick(optionNames)} ${dice.pick(TEXTS)}\nRuntimeDirectory=${dice.pick(NAMES)}\n`;
const compose = (dice: Dice): string =>
  `services:\n${dice.many(1 + dice.below(3), (index) => `  ${dice.pick(NAMES)}${index}:\n    image: ${dice.pick(["nginx", "python:3", "x"])}\n    command: uwsgi --${dice.pick(optionNames)} ${dice.pick(TEXTS)} --ini ${dice.pick(TEXTS)}\n    ports: ["${dice.pick(["80:80", ":::", "3031"])}"]\n    volumes: ["./etc:${dice.pick(["/etc", "/run", ":"])}"]\n`).join("")}`;
const image = (dice: Dice): string =>
  `FROM ${dice.pick(["python:3", "nginx", "$BASE"])}\nUSER ${dice.pick(TEXTS)}\nCOPY etc /etc\nRUN mkdir -p /run/uwsgi && chown ${dice.pick(NAMES)} /run/uwsgi\nCMD ["uwsgi", "--ini", ${JSON.stringify(dice.pick(TEXTS))}]\n`;
const supervisor = (dice: Dice): string =>
  `[program:${dice.pick(NAMES)}]\ncommand=uwsgi --${dice.pick(optionNames)} ${dice.pick(TEXTS)}\nuser=${dice.pick(TEXTS)}\n`;

const KINDS: readonly ((dice: Dice) => File)[] = [
  (dice) => [`etc/uwsgi/vassals/${dice.pick(NAMES)}.ini`, ini(dice)],
  (dice) => [`etc/uwsgi/vassals/${dice.pick(NAMES)}.ini`, ini(dice)],
  inFormat,
  (dice) => [`etc/nginx/sites-enabled/${dice.pick(NAMES)}`, site(dice)],
  (dice) => [`etc/nginx/sites-enabled/${dice.pick(NAMES)}`, site(dice)],
  (dice) => [
    "etc/nginx/nginx.conf",
    `events {}\nhttp {\n  include sites-enabled/*;\n${block(dice, "http", 1)}}\n${block(dice, "main", 0)}`,
  ],
  (dice) => [`etc/systemd/system/${dice.pick(NAMES)}.service`, unit(dice)],
  (dice) => ["compose.yaml", compose(dice)],
  (dice) => ["Dockerfile", image(dice)],
  (dice) => ["etc/supervisor/conf.d/app.conf", supervisor(dice)],
];

export const grown = (dice: Dice): File => dice.pick(KINDS)(dice);

/** A deployment: an emperor, nginx, and what else comes up. */
export const grownWorkspace = (dice: Dice): readonly File[] => [
  ["etc/uwsgi/emperor.ini", "[uwsgi]\nemperor = /etc/uwsgi/vassals\n"],
  ...dice.many(2 + dice.below(5), () => grown(dice)),
];
