/** Kubernetes manifests: the containers of a pod share their loopback, services name pods. */
import { isScalar, type Node } from "yaml";
import type { Document } from "../../model/document";
import type { Container, Deployment, Mount, Said, Starter } from "../deploy";
import { ranBy } from "./command";
import { isNginxImage } from "./image";
import { withoutUndefined } from "./said";
import { type Fields, fieldsOf, itemsOf, readYaml, saidBy, scalarText, spanOfNode, takeItems, textOf, type Yaml } from "./yaml";

const MAX_CONTAINERS = 2000;
/** Where the template of a pod stands, by kind. */
const POD_IN: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  ReplicaSet: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
};

type Service = { readonly name: string; readonly selector: ReadonlyMap<string, string>; readonly ports: readonly number[] };
type Reading = { readonly yaml: Yaml; readonly uri: string; readonly services: readonly Service[] };
type Pod = {
  readonly name: string;
  readonly spec: Fields;
  readonly services: readonly Service[];
  readonly volumes: ReadonlyMap<string, string>;
};

export function readKubernetes(document: Document): Deployment {
  const yaml = readYaml(document.text);
  const objects = yaml.roots.flatMap((root) => {
    const fields = fieldsOf(yaml, root);
    const items = fields.get("items")?.value;
    return text(fields, "kind") === "List" ? itemsOf(yaml, items).map((item) => fieldsOf(yaml, item)) : [fields];
  });
  const services = objects.flatMap((object) => (text(object, "kind") === "Service" ? [serviceOf(yaml, object)] : []));
  const reading: Reading = { yaml, uri: document.uri, services };
  const starters = objects.flatMap((object) => containersOf(reading, object)).slice(0, MAX_CONTAINERS);
  return { starters, folders: [], copies: [], problems: [] };
}

const text = (fields: Fields, key: string): string | undefined => scalarText(fields.get(key)?.value);
const inner = (yaml: Yaml, fields: Fields, path: readonly string[]): Fields =>
  path.reduce((at, key) => fieldsOf(yaml, at.get(key)?.value), fields);
const items = (yaml: Yaml, fields: Fields, key: string): readonly Fields[] =>
  itemsOf(yaml, fields.get(key)?.value).map((item) => fieldsOf(yaml, item));
const labels = (fields: Fields): ReadonlyMap<string, string> =>
  new Map([...fields.values()].map(({ key, value }) => [key, scalarText(value) ?? ""]));

function serviceOf(yaml: Yaml, object: Fields): Service {
  const ports = items(yaml, inner(yaml, object, ["spec"]), "ports").map((port) => Number(text(port, "port")));
  return {
    name: text(inner(yaml, object, ["metadata"]), "name") ?? "",
    selector: labels(inner(yaml, object, ["spec", "selector"])),
    ports: ports.filter(Number.isInteger),
  };
}

function containersOf(reading: Reading, object: Fields): readonly Starter[] {
  const { yaml } = reading;
  const path = POD_IN[text(object, "kind") ?? ""];
  if (!path) return [];
  const template = inner(yaml, object, path);
  const spec = inner(yaml, template, ["spec"]);
  const own = labels(inner(yaml, template, ["metadata", "labels"]));
  const services = reading.services.filter(
    ({ selector }) => selector.size > 0 && [...selector].every(([key, value]) => own.get(key) === value),
  );
  const pod: Pod = { name: text(inner(yaml, object, ["metadata"]), "name") ?? "", spec, services, volumes: volumesOf(yaml, spec) };
  return itemsOf(yaml, spec.get("containers")?.value).map((node) => starterOf(reading, pod, node));
}

/** Volumes of the pod by name: a folder of the node, or one that the containers share. */
function volumesOf(yaml: Yaml, spec: Fields): ReadonlyMap<string, string> {
  return new Map(
    items(yaml, spec, "volumes").map((volume) => {
      const name = text(volume, "name") ?? "";
      return [name, text(inner(yaml, volume, ["hostPath"]), "path") ?? `volume:${name}`];
    }),
  );
}

function starterOf(reading: Reading, pod: Pod, node: Node): Starter {
  const { yaml, uri } = reading;
  const fields = fieldsOf(yaml, node);
  const said = (value: Node | undefined): Said<string> | undefined => saidBy(yaml, uri, value);
  const words = ["command", "args"].flatMap((key) => takeItems(yaml, fields.get(key)?.value));
  const directory = said(fields.get("workingDir")?.value);
  const ran = ranBy([words], uri, directory?.value);
  const image = said(fields.get("image")?.value);
  const of = (key: string): Said<string> | undefined =>
    said(inner(yaml, fields, ["securityContext"]).get(key)?.value ?? inner(yaml, pod.spec, ["securityContext"]).get(key)?.value);
  const name = text(fields, "name") ?? "";
  return {
    kind: "kubernetes",
    uri,
    name,
    at: { uri, span: spanOfNode(fields.get("name")?.value ?? node) },
    ...ran,
    startsNginx: ran.startsNginx || (ran.commands.length === 0 && isNginxImage(image?.value)),
    ...withoutUndefined({ image, user: of("runAsUser"), group: of("runAsGroup"), workingDirectory: directory }),
    environment: new Map([...environmentOf(yaml, fields, uri), ...ran.environment]),
    environmentFiles: items(yaml, fields, "envFrom").flatMap((from) => {
      const named = inner(yaml, from, [from.has("secretRef") ? "secretRef" : "configMapRef"]);
      return said(named.get("name")?.value) ?? [];
    }),
    listens: [],
    container: containerOf(reading, pod, fields),
  };
}

function environmentOf(yaml: Yaml, fields: Fields, uri: string): Starter["environment"] {
  const environment = new Map<string, Said<string | undefined>>();
  for (const entry of items(yaml, fields, "env")) {
    const name = entry.get("name")?.value;
    const value = entry.get("value")?.value;
    if (!isScalar(name)) continue;
    const known = isScalar(value) && !textOf(value).includes("$(") ? textOf(value) : undefined;
    environment.set(textOf(name), { value: known, at: { uri, span: spanOfNode(value ?? name) } });
  }
  return environment;
}

function containerOf({ yaml, uri }: Reading, pod: Pod, fields: Fields): Container {
  const mounts = items(yaml, fields, "volumeMounts").flatMap((mount): Mount[] => {
    const target = text(mount, "mountPath");
    const name = mount.get("name")?.value;
    // A single file out of a volume is not the volume.
    if (!target || !isScalar(name) || mount.has("subPath")) return [];
    return [
      {
        at: { uri, span: spanOfNode(mount.get("mountPath")?.value) },
        source: pod.volumes.get(textOf(name)),
        target,
        readOnly: text(mount, "readOnly") === "true",
      },
    ];
  });
  const ports = items(yaml, fields, "ports").flatMap((port) => {
    const container = Number(text(port, "containerPort"));
    const host = text(port, "hostPort");
    return Number.isInteger(container)
      ? [{ value: { host: host ? Number(host) : undefined, container }, at: { uri, span: spanOfNode(port.get("containerPort")?.value) } }]
      : [];
  });
  const sysctls = items(yaml, inner(yaml, pod.spec, ["securityContext"]), "sysctls").map(
    (entry) => [text(entry, "name") ?? "", text(entry, "value") ?? ""] as const,
  );
  return {
    project: uri,
    names: pod.services.map(({ name }) => name),
    networks: [text(pod.spec, "hostNetwork") === "true" ? "host" : `pod:${pod.name}`],
    mounts,
    ports,
    sysctls: new Map(sysctls),
    dependsOn: [],
  };
}
