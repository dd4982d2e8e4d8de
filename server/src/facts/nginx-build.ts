/** What an nginx program is built with, told by what `nginx -V` prints of it or by a list of modules. */

/** "loadable": it is there once `load_module` brings it. */
export type Presence = "built in" | "loadable" | "absent";
export type NginxBuild = (module: string) => Presence;

/** `ngx_http_gzip_filter_module`, `http_gzip_module` and `modules/ngx_http_gzip_filter_module.so` are one. */
const stem = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^.*\//, "")
    .replace(/^ngx_/, "")
    .replace(/(?:_filter)?(?:_module)?(?:\.so)?$/, "");

/** Modules of nginx itself that are there only when they are asked for. */
const ON_DEMAND =
  /^(?:http_(?:ssl|v2|v3|realip|addition|xslt|image|geoip|sub|dav|flv|mp4|gunzip|gzip_static|auth_request|random_index|secure_link|degradation|slice|stub_status|perl)|google_perftools|thread_pool|file-aio|select|poll)$/;
/** Of those, the ones that may be files of their own, and then come with `load_module`. */
const MAY_BE_FILES = /^(?:http_(?:xslt|image|geoip|perl)|stream_geoip)$/;
/** Parts of mail and stream that are asked for one by one; the others come with the whole. */
const PARTS = /^(?:mail_ssl|stream_(?:ssl|ssl_preread|realip))$/;

/** `words`: arguments of `configure` as `nginx -V` prints them, or names of modules. What no `configure` asks for is absent. */
export function buildFrom(words: readonly string[]): NginxBuild {
  const asked = new Map<string, Presence>();
  /** Sources and names of modules that are not part of nginx. */
  const others: string[] = [];
  for (const token of words.flatMap((word) => word.split(/\s+/))) {
    const [, verb, option = "", value = ""] = /^--(with|without|add)-([\w-]+)(?:=(.*))?$/.exec(token) ?? [];
    if (verb === "with") asked.set(option === "threads" ? "thread_pool" : stem(option), value === "dynamic" ? "loadable" : "built in");
    else if (verb === "without") asked.set(stem(option), "absent");
    else if (verb === "add") others.push(value);
    else if (token !== "" && !token.startsWith("-")) {
      others.push(token);
      asked.set(stem(token), "built in");
    }
  }
  return (module) => {
    if (!module.startsWith("ngx_")) return others.some((path) => isNamedIn(module, path)) ? "built in" : "loadable";
    const name = stem(module);
    const whole = name === "stream_geoip" ? undefined : /^(?:mail|stream)(?=_|$)/.exec(name)?.[0];
    if (whole === undefined)
      return asked.get(name) ?? (MAY_BE_FILES.test(name) ? "loadable" : ON_DEMAND.test(name) ? "absent" : "built in");
    return PARTS.test(name) && !asked.has(name) ? "absent" : (asked.get(whole) ?? "loadable");
  };
}

/** Whether the file of a `load_module` brings a module. */
export function isBroughtBy(path: string, module: string): boolean {
  if (!module.startsWith("ngx_")) return isNamedIn(module, path);
  const [file, name] = [stem(path), stem(module)];
  return file === name || (/^(?:mail|stream)$/.test(file) && name.startsWith(`${file}_`) && name !== "stream_geoip");
}

/** Modules whose sources or files go by another name. */
const ALSO: Readonly<Record<string, RegExp>> = {
  njs: /-js-/,
  vts: /-traffic-status-/,
  substitutions: /-subs-/,
  "upstream-check": /-check-/,
};

/** "headers-more" in `/build/headers-more-nginx-module` and in `ngx_http_headers_more_filter_module.so`. */
function isNamedIn(module: string, path: string): boolean {
  const file = `-${path.toLowerCase().replace(/[^a-z0-9]+/g, "-")}-`;
  return file.includes(`-${module}-`) || file.includes(`-${module.replaceAll("-", "")}-`) || ALSO[module]?.test(file) === true;
}

/** Debian's own package of nginx 1.22: whatever else there is comes in packages of its own. */
const DEBIAN_12 = [
  "http_ssl http_stub_status http_realip http_auth_request http_v2 http_dav http_slice http_addition http_flv http_gunzip",
  "http_gzip_static http_mp4 http_random_index http_secure_link http_sub mail_ssl stream_ssl stream_ssl_preread stream_realip",
]
  .flatMap((names) => names.split(" "))
  .map((name) => `--with-${name}_module`)
  .concat("--with-threads", "--with-mail=dynamic", "--with-stream=dynamic")
  .concat(["kqueue", "devpoll", "eventport", "iocp"].map((name) => `--without-${name}_module`));

/** The build of a distribution's own package, where it is known. */
export const buildOf = (distro: string | undefined, release: string | undefined): NginxBuild | undefined =>
  distro === "debian-12" && release === "1.22.1" ? buildFrom(DEBIAN_12) : undefined;
