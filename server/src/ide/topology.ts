/** Makes the graph of a deployment: client → server → location → upstream → socket → process → application, and who starts whom. */

import type { Document } from "../model/document";
import { show } from "../stack/address";
import { blockOf } from "../stack/connection";
import type { Endpoint } from "../stack/endpoint";
import { isAppSocket } from "../stack/endpoint";
import type { Host } from "../stack/hosts";
import type { Instance } from "../stack/instance";
import type { Connection, Link } from "../stack/links";
import { type Stack, stackOf } from "../stack/stack";
import type { Nested } from "../syntax/tree";
import { t } from "../text/l10n";
import type { Workspace } from "../workspace/workspace";
import { type DiagnoseOptions, type Diagnosis, diagnose } from "./diagnose";
import { includersOf, serverOf } from "./topology-blocks";
import { Drawing } from "./topology-drawing";
import type { Topology } from "./topology-shape";
import { bindState, connectState, startState } from "./topology-state";
import {
  appsOf,
  endpointDetails,
  instanceDetails,
  locationLabel,
  processName,
  serverDetails,
  serverLabel,
  starterDetails,
} from "./topology-words";

/** Findings of every document, for a graph that shows them. */
export function findingsOf(workspace: Workspace, options: DiagnoseOptions = {}): readonly Diagnosis[] {
  const context = { workspace, stack: stackOf(workspace) };
  return [...workspace.documents].flatMap((document) => diagnose(document, context, options));
}

export function topologyOf(stack: Stack, findings: readonly Diagnosis[] = findingsOf(stack.workspace)): Topology {
  const graph = new Graph(stack, findings);
  graph.addProcesses();
  graph.addConnections();
  return graph.drawing.finished();
}

class Graph {
  readonly drawing: Drawing;
  readonly #sockets = new Map<Endpoint, string>();
  readonly #instances = new Map<Instance, string>();
  readonly #blocks = new Map<string, string>();

  constructor(
    readonly stack: Stack,
    findings: readonly Diagnosis[],
  ) {
    this.drawing = new Drawing(stack, findings);
  }

  addProcesses(): void {
    const shown = [...this.stack.instances]
      .sort(byPlace)
      .filter((instance) => instance.start.certain || instance.endpoints.some((endpoint) => this.stack.linksTo(endpoint).length > 0));
    for (const instance of shown) this.#addInstance(instance);
    for (const instance of shown) this.#addStart(instance);
  }

  #addInstance(instance: Instance): void {
    const { drawing } = this;
    const place = { uri: instance.uri, span: { start: 0, end: instance.document.lines.end(0) } };
    const id = drawing.add(instance.isEmperor ? "emperor" : "instance", processName(instance), instanceDetails(this.stack, instance), {
      place,
      ...this.#group(this.stack.hosts.ofInstance(instance)),
    });
    this.#instances.set(instance, id);
    drawing.watch(id, { uri: instance.uri, span: { start: 0, end: instance.document.text.length + 1 } });
    for (const endpoint of instance.endpoints) {
      if (!isAppSocket(endpoint.option) && !endpoint.router && this.stack.linksTo(endpoint).length === 0) continue;
      this.#addSocket(endpoint, id);
    }
    for (const { label, setting } of appsOf(instance)) {
      const app = drawing.add("app", label, [], {
        ...(setting.origin ? { place: setting.origin } : {}),
        ...this.#group(this.stack.hosts.ofInstance(instance)),
      });
      if (setting.origin) drawing.watch(app, setting.origin);
      drawing.link(
        { from: id, to: app, kind: "runs", ...(setting.origin ? { place: setting.origin } : {}) },
        () => drawing.failing(app) ?? { state: setting.holes.length > 0 || !setting.certain ? "unknown" : "fits" },
      );
    }
  }

  #addSocket(endpoint: Endpoint, process: string): void {
    const { drawing } = this;
    const { origin } = endpoint.setting;
    const id = drawing.add("socket", show(endpoint.address), endpointDetails(this.stack, endpoint), {
      ...(origin ? { place: origin } : {}),
      ...this.#group(this.stack.hosts.ofInstance(endpoint.instance)),
    });
    this.#sockets.set(endpoint, id);
    if (origin) drawing.watch(id, origin);
    drawing.link({ from: id, to: process, kind: "serves", ...(origin ? { place: origin } : {}) }, () =>
      bindState(this.stack, endpoint, drawing.findingsAt(id)),
    );
  }

  #addStart(instance: Instance): void {
    const { starter, emperor } = instance.start;
    const id = this.#instances.get(instance);
    if (id === undefined) return;
    const above = emperor && this.#instances.get(emperor);
    if (above !== undefined)
      this.drawing.link({ from: above, to: id, kind: "starts" }, () => startState(instance, this.drawing.findingsAt(id)));
    else if (starter) {
      const from = this.drawing.once(`starter:${starter.uri}:${starter.name}:${starter.at.span.start}`, () => {
        const made = this.drawing.add("starter", starter.name, starterDetails(starter), {
          place: starter.at,
          ...this.#group(this.stack.hosts.all.filter((host) => host.starter === starter)),
        });
        this.drawing.watch(made, starter.at);
        return made;
      });
      this.drawing.link({ from, to: id, kind: "starts", ...(instance.start.command ? { place: instance.start.command.at } : {}) }, () =>
        startState(instance, this.drawing.findingsAt(id)),
      );
    }
  }

  addConnections(): void {
    const links = this.stack.links
      .filter((link) => isOurs(link))
      .sort(
        (a, b) =>
          byText(a.connection.pass.document.uri, b.connection.pass.document.uri) ||
          a.connection.pass.nested.directive.span.start - b.connection.pass.nested.directive.span.start,
      );
    for (const link of links) this.#addConnection(link);
  }

  #addConnection(link: Link): void {
    const { drawing } = this;
    const { connection } = link;
    const location = this.#location(connection);
    const from = connection.upstream ? this.#upstream(connection, location) : location;
    const place = { uri: connection.document.uri, span: connection.span };
    const areas = [place, { uri: connection.pass.document.uri, span: connection.pass.nested.directive.span }];
    const label = connection.upstream ? undefined : connection.pass.nested.directive.name.text;
    const to = link.reached.map(({ endpoint }) => ({ endpoint, id: this.#sockets.get(endpoint) })).filter((one) => one.id !== undefined);
    for (const { endpoint, id } of to)
      drawing.link(
        { from, to: id ?? "", kind: "connects", place, ...(label ? { label } : {}) },
        (own) => connectState(this.stack, link, endpoint, own, () => drawing.stateOf(id ?? "", "serves")),
        areas,
        endpoint.setting.origin,
      );
    if (to.length > 0) return;
    const address = show(connection.address) || (connection.server?.word ?? connection.pass.word).text;
    const missing = drawing.once(`missing:${address}:${connection.hosts.map((host) => host.starter.name).join()}`, () =>
      drawing.add("missing", address, [link.settled ? t`bound by no configuration here` : t`not known who binds it`], {
        place,
        ...this.#group(connection.hosts),
      }),
    );
    drawing.link(
      { from, to: missing, kind: "connects", place, ...(label ? { label } : {}) },
      (own) => connectState(this.stack, link, link.near?.endpoint, own, () => undefined),
      areas,
      link.near?.endpoint.setting.origin,
    );
    const near = link.near && this.#sockets.get(link.near.endpoint);
    if (near !== undefined)
      drawing.link({ from: missing, to: near, kind: "meant" }, () => ({ state: "fails", why: t`Probably meant for this listener.` }));
  }

  #location({ pass, hosts }: Connection): string {
    const block = blockOf(pass.nested);
    const owner = serverOf(pass.nested);
    const group = this.#group(hosts);
    const servers = owner ? [{ document: pass.document, nested: owner }] : includersOf(this.stack, pass.document);
    if (!block || block === owner) return this.#server(pass.document, owner ?? block ?? pass.nested, group);
    return this.drawing.once(`location:${pass.document.uri}:${block.directive.span.start}`, () => {
      const place = {
        uri: pass.document.uri,
        span: { start: block.directive.span.start, end: block.directive.args.at(-1)?.span.end ?? block.directive.name.span.end },
      };
      const id = this.drawing.add("location", locationLabel(block), [], { place, ...group });
      this.drawing.watch(id, { uri: pass.document.uri, span: block.directive.span });
      if (servers.length === 0)
        this.drawing.link({ from: this.#client(), to: id, kind: "requests" }, () => ({
          state: "unknown",
          why: t`No server block here includes this file.`,
        }));
      for (const server of servers)
        this.drawing.link({ from: this.#server(server.document, server.nested, group), to: id, kind: "requests" }, () => ({
          state: "fits",
        }));
      return id;
    });
  }

  #server(document: Document, nested: Nested, group: { readonly group?: string }): string {
    const key = `${document.uri}:${nested.directive.span.start}`;
    const known = this.#blocks.get(key);
    if (known !== undefined) return known;
    const { directive } = nested;
    const place = { uri: document.uri, span: directive.name.span };
    const id = this.drawing.add("server", serverLabel(directive), serverDetails(directive), { place, ...group });
    this.#blocks.set(key, id);
    this.drawing.watch(id, { uri: document.uri, span: directive.span });
    this.drawing.link({ from: this.#client(), to: id, kind: "requests" }, () => ({ state: "fits" }));
    return id;
  }

  #client(): string {
    return this.drawing.once("client", () => this.drawing.add("client", t`Clients`, [], {}));
  }

  #upstream({ upstream, pass, hosts }: Connection, from: string): string {
    if (!upstream) return from;
    const { document, nested } = upstream;
    const place = { uri: document.uri, span: upstream.word.span };
    const id = this.drawing.once(`upstream:${document.uri}:${nested.directive.span.start}`, () => {
      const made = this.drawing.add(
        "upstream",
        upstream.word.text,
        upstream.servers.length === 1 ? [] : [t`${upstream.servers.length} servers`],
        { place, ...this.#group(hosts) },
      );
      this.drawing.watch(made, { uri: document.uri, span: nested.directive.span });
      return made;
    });
    this.drawing.link(
      { from, to: id, kind: "connects", label: pass.nested.directive.name.text, place: { uri: pass.document.uri, span: pass.word.span } },
      () => this.drawing.bestFrom(id),
    );
    return id;
  }

  /** One container that is certain; of several that may run it, none is named. */
  #group(hosts: readonly Host[]): { readonly group?: string } {
    const [host] = hosts;
    if (!host || hosts.length > 1) return {};
    return {
      group: this.drawing.group(`${host.container.project}:${host.starter.name}`, t`container ${host.starter.name}`, host.starter.at),
    };
  }
}

/** Of what nginx passes on in other protocols only what meets uWSGI belongs here. */
function isOurs(link: Link): boolean {
  const { protocol } = link.connection.pass;
  return protocol === "uwsgi" || protocol === "suwsgi" || link.reached.length > 0 || link.near !== undefined;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function byPlace(a: Instance, b: Instance): number {
  const start = ({ start }: Instance): string =>
    `${start.section ?? ""}\n${start.starter?.uri ?? ""}\n${String(start.command?.at.span.start ?? 0).padStart(9, "0")}\n${start.emperor?.uri ?? ""}`;
  return byText(a.uri, b.uri) || byText(start(a), start(b));
}
