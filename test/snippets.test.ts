// Every snippet, inserted with its defaults, alone and in the set-ups it is meant for: no finding.
import { describe, expect, it } from "vitest";
import { exampleWorkspace, findingsIn, placeOf } from "../server/src/ide/rule-page";
import { topologyOf } from "../server/src/ide/topology";
import { stackOf } from "../server/src/stack/stack";
import { snippetsOf } from "./support/snippets";

type Files = Readonly<Record<string, string>>;
const [uwsgi, nginx, system] = [snippetsOf("uwsgi"), snippetsOf("nginx"), snippetsOf("system")];

function snippet(name: string): string {
  const text = uwsgi.get(name) ?? nginx.get(name) ?? system.get(name);
  if (text === undefined) throw new Error(`no snippet ${name}`);
  used.add(name);
  return text;
}
const used = new Set<string>();

const indented = (text: string): string => text.trimEnd().replaceAll(/^(?=.)/gm, "    ");
const server = (...parts: readonly string[]): string =>
  `server {\n    listen 80;\n    server_name shop.example;\n\n${parts.map(indented).join("\n\n")}\n}\n`;

const BASE: Files = {
  "etc/nginx/nginx.conf": "user www-data;\nevents {}\nhttp {\n    include /etc/nginx/conf.d/*.conf;\n}\n",
  "etc/nginx/uwsgi_params": "uwsgi_param REQUEST_METHOD $request_method;\n",
  "srv/shop/wsgi.py": "def application(environ, start_response):\n    return []\n",
};
const SITE = "etc/nginx/conf.d/shop.conf";
const VASSAL = "etc/uwsgi/vassals/shop.ini";
const EMPEROR = { "etc/uwsgi/emperor.ini": snippet("emperor"), "etc/systemd/system/uwsgi.service": snippet("uwsgi-emperor-unit") };
const FOLDER = { "etc/tmpfiles.d/uwsgi.conf": snippet("uwsgi-socket-folder") };

const SETUPS: readonly (readonly [string, Files])[] = [
  ["emperor, vassal, site", { ...EMPEROR, [VASSAL]: snippet("vassal"), [SITE]: snippet("server-uwsgi") }],
  ["emperor, vassal on TCP, site", { ...EMPEROR, [VASSAL]: snippet("vassal-tcp"), [SITE]: snippet("server-uwsgi-tcp") }],
  [
    "tyrant, vassal, site",
    { ...EMPEROR, "etc/uwsgi/emperor.ini": snippet("tyrant"), [VASSAL]: snippet("vassal-tyrant"), [SITE]: snippet("server-uwsgi") },
  ],
  [
    "single application, folder of the socket, site",
    { ...FOLDER, "etc/uwsgi/shop.ini": snippet("single"), [SITE]: snippet("server-uwsgi") },
  ],
  [
    "locations in a server that is there",
    { ...EMPEROR, [VASSAL]: snippet("vassal"), [SITE]: server(snippet("location-uwsgi"), snippet("static-files")) },
  ],
  [
    "an upstream, and parameters written out",
    {
      ...EMPEROR,
      [VASSAL]: snippet("vassal"),
      [SITE]: `${snippet("upstream-uwsgi")}\n${server(`location / {\n${indented(snippet("params-uwsgi"))}\n    uwsgi_pass shop;\n}`)}`,
    },
  ],
];

function findings(files: Files): readonly string[] {
  const workspace = exampleWorkspace({ files, finds: [] });
  return findingsIn(workspace).map((finding) => `${placeOf(workspace, finding)} ${finding.severity} ${finding.code}: ${finding.message}`);
}

describe("snippets", () => {
  it.each(SETUPS)("%s: nothing to find, and they meet", (_, files) => {
    expect(findings({ ...BASE, ...files })).toEqual([]);
    const links = topologyOf(stackOf(exampleWorkspace({ files: { ...BASE, ...files }, finds: [] }))).links;
    const connects = links.filter(({ kind }) => kind === "connects");
    expect(connects.length).toBeGreaterThan(0);
    // Who runs a vassal of a tyrant is in nobody's text.
    expect(connects.filter(({ state }) => state === "fails")).toEqual([]);
  });

  it("are each in a set-up", () => {
    expect([...uwsgi.keys(), ...nginx.keys(), ...system.keys()].filter((name) => !used.has(name))).toEqual([]);
  });

  const alone = [
    ...Array.from(uwsgi, ([name, text]) => [name, `${name}.ini`, text] as const),
    ...Array.from(nginx, ([name, text]) => [name, `${name}.conf`, text] as const),
    ...Array.from(system, ([name, text]) => [name, name.endsWith("unit") ? "uwsgi.service" : "etc/tmpfiles.d/uwsgi.conf", text] as const),
  ];
  it.each(alone)("%s alone is no mistake", (_, path, text) => {
    expect(findings({ [path]: text }).filter((line) => !/ (?:info|hint) /.test(line))).toEqual([]);
  });

  it("leave no placeholder behind", () => {
    for (const [name, , text] of alone) expect(text, name).not.toMatch(/\$\{\d|\$\d/);
  });
});
