/** The language server in a web worker: every file comes from the editor. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from "vscode-languageserver/browser";
import { clientFiles, NO_FILES } from "../../lsp/client-files";
import type { StartServer } from "../../lsp/server";

export function serve(startServer: StartServer): void {
  const scope = self as unknown as DedicatedWorkerGlobalScope;
  const connection = createConnection(ProposedFeatures.all, new BrowserMessageReader(scope), new BrowserMessageWriter(scope));
  startServer(connection, {
    files: (_roots, askClient) => (askClient ? clientFiles(askClient) : NO_FILES),
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  });
}
