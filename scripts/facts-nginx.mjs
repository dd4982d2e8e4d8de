// Makes server/data/nginx.json from nginx's own tables, as they stand in every release since 1.18.0:
//   node scripts/facts-nginx.mjs GIT_DIRECTORY
// A change of facts is a readable difference: one entry per line, sorted. Stops where upstream uses a flag nobody has classified.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";

const repository = process.argv[2];
if (!repository) {
  console.error("usage: node scripts/facts-nginx.mjs GIT_DIRECTORY");
  process.exit(2);
}
const git = (...args) => execFileSync("git", ["-C", repository, ...args], { encoding: "utf8", maxBuffer: 1 << 28 });

const CONTEXTS = {
  NGX_MAIN_CONF: "main",
  NGX_EVENT_CONF: "events",
  NGX_HTTP_MAIN_CONF: "http",
  NGX_HTTP_SRV_CONF: "http.server",
  NGX_HTTP_LOC_CONF: "http.location",
  NGX_HTTP_UPS_CONF: "http.upstream",
  NGX_HTTP_SIF_CONF: "http.server.if",
  NGX_HTTP_LIF_CONF: "http.location.if",
  NGX_HTTP_LMT_CONF: "http.limit_except",
  NGX_MAIL_MAIN_CONF: "mail",
  NGX_MAIL_SRV_CONF: "mail.server",
  NGX_STREAM_MAIN_CONF: "stream",
  NGX_STREAM_SRV_CONF: "stream.server",
  NGX_STREAM_UPS_CONF: "stream.upstream",
  NGX_ANY_CONF: "any",
};
const NO_CONTEXT = new Set(["NGX_DIRECT_CONF", "NGX_CONF_BLOCK", "NGX_CONF_MULTI"]);
const TAKES = { NOARGS: [0], TAKE12: [1, 2], TAKE13: [1, 3], TAKE23: [2, 3], TAKE123: [1, 2, 3], TAKE1234: [1, 2, 3, 4], FLAG: [1] };
for (let n = 1; n <= 7; n++) TAKES[`TAKE${n}`] = [n];

/** What a value is, told by the function that reads it. A function not named here is "custom". */
const KINDS = {
  ngx_conf_set_flag_slot: "flag",
  ngx_conf_set_num_slot: "number",
  ngx_conf_set_size_slot: "size",
  ngx_conf_set_off_slot: "offset",
  ngx_conf_set_msec_slot: "milliseconds",
  ngx_conf_set_sec_slot: "seconds",
  ngx_conf_set_enum_slot: "enum",
  ngx_conf_set_bitmask_slot: "bitmask",
  ngx_conf_set_str_slot: "text",
  ngx_conf_set_str_array_slot: "texts",
  ngx_conf_set_keyval_slot: "pair",
  ngx_conf_set_bufs_slot: "buffers",
  ngx_conf_set_path_slot: "path",
  ngx_conf_set_access_slot: "access",
  ngx_http_ssl_enable: "flag",
  ngx_mail_ssl_enable: "flag",
};
/** Readers that leave it to another one to refuse a second value. */
const ONCE = new Set(["ngx_http_set_complex_value_size_slot", "ngx_stream_set_complex_value_size_slot"]);
/** Blocks that hold pairs, not directives. */
const PAIRS = new Set([
  "ngx_http_map_block",
  "ngx_stream_map_block",
  "ngx_http_geo_block",
  "ngx_stream_geo_block",
  "ngx_conf_split_clients_block",
  "ngx_http_core_types",
  "ngx_http_charset_map_block",
]);
/** Not read: code of other systems. */
const IGNORED_FILES = /src\/os\/win32\//;

const withoutComments = (code) => code.replace(/\/\*[\s\S]*?\*\//g, " ").replace(/^\s*#.*(?:\\\n.*)*$/gm, "");

/** Parts of a braced list at its own level. */
function parts(list) {
  const found = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let at = 0; at < list.length; at++) {
    const char = list[at];
    if (char === "\\") at++;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if ("({[".includes(char)) depth++;
    else if (")}]".includes(char)) depth--;
    else if (char === "," && depth === 0) {
      found.push(list.slice(start, at).trim());
      start = at + 1;
    }
  }
  const last = list.slice(start).trim();
  return last ? [...found, last] : found;
}

/** `TYPE NAME[] = { … };` and `TYPE NAME = { … };` */
function* tables(code, type) {
  const head = new RegExp(`\\b${type}\\s+(\\w+)\\s*(?:\\[[^\\]]*\\])?\\s*=\\s*\\{`, "g");
  for (let match = head.exec(code); match; match = head.exec(code)) {
    const end = code.indexOf("\n};", match.index) < 0 ? code.indexOf("};", match.index) : closing(code, head.lastIndex);
    yield { name: match[1], entries: parts(code.slice(head.lastIndex, end)) };
  }
}

function closing(code, from) {
  let depth = 1;
  for (let at = from; at < code.length; at++) {
    if (code[at] === '"') at = code.indexOf('"', at + 1);
    else if (code[at] === "{") depth++;
    else if (code[at] === "}" && --depth === 0) return at;
  }
  return code.length;
}

const inner = (entry) => parts(entry.replace(/^\{|\}$/g, ""));
const string = (code) => /"((?:[^"\\]|\\.)*)"/.exec(code)?.[1];
const names = (entries) => entries.map((entry) => string(inner(entry)[0] ?? "")).filter(Boolean);

/** What one source file tells. Enum and bitmask tables may lie in another file, so their names are resolved later. */
function readFile(text, path) {
  const code = withoutComments(text);
  const commands = [...tables(code, "ngx_command_t")];
  const modules = new Map([...tables(code, "ngx_module_t")].map(({ name, entries }) => [entries[2], name]));
  return {
    path,
    commands: commands.map((table) => ({ module: modules.get(table.name) ?? table.name, entries: table.entries.map(inner) })),
    values: new Map(
      [...tables(code, "ngx_conf_enum_t"), ...tables(code, "ngx_conf_bitmask_t")].map((table) => [table.name, names(table.entries)]),
    ),
    bounds: new Map([...tables(code, "ngx_conf_num_bounds_t")].map((table) => [table.name, table.entries.slice(1).map(Number)])),
    deprecated: new Map([...tables(code, "ngx_conf_deprecated_t")].map((table) => [table.name, string(table.entries[2])])),
    posts: new Map([
      ...[...tables(code, "ngx_conf_post_t")].map((table) => [table.name, table.entries[0]]),
      ...[...code.matchAll(/ngx_conf_post_handler_pt\s+(\w+)\s*=\s*(\w+)/g)].map((match) => [match[1], match[2]]),
    ]),
    once: new Set(
      [...code.matchAll(/^(ngx_\w+)\([^;{]*\)\s*\{([\s\S]*?)^\}/gm)].filter((it) => it[2].includes('"is duplicate"')).map((it) => it[1]),
    ),
    variables: [...variables(code, [...modules.values()][0])],
  };
}

function* variables(code, module = "ngx_http_core_module") {
  for (const kind of ["http", "stream"]) {
    for (const { entries } of tables(code, `ngx_${kind}_variable_t`)) {
      for (const entry of entries) {
        const [text = "", , , , flags = ""] = inner(entry);
        const name = string(text);
        if (name) yield { kind, name, module, prefix: flags.includes("VAR_PREFIX"), changeable: flags.includes("VAR_CHANGEABLE") };
      }
    }
    for (const [, name, text] of code.matchAll(/static ngx_str_t\s+(\w+)\s*=\s*ngx_string\("(\w+)"\)/g)) {
      const added = new RegExp(`ngx_${kind}_add_variable\\(\\w+, &${name}\\b([^;]*)`).exec(code);
      if (added) yield { kind, name: text, module, prefix: false, changeable: added[1].includes("VAR_CHANGEABLE") };
    }
    for (const [, text] of code.matchAll(/ngx_str_set\(&name, "(\w+)"\);\s+var = ngx_http_add_variable/g)) {
      if (kind === "http") yield { kind, name: text, module, prefix: false, changeable: true };
    }
  }
}

function arity(flags, name) {
  const counts = new Set();
  let at_least;
  for (const flag of flags) {
    const take = /^NGX_CONF_(\w+)$/.exec(flag)?.[1];
    if (!take || take === "BLOCK" || take === "MULTI") continue;
    if (take === "ANY") at_least = 0;
    else if (take === "1MORE") at_least = 1;
    else if (take === "2MORE") at_least = 2;
    else if (TAKES[take]) for (const count of TAKES[take]) counts.add(count);
    else throw new Error(`${name}: what is ${flag}?`);
  }
  return at_least === undefined ? [...counts].sort() : { least: at_least };
}

function directives(file, all) {
  const found = [];
  const look = (kind, name) => file[kind].get(name) ?? all.find((other) => other[kind].has(name))?.[kind].get(name);
  for (const { module, entries } of file.commands) {
    for (const [text, types = "", setter, , , rawPost = ""] of entries) {
      const name = string(text ?? "");
      if (!name) continue;
      const flags = types.split("|").map((flag) => flag.trim());
      const contexts = flags
        .filter((flag) => !flag.startsWith("NGX_CONF_") && !NO_CONTEXT.has(flag))
        .map((flag) => {
          if (!CONTEXTS[flag]) throw new Error(`${name}: what is ${flag}?`);
          return CONTEXTS[flag];
        });
      const post = rawPost.replace(/^&/, "");
      const kind = KINDS[setter];
      const handler = look("posts", post);
      const bounds = look("bounds", post);
      found.push(
        lean({
          name,
          module,
          contexts,
          args: arity(flags, name),
          block: flags.includes("NGX_CONF_BLOCK") || undefined,
          pairs: PAIRS.has(setter) || undefined,
          kind: kind ?? "custom",
          setter: kind ? undefined : setter,
          values: kind === "enum" || kind === "bitmask" ? (look("values", post) ?? missing(name, post)) : undefined,
          bounds: bounds && (bounds[1] === -1 ? [bounds[0]] : bounds),
          once:
            (kind && !["texts", "pair", "bitmask"].includes(kind)) ||
            ONCE.has(setter) ||
            all.some((other) => other.once.has(setter)) ||
            undefined,
          post: handler && !/deprecated/.test(handler) ? handler : undefined,
          replacedBy: look("deprecated", post),
        }),
      );
    }
  }
  return found;
}

const missing = (name, table) => {
  throw new Error(`${name}: no table ${table}`);
};
const lean = (entry) => Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));

const number = (tag) => tag.replace("release-", "").split(".").map(Number);
const order = (a, b) => number(a).reduce((sign, part, index) => sign || part - number(b)[index], 0);
const tags = git("tag", "-l", "release-1.*")
  .split("\n")
  .filter((tag) => tag && order(tag, "release-1.18.0") >= 0)
  .sort(order);

const parsed = new Map();
/** Entry text without versions → the versions that have it. */
const seen = { directives: new Map(), variables: new Map() };
for (const tag of tags) {
  const version = tag.replace("release-", "");
  const files = git("ls-tree", "-r", tag, "src")
    .split("\n")
    .map((line) => /^\d+ blob (\w+)\t(.+\.[ch])$/.exec(line))
    .filter((match) => match && !IGNORED_FILES.test(match[2]));
  const all = files.map(([, blob, path]) => {
    if (!parsed.has(blob)) parsed.set(blob, readFile(git("cat-file", "blob", blob), path));
    return parsed.get(blob);
  });
  const note = (kind, entry) => {
    const key = JSON.stringify(entry);
    seen[kind].set(key, [...(seen[kind].get(key) ?? []), version]);
  };
  for (const file of all) {
    for (const entry of directives(file, all)) note("directives", entry);
    for (const { kind, name, module, prefix, changeable } of file.variables) {
      note("variables", lean({ name, kind, module, prefix: prefix || undefined, changeable: changeable || undefined }));
    }
  }
}

const versions = tags.map((tag) => tag.replace("release-", ""));
const stable = versions.filter((version) => Number(version.split(".")[1]) % 2 === 0).at(-1);
function entries(kind) {
  const list = [];
  for (const [key, having] of seen[kind]) {
    const unique = [...new Set(having)];
    const first = versions.indexOf(unique[0]);
    const last = versions.indexOf(unique.at(-1));
    if (last - first + 1 !== unique.length) console.error(`comes and goes: ${key} ${unique.join(" ")}`);
    list.push({ ...JSON.parse(key), ...lean({ since: first > 0 ? unique[0] : undefined, removed: versions[last + 1] }) });
  }
  return list.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
const lines = (list) => list.map((entry) => `  ${JSON.stringify(entry)}`).join(",\n");
const found = entries("directives");
if (found.length < 700) throw new Error("that is not the source of nginx");
const provenance = `Taken from the command and variable tables of nginx ${versions[0]} to ${versions.at(-1)}, ${versions.length} releases.`;
writeFileSync(
  "server/data/nginx.json",
  `{"provenance":${JSON.stringify(provenance)},"oldest":"${versions[0]}","stable":"${stable}","newest":"${versions.at(-1)}","directives":[\n${lines(found)}\n],"variables":[\n${lines(entries("variables"))}\n]}\n`,
);
console.error(`${found.length} directives, ${entries("variables").length} variables, ${versions.length} releases`);
