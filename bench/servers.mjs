// The servers that are compared: ours as it is built, the others from npm, installed beside the bench when they are missing.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/setup.mjs";

const folder = join(root, "bench", "tmp");
const PACKAGES = {
  "dockerfile-language-server-nodejs": "0.15.0",
  "yaml-language-server": "2.0.0",
  "vscode-langservers-extracted": "4.10.0",
  "bash-language-server": "5.8.1",
};

/** Keys for those who know none by themselves, so that there is something to complete and to explain. */
const SCHEMA = {
  additionalProperties: {
    type: ["object", "string"],
    properties: Object.fromEntries(
      ["socket", "env", "processes", ...Array.from({ length: 300 }, (_, index) => `option-${index}`)].map((key) => [
        key,
        { description: `What ${key} is for.` },
      ]),
    ),
  },
};
const SCHEMA_FILE = join(folder, "schema.json");

/** Our programs as they were built when the bench began: a build meanwhile does not matter. */
export const program = (name) => join(folder, "dist", name);

export function takeBuilt() {
  mkdirSync(join(folder, "dist"), { recursive: true });
  for (const name of ["server.js", "cli.js"]) copyFileSync(join(root, "dist", name), program(name));
}

const ours = { command: [program("server.js"), "--stdio"], pause: 150, ours: true };
const bin = (name, ...args) => [join(folder, "node_modules", ".bin", name), ...(args.length > 0 ? args : ["--stdio"])];

/** `pause`: how long a server waits for the next key before it looks for problems, by its own source, in milliseconds. */
export const SERVERS = [
  { name: "uwsgi-nginx (uWSGI)", language: "uwsgi", ...ours },
  { name: "uwsgi-nginx (nginx)", language: "nginx", ...ours },
  { name: "dockerfile-language-server-nodejs", language: "dockerfile", command: bin("docker-langserver"), pause: 0 },
  {
    name: "yaml-language-server",
    language: "yaml",
    command: bin("yaml-language-server"),
    pause: 200,
    settings: {
      yaml: { validate: true, completion: true, hover: true, schemaStore: { enable: false }, schemas: { [SCHEMA_FILE]: "values.yaml" } },
    },
  },
  {
    name: "vscode-css-language-server",
    language: "css",
    command: bin("vscode-css-language-server"),
    pause: 500,
    settings: { css: { validate: true } },
  },
  {
    name: "vscode-json-language-server",
    language: "json",
    command: bin("vscode-json-language-server"),
    pause: 500,
    settings: { json: { validate: { enable: true }, schemas: [{ fileMatch: ["data.json"], url: "bench://schema", schema: SCHEMA }] } },
  },
  {
    name: "bash-language-server",
    language: "shellscript",
    command: bin("bash-language-server", "start"),
    pause: 0,
    // ShellCheck is a program of its own; without it the server reports what its parser finds.
    settings: { bashIde: { shellcheckPath: "", shfmt: { path: "" } } },
  },
];

const installed = (name) => {
  const file = join(folder, "node_modules", name, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : undefined;
};

/** Installs what is missing and returns the versions. */
export function install() {
  if (!Object.entries(PACKAGES).every(([name, version]) => installed(name) === version)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), `${JSON.stringify({ private: true, dependencies: PACKAGES })}\n`);
    const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
    const { status } = spawnSync("npm", args, { cwd: folder, stdio: "inherit", shell: process.platform === "win32" });
    if (status !== 0) throw new Error("The servers to compare with could not be installed.");
  }
  writeFileSync(SCHEMA_FILE, JSON.stringify(SCHEMA));
  return PACKAGES;
}
