/** Volumes and ports of a compose service, in their short and long spellings. */
import { isScalar, type Node } from "yaml";
import { joinPath, tidyPath } from "../../text/uri";
import type { Container, Mount } from "../deploy";
import type { Compose } from "./compose";
import { type Fields, fieldsOf, itemsOf, scalarText, spanOfNode, textOf } from "./yaml";

export function mountsOf(compose: Compose, fields: Fields): readonly Mount[] {
  const { yaml } = compose;
  const mounts = itemsOf(yaml, fields.get("volumes")?.value)
    .flatMap((node) => mountOf(compose, node) ?? [])
    .filter(({ target }) => /^[/$]/.test(target));
  const tmpfs = fields.get("tmpfs")?.value;
  for (const node of isScalar(tmpfs) ? [tmpfs] : itemsOf(yaml, tmpfs)) {
    const target = scalarText(node)?.split(":", 1)[0];
    if (target)
      mounts.push({ at: { uri: compose.uri, span: spanOfNode(node) }, source: undefined, target: tidyPath(target), readOnly: false });
  }
  return mounts;
}

function mountOf(compose: Compose, node: Node): Mount | undefined {
  const at = { uri: compose.uri, span: spanOfNode(node) };
  if (isScalar(node)) {
    const parts = splitColons(textOf(node));
    const [first = "", second, options] = parts;
    if (second === undefined) return { at, source: undefined, target: tidyPath(first), readOnly: false };
    // `/cache:ro` has no source only in files that are wrong; `data:/x:ro,z` is the usual one.
    return { at, source: sourceOf(compose, first), target: tidyPath(second), readOnly: (options ?? "").split(",").includes("ro") };
  }
  const long = fieldsOf(compose.yaml, node);
  const target = scalarText(long.get("target")?.value);
  if (!target) return undefined;
  const source = scalarText(long.get("source")?.value ?? long.get("src")?.value);
  const isNamed = scalarText(long.get("type")?.value) === "volume";
  return {
    at,
    source: source && (isNamed ? namedVolume(compose, source) : sourceOf(compose, source)),
    target: tidyPath(target),
    readOnly: scalarText(long.get("read_only")?.value) === "true",
  };
}

/** A path starts with a dot, a slash or a tilde; another word is a named volume. What compose fills in is kept as it is written. */
function sourceOf(compose: Compose, source: string): string {
  if (source.includes("$") || source.startsWith("~")) return source;
  return /^[./]/.test(source) ? joinPath(compose.folder, source) : namedVolume(compose, source);
}

/** A volume of the local driver that binds a folder is that folder. */
function namedVolume(compose: Compose, name: string): string {
  const options = fieldsOf(compose.yaml, fieldsOf(compose.yaml, compose.volumes.get(name)?.value).get("driver_opts")?.value);
  const device = scalarText(options.get("device")?.value);
  const isBind = /\bbind\b/.test(scalarText(options.get("o")?.value) ?? "");
  return isBind && device?.startsWith("/") ? tidyPath(device) : `volume:${name}`;
}

/** Splits at colons that stand in no `${…}`. */
export function splitColons(value: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < value.length; at++) {
    if (value[at] === "{") depth++;
    else if (value[at] === "}") depth--;
    else if (value[at] === ":" && depth <= 0) {
      parts.push(value.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, value.slice(start)];
}

export function portsOf(compose: Compose, node: Node | undefined): Container["ports"] {
  return itemsOf(compose.yaml, node).flatMap((item) => {
    const at = { uri: compose.uri, span: spanOfNode(item) };
    const long = fieldsOf(compose.yaml, item);
    const [host, container] = isScalar(item)
      ? shortPort(textOf(item))
      : [scalarText(long.get("published")?.value), scalarText(long.get("target")?.value)];
    if (!container || !/^\d+$/.test(container) || (host && !/^\d+$/.test(host))) return [];
    return [{ value: { host: host ? Number(host) : undefined, container: Number(container) }, at }];
  });
}

/** `[address:][host:]container[/protocol]`. */
function shortPort(value: string): readonly [string | undefined, string | undefined] {
  const parts = splitColons(value.replace(/\/(?:tcp|udp)$/, ""));
  return [parts.at(-2), parts.at(-1)];
}
