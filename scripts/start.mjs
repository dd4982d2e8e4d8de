// `npm start`: builds, then opens examples/broken (or the folder given) in VS Code with this extension.
// The desktop's `code` is taken when it is there; otherwise VS Code runs in the browser and its address is printed.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { packageExtension } from "./package.mjs";
import { missingPrograms, root, run } from "./setup.mjs";
import { addressOf, startServer } from "./vscode/editor.mjs";
import { cache, copyOf } from "./vscode/install.mjs";

const windows = process.platform === "win32";

/** A copy: whoever tries the fixes does not change the example in the repository. */
const folder = process.argv[2] ? resolve(process.argv[2]) : copyOf(join(root, "examples", "broken"), "start");

function desktopCode() {
  const names = windows ? ["code.cmd"] : ["code"];
  return (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((place) => names.map((name) => join(place, name)))
    .find(existsSync);
}

async function openInBrowser() {
  const missing = missingPrograms("editor");
  if (missing.length > 0)
    throw new Error(
      `VS Code cannot be set up here without ${missing.join(", ")}. Or install the desktop VS Code and its \`code\` command.`,
    );
  const vsix = packageExtension(join(cache, "extension.vsix"));
  const server = await startServer({ name: "start", port: Number(process.env.PORT ?? 0) || undefined, extension: vsix });
  console.log(`\nVS Code is open at\n\n  ${addressOf(server, { folder })}\n\nCtrl+C ends it.`);
  const end = () => server.stop().then(() => process.exit(0));
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}

run("node", ["scripts/build.mjs"]);
const code = desktopCode();
if (code) spawnSync(code, ["--new-window", `--extensionDevelopmentPath=${root}`, folder], { stdio: "inherit", shell: windows });
else await openInBrowser();
