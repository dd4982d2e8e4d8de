/**
 * The deployment as one graph: processes, the addresses they bind, the connections nginx opens, and how these meet. Built from a workspace
 * and brought up to date when it is asked after a change: what a changed file has no part in stays the same object.
 */
import type { Document } from "../model/document";
import { perDocument } from "../model/document";
import { kept, Register } from "../workspace/register";
import type { Workspace } from "../workspace/workspace";
import { type Address, show } from "./address";
import { type Pass, passesOf, type Upstream, upstreamsOf } from "./connection";
import type { Deployed, Deployment, ImageCopy, MadeFolder, Starter } from "./deploy";
import { deploymentOf } from "./deployment";
import type { Endpoint } from "./endpoint";
import { Hosts } from "./hosts";
import type { Instance } from "./instance";
import { Joins } from "./joins";
import type { Link } from "./links";
import { type Group, Processes } from "./processes";

const DEPLOYED = ["systemd", "compose", "kubernetes", "supervisor", "dockerfile", "tmpfiles", "crontab", "shell"] as const;

const deployed = perDocument((document): Deployed => ({ document, deployment: deploymentOf(document) }));

type Files<T> = readonly (readonly T[])[];

export class Stack {
  readonly #processes = new Processes();
  readonly #joins = new Joins();
  readonly #keys = { deployments: {}, groups: {}, links: {} };

  readonly #deployments = kept((...lists: Files<Document>) => lists.flat().map(deployed));
  readonly #starters = kept((all: readonly Deployed[]) => all.flatMap((one) => one.deployment.starters));
  readonly #folders = kept((all: readonly Deployed[]) => all.flatMap((one) => one.deployment.folders));
  readonly #copies = kept((all: readonly Deployed[]) => all.flatMap((one) => one.deployment.copies));
  readonly #hosts = kept((all: readonly Deployed[]) => new Hosts(all));
  readonly #instances = kept((groups: readonly Group[]) => groups.flat());
  readonly #emperors = kept((groups: readonly Group[]) => groups.flatMap((group) => group.filter((instance) => instance.isEmperor)));
  readonly #links = kept((files: Files<Link>) => files.flat());

  readonly #byInput = new Register<Group, string, Instance>(function* (group) {
    for (const instance of group) for (const input of instance.inputs.keys()) yield [input, instance];
  });
  readonly #byStarter = new Register<Group, string, Instance>(function* (group) {
    for (const instance of group) if (instance.start.starter) yield [instance.start.starter.uri, instance];
  });
  readonly #byAddress = new Register<Group, string, Endpoint>(function* (group) {
    for (const instance of group) for (const endpoint of instance.endpoints) yield [show(endpoint.address), endpoint];
  });
  readonly #byEmperor = new Register<Group, Instance, Instance>(function* (group) {
    for (const instance of group) if (instance.start.emperor) yield [instance.start.emperor, instance];
  });
  readonly #byPlace = new Register<readonly Link[], string, Link>(function* (links) {
    for (const link of links) for (const uri of writtenIn(link)) yield [uri, link];
  });
  readonly #byPart = new Register<readonly Link[], string, Link>(function* (links) {
    for (const link of links) for (const uri of placesOf(link)) yield [uri, link];
  });
  readonly #byEndpoint = new Register<readonly Link[], Endpoint, Link>(function* (links) {
    for (const link of links) for (const { endpoint } of [...link.reached, ...(link.near ? [link.near] : [])]) yield [endpoint, link];
  });
  readonly #upstreams = kept((files: readonly Document[]) =>
    group(files.flatMap((document) => upstreamsOf(document).map((upstream) => [upstream.name, upstream] as const))),
  );

  constructor(readonly workspace: Workspace) {}

  get deployments(): readonly Deployed[] {
    return this.workspace.derive(this.#keys.deployments, () =>
      this.#deployments(...DEPLOYED.map((language) => this.workspace.of(language))),
    );
  }

  /** What a file says about a deployment. */
  deploymentOf(document: Document): Deployment {
    return deployed(document).deployment;
  }

  get starters(): readonly Starter[] {
    return this.#starters(this.deployments);
  }

  get folders(): readonly MadeFolder[] {
    return this.#folders(this.deployments);
  }

  get copies(): readonly ImageCopy[] {
    return this.#copies(this.deployments);
  }

  get hosts(): Hosts {
    return this.#hosts(this.deployments);
  }

  get #groups(): readonly Group[] {
    return this.workspace.derive(this.#keys.groups, () => this.#processes.groups(this.workspace, this.deployments));
  }

  get #linksByFile(): Files<Link> {
    return this.workspace.derive(this.#keys.links, () => this.#joins.of(this.workspace.of("nginx"), this.#groups, this.hosts));
  }

  /** Every way in which a uWSGI process of the workspace may run. */
  get instances(): readonly Instance[] {
    return this.#instances(this.#groups);
  }

  /** The processes that read this file: those started with it and those that include it. */
  instancesOf(uri: string): readonly Instance[] {
    return this.#byInput.update(this.#groups).get(uri);
  }

  /** The processes started with this very file. */
  startedFrom(uri: string): readonly Instance[] {
    const all = this.instancesOf(uri);
    return all.every((instance) => instance.uri === uri) ? all : all.filter((instance) => instance.uri === uri);
  }

  /** The processes that a unit, a compose file, an image … of this file starts. */
  startedBy(uri: string): readonly Instance[] {
    return this.#byStarter.update(this.#groups).get(uri);
  }

  get upstreams(): ReadonlyMap<string, readonly Upstream[]> {
    return this.#upstreams(this.workspace.of("nginx"));
  }

  passesOf(document: Document): readonly Pass[] {
    return passesOf(document);
  }

  get links(): readonly Link[] {
    return this.#links(this.#linksByFile);
  }

  /** Links whose pass, or whose address, is written in this file. */
  linksOf(uri: string): readonly Link[] {
    return this.#byPlace.update(this.#linksByFile).get(uri);
  }

  /**
   * Links that a finding in this file may be about: written here, reached or meant here. A file with an http block sets values for
   * any of them.
   */
  linksAbout(document: Document): readonly Link[] {
    if (document.language === "nginx" && document.named("http").length > 0) return this.links;
    return this.#byPart.update(this.#linksByFile).get(document.uri);
  }

  /** Every listener on an address, spelled by `show`. */
  endpointsAt(address: Address): readonly Endpoint[] {
    return this.#byAddress.update(this.#groups).get(show(address));
  }

  get emperors(): readonly Instance[] {
    return this.#emperors(this.#groups);
  }

  vassalsOf(emperor: Instance): readonly Instance[] {
    return this.#byEmperor.update(this.#groups).get(emperor);
  }

  /** Links that reach, or were probably meant for, a listener. */
  linksTo(endpoint: Endpoint): readonly Link[] {
    return this.#byEndpoint.update(this.#linksByFile).get(endpoint);
  }
}

/** Files in which the pass or the address of a link is written. */
const writtenIn = ({ connection }: Link): ReadonlySet<string> => new Set([connection.document.uri, connection.pass.document.uri]);

/** Files in which a link, its listeners or the settings of their processes are written. */
function placesOf(link: Link): ReadonlySet<string> {
  const places = new Set(writtenIn(link));
  for (const { endpoint } of [...link.reached, ...(link.near ? [link.near] : [])]) {
    places.add(endpoint.instance.uri);
    for (const uri of endpoint.instance.inputs.keys()) places.add(uri);
    const command = endpoint.instance.start.command;
    if (command) places.add(command.at.uri);
  }
  return places;
}

function group<K, V>(pairs: Iterable<readonly [K, V]>): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>();
  for (const [key, value] of pairs) {
    const known = groups.get(key);
    if (known) known.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

const stacks = new WeakMap<Workspace, Stack>();

/** The stack of a workspace: one for its whole life, so that what did not change is not computed again. */
export function stackOf(workspace: Workspace): Stack {
  const known = stacks.get(workspace) ?? new Stack(workspace);
  stacks.set(workspace, known);
  return known;
}
