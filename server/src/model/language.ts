/** Which language a file is in, judged by its name and its text. Figures behind the patterns: measured over 127 public repositories. */
import { baseName } from "../text/uri";

export type LanguageId =
  | "uwsgi"
  | "nginx"
  | "systemd"
  | "compose"
  | "kubernetes"
  | "supervisor"
  | "dockerfile"
  | "tmpfiles"
  | "crontab"
  | "shell"
  | "python"
  | "requirements"
  | "environment"
  | "other";

export type UwsgiFormat = "ini" | "yaml" | "json" | "xml";

const TEMPLATE_SUFFIX = /\.(?:j2|jinja2?|erb|tpl|tmpl|template|envsubst|sample|example|dist|default|in|mako)$/i;

/** The file name without what marks it as a template or a sample. */
export function plainName(path: string): string {
  let name = baseName(path);
  while (TEMPLATE_SUFFIX.test(name) && name.indexOf(".") < name.lastIndexOf(".")) name = name.replace(TEMPLATE_SUFFIX, "");
  return name;
}

const UWSGI_SECTION = /^\ufeff?[ \t\r]*\[uwsgi\][ \t\r]*$/m;
/** `server {{`: a text for Python's `format`, where nothing is as nginx would see it. */
const PYTHON_FORMAT = /^[ \t]*(?:server|http|events|upstream[ \t]+\S+)[ \t]*\{\{[ \t\r]*$/m;
/** Keys of the profiles that uWSGI is built with, which have a `[uwsgi]` section too (`buildconf/` of its sources). */
const BUILD_PROFILE =
  /^(?:main_plugin|embedded_plugins|append_version|malloc_implementation|as_shared_library|plugin_build_dir|bin_name)[ \t]*=/m;
const NGINX_SHAPE =
  /^[ \t]*(?:(?:server|http|events|stream)[ \t\r\n]*\{|upstream[ \t]+[^\s{;]+[ \t\r\n]*\{|location[ \t]+[^;{}\n]*\{|map[ \t]+["']?\$[$\w{}:./-]{1,200}["']?[ \t]+\$\w+[ \t\r\n]*\{|uwsgi_pass[ \t]+[^;\n]+;)/m;
const NGINX_LINES =
  /^[ \t]*(?:uwsgi_param|fastcgi_param|proxy_set_header|ssl_\w+|proxy_\w+|uwsgi_\w+|add_header|gzip\w*|log_format|access_log|error_log|client_\w+|keepalive_\w+|server_tokens|limit_(?:req|conn)\w*|open_file_cache\w*|resolver|set_real_ip_from|real_ip_\w+|sendfile|types_hash_\w+|auth_basic\w*|try_files)[ \t]+[^;\n]+;|^[ \t]*log_format[ \t]+\w/m;
/** `name = value;`: the language of rspamd and its kin has blocks and semicolons, too. In nginx only Lua has such lines. */
const ASSIGNED = /^[ \t]*[A-Za-z][\w-]*[ \t]*=[ \t]*[^\s=][^\n]*;[ \t\r]*(?:#.*)?$/m;
const NGINX_ONLY =
  /_by_lua|^[ \t]*(?:(?:uwsgi|proxy|fastcgi|scgi|grpc)_pass[ \t]|server_name[ \t]+[^=\s]|listen[ \t]+[^=\s]|location[ \t]+[^\s={])/m;
const PROSE =
  /\.(?:md|markdown|rst|html?|adoc|patch|diff|css|scss|jsx?|tsx?|mjs|go|rs|java|c|h|php|rb|pl|sql|csv|lock|toml|svg|po|mo|groovy|gradle|kts?|scala|swift|dart|tf|hcl|nomad|vcl|nix|proto|graphql|pp|bats)$/i;

/** The language of a file, or "other" when nothing speaks for any of ours. Cheap: a few regular expressions over the text. */
export function languageOf(path: string, text: string): LanguageId {
  const name = plainName(path.replace(/(?:\.(?:orig|bak|old|save)|~)$/i, "")).toLowerCase();
  const lower = path.toLowerCase();
  if (/^(?:.*[._-])?dockerfile(?:[._-].*)?$/.test(name)) return "dockerfile";
  if (name.endsWith(".py")) return "python";
  if (
    /^(?:requirements[\w.-]*\.(?:txt|in)|pipfile|pyproject\.toml|setup\.py|setup\.cfg|constraints\.txt)$/.test(name) ||
    /\/requirements\/[^/]+\.txt$/.test(lower)
  )
    return "requirements";
  if (PROSE.test(name)) return "other";
  if (/\.(?:service|socket)$/.test(name) || (/\/systemd\//.test(lower) && /^\[(?:Unit|Service|Socket)\]/m.test(text))) return "systemd";
  if (/\/tmpfiles\.d\/[^/]+\.conf$/.test(lower) || /^tmpfiles.*\.conf$/.test(name)) return "tmpfiles";
  if (/^\[Service\]\s*$/m.test(text) && /^ExecStart\s*=/m.test(text)) return "systemd";
  if (/^(?:docker-)?compose[\w.-]*\.ya?ml$/.test(name)) return "compose";
  if (/\.ya?ml$/.test(name)) return yamlLanguage(text);
  if (/^crontab/.test(name) || /\/cron(?:tabs|\.d)\//.test(lower)) return "crontab";
  if (/^\.?env(?:\.|$)|\.env$/.test(name)) return "environment";
  if (/\.(?:sh|bash)$/.test(name) || /^#!.*\b(?:ba|da|a|z)?sh\b/.test(text)) return "shell";
  if (/^[ \t]*\[(?:program|supervisord|eventlistener):?[^\]]*\]/m.test(text)) return "supervisor";
  if (isUwsgi(name, lower, text)) return "uwsgi";
  if (isNginx(name, lower, text)) return "nginx";
  return "other";
}

function yamlLanguage(text: string): LanguageId {
  if (/^uwsgi:\s*(?:#.*)?$/m.test(text)) return "uwsgi";
  if (/^apiVersion:\s*\S/m.test(text) && /^kind:\s*\S/m.test(text)) return "kubernetes";
  if (/^services:\s*(?:#.*)?$/m.test(text)) return "compose";
  return "other";
}

function isUwsgi(name: string, path: string, text: string): boolean {
  if (name.endsWith(".xml")) return /<uwsgi[\s>]/.test(text);
  if (name.endsWith(".json")) return /^\s*\{[\s\S]{0,4000}?"uwsgi"\s*:/.test(text);
  if (UWSGI_SECTION.test(text)) return !BUILD_PROFILE.test(text);
  if (!/\.ini(?:\.|:|$)/.test(name)) return false;
  const named = name.includes("uwsgi") || /\/(?:vassals|[^/]*uwsgi[^/]*)\//.test(path);
  return named && !/^[ \t]*\[(?:app|server|loggers|alembic|tox|pytest|composite|pipeline)[:\]]/m.test(text);
}

function isNginx(name: string, path: string, text: string): boolean {
  if (/^(?:uwsgi_params|fastcgi_params|scgi_params|proxy_params|mime\.types)/.test(name)) return true;
  if (name === "nginx.conf" || name.endsWith(".nginx") || name.endsWith(".nginxconf")) return true;
  // Partials of Helm define pieces of manifests. Logstash, HOCON and FreeRADIUS have blocks, too, but no semicolons behind lines.
  if (/^_.*\.tpl$/.test(baseName(path)) || PYTHON_FORMAT.test(text)) return false;
  if (ASSIGNED.test(text) && !NGINX_ONLY.test(text)) return false;
  const placed = name.includes("nginx") || /\/(?:[^/]*nginx[^/]*|sites-(?:available|enabled))\//.test(path);
  if (NGINX_SHAPE.test(text))
    return (/\/nginx\/.*\.conf$/.test(path) || /;[ \t\r]*(?:[#}].*)?$/m.test(text)) && !/^[ \t]*(?:input|output|filter)\s*\{/m.test(text);
  return placed && /\.(?:conf|inc)$|^[^.]+$/.test(name) && NGINX_LINES.test(text);
}

export function uwsgiFormat(path: string): UwsgiFormat {
  const name = plainName(path).toLowerCase();
  if (/\.ya?ml$/.test(name)) return "yaml";
  if (/\.js(?:on)?$/.test(name)) return "json";
  return name.endsWith(".xml") ? "xml" : "ini";
}

/** True when the text is a template of a configuration, whose values are filled in elsewhere. */
export function isTemplate(path: string, text: string): boolean {
  return (
    /\.(?:j2|jinja2?|erb|tpl|tmpl|template|envsubst|mako)$/i.test(path) ||
    /\{\{(?:(?!\{\{)[^}\n])*\}\}|\{%(?:(?!\{%)[^\n])*?%\}|<%(?:(?!<%)[^\n])*?%>/.test(text)
  );
}
