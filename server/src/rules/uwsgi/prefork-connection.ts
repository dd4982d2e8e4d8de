import { t } from "../../text/l10n";
import { baseName } from "../../text/uri";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

/** Calls at the top level of a module that open a connection there and then. */
const OPENS =
  /^(?:\w+\s*=\s*)?(?:with\s+)?(?:psycopg2?\.connect|pymysql\.connect|MySQLdb\.connect|mysql\.connector\.connect|pymongo\.MongoClient|MongoClient|redis\.(?:Strict)?Redis|cx_Oracle\.connect|\w*engine\.connect|pika\.BlockingConnection)\s*\(/m;

export const preforkConnection = rule({
  id: "prefork-connection",
  title: "A connection opened at import is shared by all workers",
  why: "uWSGI loads the application once, in the master, and forks: workers inherit the same connection and their traffic mixes (`SSL error: decryption failed or bad record mac`). `lazy-apps = true` loads it in each worker; or close the connection after the fork.",
  severity: "info",
  languages: ["uwsgi"],
  needs: ["module", "wsgi-file"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/ThingsToKnow.html",
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nsocket = :3031\nmaster = true\nprocesses = 4\nwsgi-file = shop.py\n",
        "shop.py": "import psycopg2\nconn = psycopg2.connect('db')\ndef application(e, s):\n  return []\n",
      },
      finds: ["app.ini:5"],
    },
  ],
  *check(document, { workspace, stack }) {
    if (workspace.of("python").length === 0) return;
    for (const instance of stack.startedFrom(document.uri)) {
      if (instance.flag("lazy-apps") === true || instance.flag("lazy") === true || (instance.number("processes") ?? 1) < 2) continue;
      const app = instance.last("wsgi-file") ?? instance.last("module");
      if (!app || app.holes.length > 0) continue;
      const wanted =
        app.key === "module" ? `/${(app.value.split(":")[0] ?? "").replaceAll(".", "/")}.py` : `/${app.value.split("/").at(-1)}`;
      const file = workspace.paths
        .named(baseName(wanted))
        .flatMap((uri) => workspace.get(uri) ?? [])
        .find((python) => python.language === "python" && python.path.endsWith(wanted));
      const found = file && OPENS.exec(file.text);
      const at = instance.last("lazy-apps")?.origin ?? app.origin;
      if (!file || !found || at?.uri !== document.uri) continue;
      yield {
        span: at.span,
        message: t`${baseName(file.path)} opens a connection at import, and all workers share it after the fork. Set lazy-apps = true, or dispose of the connection in a postfork hook.`,
        related: [{ uri: file.uri, span: { start: found.index, end: found.index + found[0].length }, message: t`opened here` }],
        fixes: fixes(suggest(t`Set lazy-apps = true`, setOption(workspace, instance.last("lazy-apps"), app, "lazy-apps", "true"))),
      };
    }
  },
});
