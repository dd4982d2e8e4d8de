// The schema of the configuration file: made from the settings, shipped, and read by the command line as any validator reads it.
import { Ajv } from "ajv";
import { expect, it } from "vitest";
import { configSchema } from "../../scripts/config-schema.mjs";
import { wrongIn } from "../../server/src/lsp/json-schema";
import { RULES } from "../../server/src/rules/index";
import { root, text } from "./run";

const written = text(root, "schemas/uwsgi-nginx.schema.json");
const schema = JSON.parse(written);
const manifest = JSON.parse(text(root, "package.json"));

it("is fresh: npm run generate", () => {
  expect(written === configSchema(RULES)).toBe(true);
});

it("is offered to VS Code, and packed with the extension", () => {
  expect(manifest.contributes.jsonValidation).toEqual([{ fileMatch: ".uwsgi-nginx.json", url: "./schemas/uwsgi-nginx.schema.json" }]);
  expect(text(root, ".vscodeignore").split("\n")).toContain("!schemas/*.json");
});

it("describes every part", () => {
  expect(Object.keys(schema.properties.target.properties)).toContain("pathMapping");
  for (const [name, part] of Object.entries<{ description?: string }>(schema.properties)) expect(part.description, name).toMatch(/\w/);
  for (const [name, part] of Object.entries<{ description?: string }>(schema.properties.target.properties))
    expect(part.description, name).toMatch(/^[A-Z`]/);
});

const SAMPLES: readonly unknown[] = [
  {},
  [],
  null,
  "",
  { rules: { "no-master": "off", "unknown-option": "error" } },
  { rules: { "no-mastr": "off" } },
  { rules: { "no-master": "of" } },
  { rules: { "no-master": 1 } },
  { rules: null },
  { ignore: ["a", "**/b"] },
  { ignore: "a" },
  { ignore: ["a", 1] },
  { ignore: [""] },
  { target: { uwsgiVersion: "2.0.21", nginxVersion: "", somaxconn: null, plugins: null } },
  { target: { uwsgiVersion: "two" } },
  { target: { somaxconn: "4096" } },
  { target: { users: { app: { groups: ["app"], uid: 1 } }, usersComplete: true } },
  { target: { users: { app: { groups: "app" } } } },
  { target: { users: { app: [] } } },
  { target: { paths: [{ path: "/srv", type: "dir", owner: "root" }] } },
  { target: { paths: [{ type: "dir" }] } },
  { target: { paths: [{ path: "/srv", type: "folder" }] } },
  { target: { pathMapping: { "/etc": "etc" }, deployedAs: { "a.ini": "/a.ini" } } },
  { target: { pathMapping: { "/etc": 1 } } },
  { target: { selinux: "enforcing", uwsgiInstall: "debian", distro: "debian-12" } },
  { target: { selinux: "on" } },
  { folders: ["/etc/nginx"] },
  { folders: [{}] },
  { nginx: {} },
  { nginx: { modules: ["stream"], directives: ["my_cache http,server 1-2"] } },
  { nginx: { modules: [1] } },
  { nginx: { directives: ["my cache"] } },
  { $schema: "x" },
  { __proto__: null, constructor: {} },
  { toString: {} },
];

it.each(SAMPLES.map((sample) => JSON.stringify(sample)))("says of %s what a validator says", (sample) => {
  const ajv = new Ajv({ strict: false });
  expect(wrongIn(sample, schema).length === 0).toBe(ajv.validate(schema, JSON.parse(sample)));
});

it("says where and what", () => {
  const sample = '{\n  // why\n  "rules": { "no-mastr": "off", },\n  "target": { "selinux": "enforcin" }\n}\n';
  expect(wrongIn(sample, schema)).toEqual([
    { offset: sample.indexOf('"no-mastr"'), message: "rules.no-mastr is not known here. Did you mean no-master?" },
    {
      offset: sample.indexOf('"enforcin"'),
      message: "target.selinux: must be one of enforcing, permissive, disabled. Did you mean enforcing?",
    },
  ]);
});

it.each([
  ["", "the file is empty"],
  ['{"rules": }', "value expected"],
  ['{"rules": {}', "close brace expected"],
  ["[".repeat(200_000), "nested too deeply"],
])("says of %.12s that it cannot be read", (sample, message) => {
  expect(wrongIn(sample, schema).map((wrong) => wrong.message)).toEqual([message]);
});
