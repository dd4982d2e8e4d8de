/** The language server over stdio or Node's ipc. */
import { createConnection, IPCMessageReader, IPCMessageWriter, ProposedFeatures } from "vscode-languageserver/node";
import type { Host } from "../../lsp/host";
import { startServer } from "../../lsp/server";
import { nodeFiles } from "./lsp-files";

const host: Host = {
  files: nodeFiles,
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

export function serve(argv: readonly string[]): void {
  const features = ProposedFeatures.all;
  if (argv.includes("--node-ipc") && process.send) {
    startServer(createConnection(features, new IPCMessageReader(process), new IPCMessageWriter(process)), host);
    return;
  }
  // The stream belongs to the protocol: whatever a library prints goes elsewhere.
  console.log = console.info = console.debug = console.error;
  startServer(createConnection(features, process.stdin, process.stdout), host);
}
