// VS Code without a download: the npm package code-server carries the whole workbench, which Debian's Chromium shows.
// It is kept in .vscode-test/, apart from the project's own packages, and installed once.
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, run } from "../setup.mjs";

const version = "4.139.1";
export const cache = join(root, ".vscode-test");
const home = join(cache, `code-server-${version}`);

/** Headers of the pinned Node, under which the native modules are built; they come with its binary. */
function nodeHeaders() {
  const arch = `node-${process.platform}-${process.arch}`;
  const places = [join(root, "node_modules/node/node_modules", arch), join(root, "node_modules", arch), dirname(dirname(process.execPath))];
  return places.find((place) => existsSync(join(place, "include/node/node.h")));
}

/** The path of the script that starts VS Code's server. */
export function installedEditor() {
  const server = "node_modules/code-server/lib/vscode/out/server-main.js";
  if (existsSync(join(home, server))) return join(home, server);
  // Built beside its place and moved there when whole, so an interrupted installation is not taken for a finished one.
  const unfinished = `${home}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(join(unfinished, "package.json"), JSON.stringify({ private: true, allowScripts: { "code-server": true } }));
  const headers = nodeHeaders();
  console.log(`Installing VS Code (code-server ${version}); this is done once and takes some minutes.`);
  const env = { ...process.env, npm_config_ignore_scripts: "false", npm_config_unsafe_perm: "true" };
  if (headers) env.npm_config_nodedir = headers;
  // Left by the npm that runs us, which may be on another Node than the one that has to build here.
  delete env.npm_config_user_agent;
  run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", `code-server@${version}`], { cwd: unfinished, env });
  if (!existsSync(join(unfinished, server))) throw new Error("code-server was installed without its editor.");
  renameSync(unfinished, home);
  return join(home, server);
}

/** A copy of a folder that tests may change. */
export function copyOf(folder, name) {
  const target = join(cache, "workspaces", name);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  cpSync(folder, target, { recursive: true });
  return target;
}
