import { t } from "../../text/l10n";
import { fixes, inFile, removeLine, suggest } from "../edits";
import { MODIFIERS } from "../plugins";
import { rule } from "../rule";

/** Which plugin serves which number. */
const PLUGINS: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(MODIFIERS).map(([plugin, number]) => [number, plugin]));

export const modifierPlugin = rule({
  id: "modifier-plugin",
  title: "The modifier asks for a plugin that is not there",
  why: "`uwsgi_modifier1` chooses the plugin that serves the request: 0 is Python, 5 Perl, 7 Ruby, 14 PHP. Without that plugin uWSGI says `-- unavailable modifier requested: 5 --` and nginx answers 502.",
  severity: "error",
  languages: ["nginx"],
  needs: ["uwsgi_modifier1"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Protocol.html",
  examples: [
    {
      files: {
        "app.ini": "[uwsgi]\nsocket = 127.0.0.1:3031\nplugins = python3\nwsgi-file = app.py\n",
        "nginx/app.conf": "location / {\n  include uwsgi_params;\n  uwsgi_modifier1 5;\n  uwsgi_pass 127.0.0.1:3031;\n}\n",
      },
      finds: ["nginx/app.conf:3"],
    },
  ],
  *check(document, { stack }) {
    for (const link of stack.linksOf(document.uri)) {
      const { pass } = link.connection;
      const modifier = pass.nested.parent?.directive.body?.find((one) => one.name.text === "uwsgi_modifier1");
      const plugin = PLUGINS[modifier?.args[0]?.text ?? ""];
      const instances = link.reached.map(({ endpoint }) => endpoint.instance);
      if (pass.document !== document || !modifier || plugin === undefined || instances.length === 0) continue;
      const isPython = instances.every(
        (one) => one.effective.complete && ["module", "wsgi-file", "mount"].some((key) => one.all(key).length > 0),
      );
      if (
        !isPython ||
        instances.some((one) => one.flag("autoload") === true || one.effective.plugins.some(({ name }) => name.includes(plugin)))
      )
        continue;
      yield {
        span: modifier.span,
        message: t`Modifier ${modifier.args[0]?.text ?? ""} is for ${plugin}, and this uWSGI serves Python: unavailable modifier requested, 502.`,
        related: instances
          .flatMap((one) => one.last("module")?.origin ?? one.last("wsgi-file")?.origin ?? [])
          .map((at) => ({ ...at, message: t`the application` })),
        fixes: fixes(suggest(t`Remove it`, inFile(document.uri, removeLine(document, modifier.span)))),
      };
    }
  },
});
