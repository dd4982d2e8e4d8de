import type { Endpoint } from "../../stack/endpoint";
import type { Instance } from "../../stack/instance";
import { nginxSetting } from "../../stack/nginx-setting";
import { t } from "../../text/l10n";
import type { Workspace } from "../../workspace/workspace";
import { addDirective, fixes, suggest } from "../edits";
import { MODIFIERS } from "../plugins";
import { rule } from "../rule";
import { atEndpoint } from "../words";

/** Plugins whose work no request finds by itself: the options that give it to them, and their number. */
const PLUGINS: readonly { readonly plugin: RegExp; readonly options: readonly string[]; readonly modifier: string }[] = [
  { plugin: /^cgi$/, options: ["cgi"], modifier: MODIFIERS.cgi },
  { plugin: /^lua(?:jit)?[\d.]*$/, options: ["lua", "lua-load"], modifier: MODIFIERS.lua },
  { plugin: /^php[\d.]*$/, options: ["php-docroot", "php-index", "php-app"], modifier: MODIFIERS.php },
];

export const modifierMissing = rule({
  id: "modifier-missing",
  title: "Nothing tells uWSGI which plugin is to serve",
  why: "Without `uwsgi_modifier1` nginx asks for 0, which is Python. uWSGI hands such a request to its default application instead, which Perl, Ruby and Mono have, but CGI, Lua and PHP do not: it says `-- unavailable modifier requested: 0 --` and nginx answers 502. CGI is 9, Lua 6, PHP 14; `plugins = 0:cgi` makes a plugin serve 0.",
  severity: "error",
  languages: ["nginx"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Protocol.html",
  examples: [
    {
      files: {
        "munin.ini": "[uwsgi]\nplugins = cgi\nsocket = 127.0.0.1:3031\ncgi = /usr/lib/munin/cgi\n",
        "nginx/munin.conf": "location / {\n  include uwsgi_params;\n  uwsgi_pass 127.0.0.1:3031;\n}\n",
      },
      finds: ["nginx/munin.conf:3"],
    },
    {
      title: "A plugin that was given the number 0",
      files: {
        "munin.ini": "[uwsgi]\nplugins = 0:cgi\nsocket = 127.0.0.1:3031\ncgi = /usr/lib/munin/cgi\n",
        "nginx/munin.conf": "location / {\n  include uwsgi_params;\n  uwsgi_pass 127.0.0.1:3031;\n}\n",
      },
      finds: [],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const link of stack.linksOf(document.uri)) {
      const { pass } = link.connection;
      const [first] = link.reached;
      if (pass.document !== document || pass.protocol !== "uwsgi" || !first) continue;
      const wanted = new Set(link.reached.map(({ endpoint }) => modifierOf(endpoint)));
      const [modifier] = wanted;
      if (wanted.size !== 1 || modifier === undefined) continue;
      if (nginxSetting(stack, pass.document, pass.nested, "uwsgi_modifier1") !== null) continue;
      // A file of parameters of one's own may set it; which ones are included is not looked at.
      if (isSetByParams(workspace)) continue;
      const line = `uwsgi_modifier1 ${modifier};`;
      yield {
        span: link.connection.span,
        message: t`uWSGI serves nothing here unless nginx asks for modifier ${modifier}: without ${line} it says unavailable modifier requested: 0, and nginx answers 502.`,
        related: atEndpoint(first.endpoint, t`uWSGI binds here`),
        fixes: fixes(suggest(t`Write ${line}`, addDirective(document, pass.nested, line))),
      };
    }
  },
});

/** The number that requests must carry to be served; undefined when others may do, too, or it is not known. */
function modifierOf({ instance, protocol, router }: Endpoint): string | undefined {
  if (protocol !== "uwsgi" || router || !instance.effective.complete || !instance.start.certain) return undefined;
  const [one, ...others] = PLUGINS.filter(({ options }) => options.some((option) => instance.all(option).length > 0));
  if (!one || others.length > 0 || servesOtherwise(instance)) return undefined;
  return instance.effective.plugins.some(({ name }) => one.plugin.test(name)) ? one.modifier : undefined;
}

const APPS = ["module", "wsgi-file", "mount", "psgi", "rack", "rails", "mono-app", "symcall", "remap-modifier", "autoload", "need-app"];
const SERVERS = /^(?:python|pypy|psgi|rack|mono|symcall|webdav|rados|gridfs|glusterfs)/;

function servesOtherwise(instance: Instance): boolean {
  const loads = ["plugin", "plugins", "need-plugin", "need-plugins"].flatMap((key) => instance.all(key));
  return (
    APPS.some((key) => instance.all(key).length > 0) ||
    loads.some(({ value, holes, certain }) => holes.length > 0 || !certain || /(?:^|,)\s*\d+:/.test(value)) ||
    instance.effective.plugins.some(({ name }) => SERVERS.test(name)) ||
    instance.effective.settings.some(({ key }) => /route/.test(key))
  );
}

const BY_PARAMS = {};

const isSetByParams = (workspace: Workspace): boolean =>
  workspace.derive(
    BY_PARAMS,
    () => workspace.of("nginx").some((one) => /_params[^/]*$/.test(one.path) && one.named("uwsgi_modifier1").length > 0),
    workspace.of("nginx"),
  );
