/** The language server over stdio or Node's ipc. */
import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import type { Host } from "../../lsp/host";
import type { StartServer } from "../../lsp/server";
import { spareMemory } from "./load";
import { nodeFiles } from "./lsp-files";
import { runsOnLinux, thisMachine } from "./this-machine";
import { translation } from "./translation";

const host: Host = {
  files: nodeFiles,
  words: translation,
  ...(runsOnLinux() && { machine: () => thisMachine() }),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

export function serve(argv: readonly string[], startServer: StartServer): void {
  spareMemory();
  const features = ProposedFeatures.all;
  if (argv.includes("--node-ipc") && process.send) {
    startServer(createConnection(features, new IPCMessageReader(process), new IPCMessageWriter(process)), host);
    return;
  }
  // The stream belongs to the protocol: whatever a library prints goes elsewhere.
  console.log = console.info = console.debug = console.error;
  const reader = new StreamMessageReader(process.stdin);
  const isDown = startServer(createConnection(features, reader, new StreamMessageWriter(process.stdout)), host);
  const leave = (): void => process.exit(isDown() ? 0 : 1);
  process.stdin.on("end", leave).on("close", leave);
  // Behind a header that makes no sense nobody knows where the next message begins: better a server anew than one that is deaf.
  reader.onError(({ message }) => {
    if (!BROKEN_HEADER.test(message)) return;
    console.error("The stream is broken: a message without a length.");
    process.exit(1);
  });
}

/** What the reader says of headers; a text that is no JSON is another matter, for its end is known. */
const BROKEN_HEADER = /Content-Length|[Hh]eader|Cannot read so many bytes/;
