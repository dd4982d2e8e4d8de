// Finds uWSGI and nginx files that their names do not give away. `.ini` and `.conf` belong to many programs, so the text decides.
import { type Disposable, languages, type TextDocument, workspace } from "vscode";

/** Languages VS Code gives to files it knows by extension only, or not at all. Any other choice was somebody's on purpose. */
const undecided = new Set(["ini", "properties", "plaintext", "conf"]);
const looked = 64 * 1024;

const uwsgiSection = /^[ \t]*\[uwsgi\][ \t]*$/m;
const uwsgiPass = /^[ \t]*uwsgi_pass[ \t]+[^\s;]+[ \t]*;/m;
const nginxBlock = /^[ \t]*(?:server|http|(?:upstream|location)[ \t][^{};]{0,200})\s{0,200}\{/m;
const nginxStatement =
  /^[ \t]*(?:listen|server_name|server|root|index|include|proxy_pass|return|alias|try_files|worker_connections)[ \t][^\n{}]*;/m;

export function languageOf(text: string): "uwsgi" | "nginx" | undefined {
  if (uwsgiSection.test(text)) return "uwsgi";
  if (uwsgiPass.test(text)) return "nginx";
  // Blocks alone are common to many formats; with statements that only nginx has, the doubt is gone.
  return nginxBlock.test(text) && nginxStatement.test(text) ? "nginx" : undefined;
}

export function detectLanguages(): Disposable {
  /** Once while a document is open: who picks another language afterwards is right. */
  const done = new Set<string>();

  const look = (document: TextDocument) => {
    const uri = document.uri.toString();
    if (done.has(uri) || !undecided.has(document.languageId)) return;
    if (!workspace.getConfiguration("uwsgiNginx", document).get<boolean>("detectLanguage", true)) return;
    const language = languageOf(document.getText().slice(0, looked));
    if (!language) return;
    done.add(uri);
    void languages.setTextDocumentLanguage(document, language);
  };

  /** A change of language is a close and an open; what is still there a moment later was not closed. */
  const forget = ({ uri }: TextDocument) =>
    void setTimeout(() => {
      if (!workspace.textDocuments.some((open) => `${open.uri}` === `${uri}`)) done.delete(uri.toString());
    });

  workspace.textDocuments.forEach(look);
  const listening = [
    workspace.onDidCloseTextDocument(forget),
    workspace.onDidOpenTextDocument(look),
    workspace.onDidSaveTextDocument(look),
  ];
  return { dispose: () => listening.forEach((one) => void one.dispose()) };
}
