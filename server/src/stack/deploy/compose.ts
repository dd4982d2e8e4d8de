/** Compose files: services as containers that see one another by name. */
import { isScalar, isSeq, type Node } from "yaml";
import type { Document } from "../../model/document";
import { folderOf, joinPath } from "../../text/uri";
import { type Container, type Deployment, NOTHING, type Said, type Starter } from "../deploy";
import { ranBy } from "./command";
import { mountsOf, portsOf, splitColons } from "./compose-values";
import { isNginxImage } from "./image";
import { signalOf, withoutUndefined } from "./said";
import { type Words, wordsOf } from "./words";
import {
  type Field,
  type Fields,
  fieldsOf,
  itemsOf,
  readYaml,
  saidBy,
  scalarText,
  spanOfNode,
  takeItems,
  takeScalar,
  textOf,
  type Yaml,
} from "./yaml";

/** More services than anybody has. */
const MAX_SERVICES = 2000;

export type Compose = {
  readonly yaml: Yaml;
  readonly uri: string;
  readonly folder: string;
  readonly services: Fields;
  readonly networks: Fields;
  readonly volumes: Fields;
};

export function readCompose(document: Document): Deployment {
  const yaml = readYaml(document.text);
  const top = fieldsOf(yaml, yaml.roots[0]);
  const of = (name: string): Fields => fieldsOf(yaml, top.get(name)?.value);
  const services = top.has("services") ? of("services") : firstFormat(yaml, top);
  const compose: Compose = {
    yaml,
    uri: document.uri,
    folder: folderOf(document.path),
    services,
    networks: of("networks"),
    volumes: of("volumes"),
  };
  const starters = [...services.values()].slice(0, MAX_SERVICES).map((field) => serviceOf(compose, field));
  return { ...NOTHING, starters: linked(compose, starters) };
}

/** The first format had the services themselves at the top. */
function firstFormat(yaml: Yaml, top: Fields): Fields {
  const isService = (fields: Fields): boolean => fields.has("image") || fields.has("build");
  return new Map([...top].filter(([, { value }]) => isService(fieldsOf(yaml, value))));
}

function serviceOf(compose: Compose, service: Field): Starter {
  const fields = extended(compose, service);
  const said = (key: string): Said<string> | undefined => saidBy(compose.yaml, compose.uri, fields.get(key)?.value);
  const image = said("image");
  const directory = said("working_dir");
  const words = ["entrypoint", "command"].flatMap((key) => commandWords(compose, fields.get(key)?.value));
  const ran = ranBy([words], compose.uri, directory?.value);
  const [user, group] = splitUser(said("user"));
  return {
    kind: "compose",
    uri: compose.uri,
    name: service.key,
    at: { uri: compose.uri, span: service.keySpan },
    ...ran,
    startsNginx: ran.startsNginx || (ran.commands.length === 0 && isNginxImage(image?.value)),
    ...withoutUndefined({
      image,
      user,
      group,
      workingDirectory: directory,
      stopSignal: signalOf(said("stop_signal")),
    }),
    environment: new Map([...environmentOf(compose, fields.get("environment")?.value), ...ran.environment]),
    environmentFiles: environmentFilesOf(compose, fields.get("env_file")?.value),
    listens: [],
    container: containerOf(compose, service.key, fields),
  };
}

/** A service with what it takes over from another one of the same file. */
function extended(compose: Compose, service: Field): Fields {
  let fields = fieldsOf(compose.yaml, service.value);
  const seen = new Set<unknown>();
  for (let next: Node | undefined = fields.get("extends")?.value; next && !seen.has(next) && seen.size < 20; ) {
    seen.add(next);
    const from = fieldsOf(compose.yaml, next);
    const name = isScalar(next) ? textOf(next) : scalarText(from.get("service")?.value);
    if (!name || from.has("file")) break;
    const base = fieldsOf(compose.yaml, compose.services.get(name)?.value);
    fields = new Map([...base, ...fields]);
    next = base.get("extends")?.value;
  }
  return fields;
}

/** `command` and `entrypoint`: a list of words, or a text split by quotes alone. `$$` is a dollar for the container. */
function commandWords({ yaml }: Compose, node: Node | undefined): Words {
  return isScalar(node) ? wordsOf(takeScalar(yaml, node), "list") : takeItems(yaml, node);
}

function splitUser(user: Said<string> | undefined): readonly [Said<string> | undefined, Said<string> | undefined] {
  if (!user) return [undefined, undefined];
  const [name = "", group] = splitColons(user.value);
  return [{ ...user, value: name }, group ? { ...user, value: group } : undefined];
}

/** `NAME=value` lines or a map. A value that compose fills in is not known, nor is a name alone, which is passed through. */
function environmentOf(compose: Compose, node: Node | undefined): Starter["environment"] {
  const environment = new Map<string, Said<string | undefined>>();
  const put = (name: string, value: string | undefined, at: Node | undefined, span = spanOfNode(at)): void => {
    environment.set(name, {
      value: value?.replaceAll("$$", "").includes("$") ? undefined : value?.replaceAll("$$", "$"),
      at: { uri: compose.uri, span },
    });
  };
  for (const item of itemsOf(compose.yaml, node)) {
    const text = scalarText(item) ?? "";
    const equals = text.indexOf("=");
    if (equals < 0) put(text, undefined, item);
    else put(text.slice(0, equals), text.slice(equals + 1), item);
  }
  if (isSeq(node)) return environment;
  for (const { key, keySpan, value } of fieldsOf(compose.yaml, node).values()) {
    const isSet = isScalar(value) && value.value !== null;
    put(key, isSet ? textOf(value) : undefined, value, isSet ? spanOfNode(value) : keySpan);
  }
  return environment;
}

function environmentFilesOf(compose: Compose, node: Node | undefined): readonly Said<string>[] {
  const items = isSeq(node) ? itemsOf(compose.yaml, node) : node ? [node] : [];
  return items.flatMap(
    (item) => saidBy(compose.yaml, compose.uri, isScalar(item) ? item : fieldsOf(compose.yaml, item).get("path")?.value) ?? [],
  );
}

function containerOf(compose: Compose, service: string, fields: Fields): Container {
  const { yaml } = compose;
  const text = (name: string): string | undefined => scalarText(fields.get(name)?.value);
  const joined = networksOf(compose, fields);
  const build = buildOf(compose, fields.get("build")?.value);
  const dependsOn = fields.get("depends_on")?.value;
  return {
    project: compose.folder,
    names: [...new Set([service, text("container_name"), text("hostname"), ...joined.aliases].flatMap((name) => name ?? []))],
    networks: joined.networks,
    mounts: mountsOf(compose, fields),
    ports: portsOf(compose, fields.get("ports")?.value),
    ...(build && { build }),
    sysctls: pairsOf(compose, fields.get("sysctls")?.value),
    dependsOn: isSeq(dependsOn)
      ? itemsOf(yaml, dependsOn).flatMap((item) => scalarText(item) ?? [])
      : [...fieldsOf(yaml, dependsOn).keys()],
  };
}

function networksOf(compose: Compose, fields: Fields): { readonly networks: readonly string[]; readonly aliases: readonly string[] } {
  const { yaml } = compose;
  const mode = scalarText(fields.get("network_mode")?.value) ?? scalarText(fields.get("net")?.value);
  if (mode && mode !== "bridge" && mode !== "default") return { networks: [mode], aliases: [] };
  const node = fields.get("networks")?.value;
  const listed = itemsOf(yaml, node).flatMap((item) => scalarText(item) ?? []);
  const mapped = isSeq(node) ? [] : [...fieldsOf(yaml, node).values()];
  const names = [...listed, ...mapped.map(({ key }) => key)];
  const aliases = mapped.flatMap(({ value }) => {
    const options = fieldsOf(yaml, value);
    const ip = scalarText(options.get("ipv4_address")?.value);
    return [...itemsOf(yaml, options.get("aliases")?.value).flatMap((item) => scalarText(item) ?? []), ...(ip ? [ip] : [])];
  });
  return { networks: names.map((name) => sharedName(compose, name)), aliases };
}

/** A network with a name of its own may be that of another compose file. */
function sharedName(compose: Compose, network: string): string {
  const options = fieldsOf(compose.yaml, compose.networks.get(network)?.value);
  const external = options.get("external")?.value;
  const name = scalarText(options.get("name")?.value) ?? scalarText(fieldsOf(compose.yaml, external).get("name")?.value);
  return name || (external && scalarText(external) !== "false") ? `named:${name ?? network}` : network;
}

function buildOf(compose: Compose, node: Node | undefined): Container["build"] {
  if (!node) return undefined;
  const options = fieldsOf(compose.yaml, node);
  const said = isScalar(node) ? textOf(node) : (scalarText(options.get("context")?.value) ?? ".");
  if (/^(?:https?|git|ssh):|^git@/.test(said) || said.includes("$")) return undefined;
  const context = joinPath(compose.folder, said);
  const dockerfile = scalarText(options.get("dockerfile")?.value);
  const target = scalarText(options.get("target")?.value);
  return { context, ...(dockerfile && { dockerfile: joinPath(context, dockerfile) }), ...(target && { target }) };
}

/** `name=value` lines or a map. */
function pairsOf(compose: Compose, node: Node | undefined): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const item of itemsOf(compose.yaml, node)) {
    const [name = "", value = ""] = (scalarText(item) ?? "").split("=", 2);
    pairs.set(name, value);
  }
  if (!isSeq(node)) for (const { key, value } of fieldsOf(compose.yaml, node).values()) pairs.set(key, scalarText(value) ?? "");
  return pairs;
}

/** `links: [app:backend]` gives app one more name; `external_links` and those without an alias give none. */
function linked(compose: Compose, starters: readonly Starter[]): readonly Starter[] {
  const more = new Map<string, string[]>();
  for (const service of [...compose.services.values()].slice(0, MAX_SERVICES)) {
    for (const link of itemsOf(compose.yaml, fieldsOf(compose.yaml, service.value).get("links")?.value)) {
      const [target, alias] = (scalarText(link) ?? "").split(":", 2);
      if (target && alias) more.set(target, [...(more.get(target) ?? []), alias]);
    }
  }
  return starters.map((starter) => {
    const { container } = starter;
    if (!container) return starter;
    const fields = fieldsOf(compose.yaml, compose.services.get(starter.name)?.value);
    // `volumes_from: [app:ro]` mounts what app mounts.
    const from = itemsOf(compose.yaml, fields.get("volumes_from")?.value).map((item) => scalarText(item)?.split(":", 1)[0]);
    const mounts = starters.flatMap((other) => (from.includes(other.name) ? (other.container?.mounts ?? []) : []));
    return {
      ...starter,
      container: {
        ...container,
        names: [...new Set([...container.names, ...(more.get(starter.name) ?? [])])],
        mounts: [...container.mounts, ...mounts],
      },
    };
  });
}
