/**
 * The deployment as one graph: processes, the addresses they bind, the connections nginx opens, and how these meet.
 * Built from a workspace; each part is computed when first asked for and kept while nothing it rests on changes.
 */
import type { Document } from "../model/document";
import type { Workspace } from "../workspace/workspace";
import { type Address, show } from "./address";
import { type Pass, passesOf, type Upstream, upstreamsOf } from "./connection";
import type { Deployment, ImageCopy, MadeFolder, Starter } from "./deploy";
import { deploymentOf } from "./deployment";
import type { Endpoint } from "./endpoint";
import { Hosts } from "./hosts";
import type { Instance } from "./instance";
import { connectionsOf, type Link, linksOf } from "./links";
import { Processes } from "./processes";

const DEPLOYED = ["systemd", "compose", "kubernetes", "supervisor", "dockerfile", "tmpfiles", "crontab", "shell"] as const;

export type Deployed = { readonly document: Document; readonly deployment: Deployment };

/** What one document says by itself, kept as long as the document. */
function perDocument<T>(compute: (document: Document) => T): (document: Document) => T {
  const kept = new WeakMap<Document, { value: T }>();
  return (document) => {
    const known = kept.get(document);
    if (known) return known.value;
    const value = compute(document);
    kept.set(document, { value });
    return value;
  };
}

const deployment = perDocument(deploymentOf);
const passes = perDocument(passesOf);
const upstreams = perDocument(upstreamsOf);

export class Stack {
  readonly #processes = new Processes();
  readonly #keys = {
    deployments: {},
    hosts: {},
    instances: {},
    byUri: {},
    upstreams: {},
    links: {},
    byDocument: {},
    toEndpoint: {},
    about: {},
    addresses: {},
    emperors: {},
    vassals: {},
  };

  constructor(readonly workspace: Workspace) {}

  get deployments(): readonly Deployed[] {
    return this.workspace.derive(this.#keys.deployments, () =>
      DEPLOYED.flatMap((language) => this.workspace.of(language).map((document) => ({ document, deployment: deployment(document) }))),
    );
  }

  get starters(): readonly Starter[] {
    return this.deployments.flatMap((one) => one.deployment.starters);
  }

  get folders(): readonly MadeFolder[] {
    return this.deployments.flatMap((one) => one.deployment.folders);
  }

  get copies(): readonly ImageCopy[] {
    return this.deployments.flatMap((one) => one.deployment.copies);
  }

  get hosts(): Hosts {
    return this.workspace.derive(this.#keys.hosts, () => new Hosts(this.deployments));
  }

  /** Every way in which a uWSGI process of the workspace may run. */
  get instances(): readonly Instance[] {
    return this.workspace.derive(this.#keys.instances, () => this.#processes.of(this.workspace, this.deployments));
  }

  /** The processes that read this file: those started with it and those that include it. */
  instancesOf(uri: string): readonly Instance[] {
    const byUri = this.workspace.derive(this.#keys.byUri, () =>
      group(this.instances.flatMap((instance) => [...instance.inputs.keys()].map((input) => [input, instance] as const))),
    );
    return byUri.get(uri) ?? [];
  }

  /** The processes started with this very file. */
  startedFrom(uri: string): readonly Instance[] {
    return this.instancesOf(uri).filter((instance) => instance.uri === uri);
  }

  get upstreams(): ReadonlyMap<string, readonly Upstream[]> {
    return this.workspace.derive(this.#keys.upstreams, () =>
      group(this.workspace.of("nginx").flatMap((document) => upstreams(document).map((upstream) => [upstream.name, upstream] as const))),
    );
  }

  passesOf(document: Document): readonly Pass[] {
    return passes(document);
  }

  get links(): readonly Link[] {
    return this.workspace.derive(this.#keys.links, () => {
      const all = this.workspace.of("nginx").flatMap((document) => passes(document));
      return linksOf(connectionsOf(all, this.upstreams, this.hosts), this.instances, this.hosts);
    });
  }

  /** Links whose pass, or whose address, is written in this file. */
  linksOf(uri: string): readonly Link[] {
    const byDocument = this.workspace.derive(this.#keys.byDocument, () =>
      group(
        this.links.flatMap((link) =>
          [...new Set([link.connection.document.uri, link.connection.pass.document.uri])].map((place) => [place, link] as const),
        ),
      ),
    );
    return byDocument.get(uri) ?? [];
  }

  /**
   * Links that a finding in this file may be about: written here, reached or meant here. A file with an http block sets values for
   * any of them.
   */
  linksAbout(document: Document): readonly Link[] {
    if (document.language === "nginx" && document.named("http").length > 0) return this.links;
    const about = this.workspace.derive(this.#keys.about, () =>
      group(this.links.flatMap((link) => [...placesOf(link)].map((uri) => [uri, link] as const))),
    );
    return about.get(document.uri) ?? [];
  }

  /** Every listener on an address, spelled by `show`. */
  endpointsAt(address: Address): readonly Endpoint[] {
    const byAddress = this.workspace.derive(this.#keys.addresses, () =>
      group(this.instances.flatMap((instance) => instance.endpoints.map((endpoint) => [show(endpoint.address), endpoint] as const))),
    );
    return byAddress.get(show(address)) ?? [];
  }

  get emperors(): readonly Instance[] {
    return this.workspace.derive(this.#keys.emperors, () => this.instances.filter((instance) => instance.isEmperor));
  }

  vassalsOf(emperor: Instance): readonly Instance[] {
    const vassals = this.workspace.derive(this.#keys.vassals, () =>
      group(this.instances.flatMap((instance) => (instance.start.emperor ? [[instance.start.emperor, instance] as const] : []))),
    );
    return vassals.get(emperor) ?? [];
  }

  /** Links that reach, or were probably meant for, a listener. */
  linksTo(endpoint: Endpoint): readonly Link[] {
    const toEndpoint = this.workspace.derive(this.#keys.toEndpoint, () =>
      group(
        this.links.flatMap((link) => [
          ...link.reached.map((one) => [one.endpoint, link] as const),
          ...(link.near ? [[link.near.endpoint, link] as const] : []),
        ]),
      ),
    );
    return toEndpoint.get(endpoint) ?? [];
  }
}

/** Files in which a link, its listeners or the settings of their processes are written. */
function placesOf(link: Link): ReadonlySet<string> {
  const places = new Set([link.connection.document.uri, link.connection.pass.document.uri]);
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
