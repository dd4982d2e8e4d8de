/** In which container a file's process runs, as far as compose files and pods tell. No answer means: not known, or no container. */
import type { Document } from "../model/document";
import { baseName, folderOf, pathOf } from "../text/uri";
import type { Container, Deployment, Other, Starter } from "./deploy";
import type { Instance } from "./instance";

export type Host = { readonly starter: Starter; readonly container: Container };

const INFRASTRUCTURE =
  /(?:^|\/)(?:postgres|postgis|mysql|mariadb|mongo|redis|memcached|rabbitmq|elasticsearch|nginx|httpd|traefik|caddy|haproxy|certbot|adminer|minio|mailhog|varnish|keydb|valkey|solr|influxdb|grafana|prom)[\w.-]*(?::|$)/i;

export class Hosts {
  readonly #hosts: readonly Host[];
  readonly #names: ReadonlySet<string>;
  readonly #byStarter: ReadonlyMap<Starter, readonly Host[]>;
  /** By the file and a name under which others in it reach the container. */
  readonly #byName: ReadonlyMap<string, readonly Host[]>;
  readonly #scripts: ReadonlyMap<string, readonly Starter[]>;
  readonly #images: readonly Starter[];
  #others: ReadonlyMap<Host, Other> | undefined;
  readonly #known = new WeakMap<Document | Instance, readonly Host[]>();

  constructor(deployments: readonly { readonly deployment: Deployment }[]) {
    this.#hosts = deployments.flatMap(({ deployment }) =>
      deployment.starters.flatMap((starter) => (starter.container ? [{ starter, container: starter.container }] : [])),
    );
    const starters = deployments.flatMap(({ deployment }) => deployment.starters);
    this.#scripts = Map.groupBy(
      starters.filter(({ kind }) => kind === "shell"),
      ({ name }) => name,
    );
    this.#images = starters.filter(({ kind }) => kind === "dockerfile");
    this.#names = new Set(this.#hosts.flatMap(({ container }) => container.names.map((name) => name.toLowerCase())));
    const byName = new Map<string, Host[]>();
    for (const host of this.#hosts)
      for (const name of new Set(host.container.names.map((name) => keyOf(host, name.toLowerCase()))))
        byName.set(name, [...(byName.get(name) ?? []), host]);
    this.#byName = byName;
    this.#byStarter = Map.groupBy(this.#hosts, ({ starter }) => starter);
  }

  get all(): readonly Host[] {
    return this.#hosts;
  }

  /** Whether a service, a container or an alias has this name. */
  isName(name: string): boolean {
    return this.#names.has(name.toLowerCase());
  }

  /** Containers that may run nginx with this file. */
  ofNginx(document: Document): readonly Host[] {
    return this.#once(document, () => this.#ofNginx(document));
  }

  #ofNginx(document: Document): readonly Host[] {
    const mounted = this.#hosts.filter((host) => mounts(host, document.uri));
    const serving = mounted.filter((host) => isNginx(host));
    if (serving.length > 0) return serving;
    if (mounted.length > 0) return mounted;
    const built = this.#hosts.filter((host) => builds(host, document.uri) && isNginx(host));
    if (built.length > 0) return innermost(built);
    const near = this.#hosts.filter((host) => isNginx(host) && sameProject(host, document.uri));
    return near.length === 1 ? near : [];
  }

  /** Containers that may run this uWSGI process. */
  ofInstance(instance: Instance): readonly Host[] {
    return this.#once(instance, () => this.#ofInstance(instance));
  }

  #once(of: Document | Instance, find: () => readonly Host[]): readonly Host[] {
    if (this.#hosts.length === 0) return this.#hosts;
    const known = this.#known.get(of) ?? find();
    this.#known.set(of, known);
    return known;
  }

  /** Whether another server than uWSGI answers under a name, in every compose file that runs nginx here. */
  answersElse(from: readonly Host[], name: string): boolean {
    return (
      from.length > 0 &&
      from.every((host) => {
        const found = this.#byName.get(keyOf(host, name)) ?? [];
        return found.length > 0 && found.every((one) => this.#runningOthers().has(one));
      })
    );
  }

  /** Whether what answers under a name, in whatever compose file, speaks HTTP and not uwsgi. */
  answersHttp(from: readonly Host[], name: string): boolean {
    const named = (host: Host): boolean => host.container.names.some((one) => one.toLowerCase() === name);
    return this.answersElse(from, name) && this.#hosts.every((host) => !named(host) || this.#runningOthers().get(host) === "http");
  }

  #runningOthers(): ReadonlyMap<Host, Other> {
    this.#others ??= new Map(
      this.#hosts.flatMap((host) => {
        const other = this.#runsOther(host);
        return other === undefined ? [] : [[host, other] as const];
      }),
    );
    return this.#others;
  }

  /** Whether a container plainly runs another server: by its command, by the script that this names, or by its image. */
  #runsOther({ starter, container }: Host): Other | undefined {
    if (starter.commands.length > 0 || starter.runsOther) return starter.runsOther;
    const context = container.build?.context;
    const within = (one: Starter): boolean => context === undefined || pathOf(one.uri).startsWith(`${context.replace(/\/$/, "")}/`);
    const byScripts = ({ scripts }: Starter): Other | undefined =>
      all(scripts.map(({ value }) => all((this.#scripts.get(baseName(value)) ?? []).filter(within).map((one) => one.runsOther))));
    if (starter.scripts.length > 0) return byScripts(starter);
    const images = context === undefined ? [] : this.#images.filter((image) => folderOf(pathOf(image.uri)) === context.replace(/\/$/, ""));
    return all(images.map((image) => (image.commands.length === 0 ? (image.runsOther ?? byScripts(image)) : undefined)));
  }

  #ofInstance(instance: Instance): readonly Host[] {
    const { starter } = instance.start;
    if (starter?.container) return this.#byStarter.get(starter) ?? [];
    const uri = instance.uri;
    const able = this.#hosts.filter((host) => !isNginx(host) && !this.#runningOthers().has(host));
    const mounted = able.filter((host) => mounts(host, uri));
    if (mounted.length > 0) return mounted;
    const built = innermost(able.filter((host) => builds(host, uri)));
    if (built.length > 0) return built;
    const near = able.filter((host) => !INFRASTRUCTURE.test(host.starter.image?.value ?? "") && sameProject(host, uri));
    return near.length === 1 ? near : [];
  }
}

/** What all of them run; undefined where one may be uWSGI, or there is none. */
function all(others: readonly (Other | undefined)[]): Other | undefined {
  if (others.length === 0 || others.includes(undefined)) return undefined;
  return others.includes("unknown") ? "unknown" : "http";
}

const keyOf = ({ starter }: Host, name: string): string => `${starter.uri}\n${name}`;

const isNginx = (host: Host): boolean =>
  host.starter.startsNginx ||
  /nginx|openresty/i.test(host.starter.image?.value ?? "") ||
  (/nginx|proxy|^web$|front/i.test(host.starter.name) &&
    /nginx/i.test(`${host.container.build?.context ?? ""} ${host.container.build?.dockerfile ?? ""} ${host.starter.name}`));

function mounts(host: Host, uri: string): boolean {
  const path = pathOf(uri);
  return host.container.mounts.some(
    (mount) => mount.source?.startsWith("/") === true && (path === mount.source || path.startsWith(`${mount.source.replace(/\/$/, "")}/`)),
  );
}

function builds(host: Host, uri: string): boolean {
  const context = host.container.build?.context;
  return context !== undefined && pathOf(uri).startsWith(`${context.replace(/\/$/, "")}/`);
}

function innermost(hosts: readonly Host[]): readonly Host[] {
  const depth = (host: Host): number => host.container.build?.context.length ?? 0;
  const deepest = Math.max(0, ...hosts.map(depth));
  return hosts.filter((host) => depth(host) === deepest);
}

const sameProject = (host: Host, uri: string): boolean => pathOf(uri).startsWith(`${folderOf(pathOf(host.starter.uri))}/`);

/** Whether two containers can open connections to one another; loopback included only with `sharedLoopback`. */
export function shareNetwork(a: Container, b: Container): boolean {
  return networks(a).some((network) => networks(b).includes(network));
}

const networks = (container: Container): readonly string[] => (container.networks.length === 0 ? ["default"] : container.networks);

export function sharedLoopback(a: Host, b: Host): boolean {
  if (a.starter === b.starter) return true;
  const pods = (container: Container): readonly string[] =>
    container.networks.filter((network) => network.startsWith("pod:") || network === "host");
  if (a.container.project === b.container.project && pods(a.container).some((network) => pods(b.container).includes(network))) return true;
  const joins = (from: Container, to: Host): boolean =>
    from.networks.some(
      (network) => network === `service:${to.starter.name}` || to.container.names.some((name) => network === `container:${name}`),
    );
  return joins(a.container, b) || joins(b.container, a);
}
