// The texts for editors that cannot be run here: well-formed, and their command is one that starts.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { expect, it } from "vitest";
import { root, texts } from "./editors/texts";

const COMMAND = ["uwsgi-nginx", "lsp", "--stdio"];

it("Helix: both languages ask the server", () => {
  const [text = ""] = texts("Helix", "toml");
  const { language, "language-server": servers } = parseToml(text) as Record<string, Record<string, unknown>[] & Record<string, unknown>>;
  expect(servers).toEqual({ "uwsgi-nginx": { command: COMMAND[0], args: COMMAND.slice(1) } });
  expect(language).toMatchObject([{ name: "uwsgi" }, { name: "nginx" }]);
  for (const one of language ?? []) expect(one["language-servers"]).toEqual(["uwsgi-nginx"]);
});

it("Sublime Text: the client runs the command", () => {
  const [text = ""] = texts("Sublime Text", "json");
  expect(JSON.parse(text).clients["uwsgi-nginx"]).toMatchObject({ enabled: true, command: COMMAND });
});

it("Zed: the manifests are well-formed and the code starts the command", () => {
  const [manifest, cargo] = texts("Zed", "toml").map((text) => parseToml(text));
  expect(manifest).toMatchObject({
    id: "uwsgi-nginx",
    schema_version: 1,
    language_servers: { "uwsgi-nginx": { languages: ["INI", "Nginx"] } },
  });
  expect(cargo).toMatchObject({ lib: { "crate-type": ["cdylib"] } });
  const [code = ""] = texts("Zed", "rust");
  for (const word of COMMAND) expect(code).toContain(`"${word}"`);
  const [settings = ""] = texts("Zed", "json");
  expect(Object.keys(JSON.parse(settings).file_types)).toEqual(["INI", "Nginx"]);
});

it("the command of all of them is there and ends when its input does", () => {
  const { status, error } = spawnSync(process.execPath, [join(root, "dist/cli.js"), ...COMMAND.slice(1)], { input: "" });
  expect(error).toBeUndefined();
  expect(status).toBe(1); // the end of the input without a shutdown
});

it("Neovim and Emacs have one text each", () => {
  for (const [heading, language] of [
    ["Neovim 0.11", "lua"],
    ["Neovim 0.7", "lua"],
    ["Emacs", "elisp"],
  ] as const)
    expect(texts(heading, language)).toHaveLength(1);
});
