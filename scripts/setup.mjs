// Makes a fresh clone ready: the npm packages, the pinned Node, and the real programs the tests talk to.
// Plain JavaScript without dependencies, for it runs before anything is installed, on any Node from 18 on.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const windows = process.platform === "win32";

/** Runs a program with the terminal as its own; throws when it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", shell: windows, ...options });
  if (error || status !== 0) throw new Error(`${command} ${args.join(" ")} failed${error ? `: ${error.message}` : ` (${status})`}`);
}

/** The installed packages are the ones the lock file names. Dates say nothing here: git does not keep them. */
function packagesAreCurrent() {
  const note = join(modules, ".package-lock.json");
  if (!existsSync(note)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(note, "utf8")).packages;
  return Object.entries(wanted).every(([path, entry]) => path === "" || entry.optional || present[path]?.version === entry.version);
}

/** npm may have been told to run no install scripts; then the `node` package has no binary yet and its script is run here. */
function pinnedNode() {
  const home = join(modules, "node");
  const binary = join(home, "bin", windows ? "node.exe" : "node");
  if (!existsSync(binary)) run(process.execPath, ["installArchSpecificPackage.js"], { cwd: home, shell: false });
  if (!existsSync(binary)) throw new Error(`The pinned Node was not installed: ${binary} is missing.`);
  return dirname(binary);
}

/** Installs what the lock file names and puts the pinned Node and the tools first on the search path. */
export function prepare() {
  if (!packagesAreCurrent()) run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  process.env.PATH = [pinnedNode(), join(modules, ".bin"), process.env.PATH].join(delimiter);
}

const onPath = (name) => (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, name)));
const pluginFolder = "/usr/lib/uwsgi/plugins";
const emacs = "/usr/share/emacs";
const holds = (folder, prefix) => existsSync(folder) && readdirSync(folder).some((name) => name.startsWith(prefix));
const isEmacsPackage = (name) => holds(join(emacs, "site-lisp", "elpa-src"), `${name}-`);
/** Eglot came with 29. */
const isPartOfEmacs = (name) =>
  existsSync(emacs) && readdirSync(emacs).some((version) => holds(join(emacs, version, "lisp", "progmodes"), `${name}.el`));

/** What the tests ask beside Node, how to see that it is there, and the Debian packages that bring it. */
const programs = {
  uwsgi: { there: () => onPath("uwsgi"), packages: ["uwsgi", "uwsgi-emperor"] },
  "uwsgi plugins": { there: () => existsSync(pluginFolder) && readdirSync(pluginFolder).length > 40, packages: ["uwsgi-plugins-all"] },
  nginx: { there: () => onPath("nginx") || existsSync("/usr/sbin/nginx"), packages: ["nginx"] },
  chromium: { there: () => onPath("chromium"), packages: ["chromium"] },
  "C++ compiler": { there: () => onPath("g++") && onPath("make") && onPath("python3"), packages: ["g++", "make", "python3"] },
  patch: { there: () => onPath("patch"), packages: ["patch"] },
  Neovim: { there: () => onPath("nvim"), packages: ["neovim"] },
  Emacs: { there: () => onPath("emacs"), packages: ["emacs-nox"] },
  Eglot: { there: () => isEmacsPackage("eglot") || isPartOfEmacs("eglot"), packages: ["elpa-eglot"] },
  "nginx-mode": { there: () => isEmacsPackage("nginx-mode"), packages: ["elpa-nginx-mode"] },
  "Kerberos headers": { there: () => onPath("pkg-config") && existsSync("/usr/include/gssapi.h"), packages: ["libkrb5-dev", "pkg-config"] },
};
export const needs = {
  oracle: ["uwsgi", "uwsgi plugins", "nginx"],
  editors: ["Neovim", "Emacs", "Eglot", "nginx-mode"],
  live: ["uwsgi", "uwsgi plugins", "nginx"],
  vscode: ["chromium", "C++ compiler", "Kerberos headers"],
  pictures: ["chromium", "C++ compiler", "Kerberos headers"],
  editor: ["C++ compiler", "Kerberos headers"],
};

/** What only some tests of a task ask: without it they are skipped, and the others run. */
const wishes = { unit: ["patch"] };

/** Names the programs a task lacks, after installing them, and those it wishes for, where this is Debian and we are root. */
export function missingPrograms(task) {
  const lacking = (names = []) => names.filter((name) => !programs[name].there());
  const missing = () => [...lacking(needs[task]), ...lacking(wishes[task])];
  if (missing().length && existsSync("/etc/debian_version") && process.getuid?.() === 0) {
    const packages = missing().flatMap((name) => programs[name].packages);
    // The services must not start on the machine: the tests run their own instances.
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
    const apt = (...args) => spawnSync("apt-get", ["-qq", ...args], { stdio: ["ignore", "ignore", "inherit"], env });
    apt("update");
    apt("install", "-y", "--no-install-recommends", ...packages);
  }
  return lacking(needs[task]);
}
