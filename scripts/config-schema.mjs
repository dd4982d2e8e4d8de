// The schema of `.uwsgi-nginx.json`, made from the settings of the extension and the list of rules, so that each is described once.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup.mjs";

const read = (file) => JSON.parse(readFileSync(join(root, file), "utf8"));
const SHOWN_ONLY = new Set(["scope", "order", "default", "markdownDescription", "description", "enumDescriptions"]);

/** A setting as a part of the schema: without what only the settings page shows. */
function part(setting, texts) {
  const text = setting.markdownDescription ?? setting.description ?? "";
  const kept = Object.fromEntries(Object.entries(setting).filter(([key]) => !SHOWN_ONLY.has(key)));
  return { description: text.replace(/^%(.+)%$/, (_, key) => texts[key]), ...kept };
}

/** `rules`: id and title of each. */
export function configSchema(rules) {
  const texts = read("package.nls.json");
  const settings = Object.assign({}, ...read("package.json").contributes.configuration.map(({ properties }) => properties));
  const below = (prefix) =>
    Object.fromEntries(
      Object.entries(settings)
        // What is only a person's to say is no part of a project.
        .filter(([name, { scope }]) => name.startsWith(prefix) && scope !== "machine")
        .map(([name, setting]) => [name.slice(prefix.length), part(setting, texts)]),
    );
  const level = settings["uwsgiNginx.rules"].additionalProperties;
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "uwsgi-nginx",
    description: "What a project says of itself, to `uwsgi-nginx check` and to editors. Paths are relative to the folder of this file.",
    type: "object",
    additionalProperties: false,
    definitions: { level },
    properties: {
      $schema: { description: "Where this schema is.", type: "string" },
      rules: {
        ...part(settings["uwsgiNginx.rules"], texts),
        additionalProperties: false,
        properties: Object.fromEntries(rules.map(({ id, title }) => [id, { description: title, $ref: "#/definitions/level" }])),
      },
      ignore: {
        description:
          "Files and folders that are left alone. `*` stays within a name, `**` crosses folders; a pattern without a slash holds at any depth, one with a slash from the folder of this file.",
        type: "array",
        items: { type: "string", minLength: 1 },
      },
      folders: part(settings["uwsgiNginx.folders"], texts),
      target: {
        description: "What is known of the machine the configuration is for. What is not said is not known.",
        type: "object",
        additionalProperties: false,
        properties: below("uwsgiNginx.target."),
      },
      nginx: {
        description: "What the target's nginx has beside what every nginx has.",
        type: "object",
        additionalProperties: false,
        properties: below("uwsgiNginx.nginx."),
      },
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
