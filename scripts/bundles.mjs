// What is bundled, from where and how.
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { deflateRawSync } from "node:zlib";
import { root } from "./setup.mjs";

/**
 * Texts that are shown now and then ship compressed, as a promise of what they hold: as a string in the program they would be read through
 * at every start, by a part of it that takes longer than all of its code.
 */
const UNPACK = `export async function unpack(packed) {
  const letters = atob(packed);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const writer = writable.getWriter();
  void writer.write(bytes);
  void writer.close();
  const reader = readable.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) text += decoder.decode(part.value, { stream: true });
  return JSON.parse(text);
}`;
const packed = (data) => `unpack("${deflateRawSync(JSON.stringify(data), { level: 9 }).toString("base64")}")`;
const IMPORT_UNPACK = 'import { unpack } from "unpack-texts";';

/** JSON catalogues ship as text: V8 parses JSON faster than the same data written as JavaScript, and here when a field is first asked for. */
const jsonAsText = {
  name: "json-as-text",
  setup(builder) {
    builder.onResolve({ filter: /^unpack-texts$/ }, ({ path }) => ({ path, namespace: "unpack" }));
    builder.onLoad({ filter: /.*/, namespace: "unpack" }, () => ({ contents: UNPACK }));
    builder.onLoad({ filter: /[\\/]server[\\/]data[\\/].*\.json$/ }, ({ path }) => {
      const data = JSON.parse(readFileSync(path, "utf8"));
      const fields = Object.keys(data).map((name) => `get ${JSON.stringify(name)}() { return all().${name}; }`);
      const contents = `let kept;
const all = () => (kept ??= JSON.parse(${JSON.stringify(JSON.stringify(data))}));
export default { ${fields.join(", ")} };`;
      return { contents, loader: "js" };
    });
  },
};

/** Our own texts: all files in one piece, for each piece that is unpacked by itself takes memory and time. */
const notes = {
  name: "notes",
  setup(builder) {
    builder.onLoad({ filter: /[\\/]facts[\\/]notes-data\.ts$/ }, () => {
      const data = join(root, "server/data");
      const read = (name) => JSON.parse(readFileSync(join(data, name), "utf8"));
      const files = readdirSync(join(data, "notes")).sort();
      const all = { language: read("language.json"), options: Object.assign({}, ...files.map((name) => read(join("notes", name)))) };
      const contents = `${IMPORT_UNPACK}
const all = ${packed(all)};
export const language = all.then(({ language }) => language);
export const families = [all.then(({ options }) => options)];`;
      return { contents, loader: "js" };
    });
  },
};

/** The documentation of nginx comes as Markdown and as HTML; only the Markdown ships. */
const nginxDocs = {
  name: "nginx-docs",
  setup(builder) {
    builder.onLoad({ filter: /[\\/]@nginx[\\/]reference-lib[\\/]dist[\\/]index\.js$/ }, async ({ path }) => {
      const library = await import(pathToFileURL(path).href);
      const { Markdown } = library.Format;
      const contents = `${IMPORT_UNPACK}
export const Format = { Markdown: ${Markdown} };
export const getDirectives = () => ${packed(library.getDirectives(Markdown))};
export const getVariables = () => ${packed(library.getVariables(Markdown))};`;
      return { contents, loader: "js" };
    });
  },
};

/**
 * The libraries of the protocol can also search for installed modules with a process and listen on sockets. Nothing here asks for
 * that, so the modules it needs are empty in the engine: what is not there cannot be called by any input. (`crypto` gives names to
 * sockets, and takes long to load.)
 */
const noProcessNoNetwork = {
  name: "no-process-no-network",
  setup(builder) {
    builder.onResolve({ filter: /^(?:(?:node:)?(?:child_process|net)|crypto)$/ }, ({ path }) => ({ path, namespace: "empty" }));
    builder.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "module.exports = {};" }));
  },
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  legalComments: "none",
  format: "cjs",
  target: "es2022",
  mainFields: ["module", "main"],
  metafile: true,
  logLevel: "warning",
  plugins: [jsonAsText, notes, nginxDocs],
};
const node = { ...shared, platform: "node", target: "node22" };
// The desktop client runs in VS Code's own Node, which is older than ours.
const desktop = { ...node, target: "node20", external: ["vscode"] };
const browser = { ...shared, platform: "browser", mainFields: ["browser", "module", "main"] };

/** A bundle for browsers is refused the Node half of these packages; here both halves go in, each from the copy its importer means. */
const nodeTransports = {
  name: "node-transports",
  setup(builder) {
    builder.onResolve(
      { filter: /^vscode-(?:languageserver|languageserver-protocol|jsonrpc)\/node$/ },
      async ({ path, kind, resolveDir }) => {
        const common = await builder.resolve(path.replace(/\/node$/, ""), { kind, resolveDir });
        return { path: join(dirname(common.path), "..", "node", "main.js") };
      },
    );
  },
};

/** One server for desktop and web, so that the catalogues ship once: a worker has `postMessage`, a process of Node's has not. */
const everywhere = {
  ...browser,
  stdin: {
    resolveDir: root,
    sourcefile: "server.js",
    contents: `import { startServer } from "./server/src/lsp/server";
if (typeof globalThis.postMessage === "function") require("./server/src/host/browser/main").serve(startServer);
else require("./server/src/host/node/server").serve(process.argv.slice(2), startServer);`,
  },
  plugins: [...shared.plugins, noProcessNoNetwork, nodeTransports],
  external: builtinModules.flatMap((name) => [name, `node:${name}`]),
  outfile: "dist/server.js",
};

const cli = {
  ...node,
  entryPoints: ["server/src/host/node/main.ts"],
  plugins: [...shared.plugins, noProcessNoNetwork],
  outfile: "dist/cli.js",
  banner: { js: "#!/usr/bin/env node" },
};

/** The engine for programs: one file without a platform for `require` and `import`; Node finds the names for `import` in its last line. */
const library = {
  ...browser,
  entryPoints: ["server/src/host/library/engine.ts"],
  footer: { js: "0 && (module.exports = { check, evaluate, parse, topology });" },
  outfile: "dist/engine.cjs",
};

/** Everything that ships, as esbuild wants it said. */
export const bundles = [
  cli,
  everywhere,
  library,
  { ...desktop, entryPoints: ["client/src/node.ts"], outfile: "dist/client.js" },
  { ...browser, external: ["vscode"], entryPoints: ["client/src/browser.ts"], outfile: "dist/browser/client.js" },
  { ...browser, format: "iife", entryPoints: ["client/view/topology.ts"], outfile: "dist/topology.js" },
];
