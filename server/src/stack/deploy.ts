/**
 * What the files around a deployment say about processes: unit files, supervisor programs, compose files, Dockerfiles, pods, scripts.
 * Each reader gives these shapes; an absent field is "not said" and so not known.
 */
import type { Document } from "../model/document";
import type { Span } from "../text/span";
import type { Argument } from "../workspace/effective";

export type Place = { readonly uri: string; readonly span: Span };
/** A value with the place that says so. */
export type Said<T> = { readonly value: T; readonly at: Place };

/** A start of uWSGI found in a file: `uwsgi --ini x.ini --socket :3031`. */
export type UwsgiCommand = {
  /** Place of the command line. */
  readonly at: Place;
  /** The program as written: `uwsgi`, `/usr/bin/uwsgi`, `/srv/venv/bin/uwsgi`, `uwsgi_python3`. */
  readonly program: string;
  /** Options in order; a bare file argument has the name "". A part with `$X`, `%i` or a template is kept as written. */
  readonly args: readonly Argument[];
  /** User it is switched to on the way: `sudo -u app uwsgi`, `gosu app uwsgi`, `su app -c …`. Else the starter's. */
  readonly user?: string;
  /** Folder of a `cd` before it. Else the starter's. */
  readonly directory?: string;
  readonly umask?: string;
};

/** What a program that is not uWSGI speaks: HTTP and nothing else, or nobody knows what, if anything. */
export type Other = "http" | "unknown";

export type StarterKind = "systemd" | "supervisor" | "compose" | "dockerfile" | "kubernetes" | "shell" | "crontab" | "upstart" | "procfile";

/** One thing that runs a process: a service of systemd, a program of supervisor, a service of compose, an image. */
export type Starter = {
  readonly kind: StarterKind;
  readonly uri: string;
  /** Unit name (`app@.service`), program name, compose service, image stage. A Dockerfile gives one starter per stage: the last is built by default. */
  readonly name: string;
  readonly at: Place;
  readonly commands: readonly UwsgiCommand[];
  /** True when the file starts nginx (a unit of nginx, an image from nginx). */
  readonly startsNginx: boolean;
  /** It plainly runs another server or worker and no uWSGI: `manage.py runserver`, gunicorn, celery. */
  readonly runsOther?: Other | undefined;
  /** Image (compose) or FROM (Dockerfile). */
  readonly image?: Said<string>;
  readonly user?: Said<string>;
  readonly group?: Said<string>;
  readonly supplementaryGroups?: readonly string[];
  readonly umask?: Said<string>;
  readonly workingDirectory?: Said<string>;
  /** NAME → value; undefined value: passed through from outside, so not known. */
  readonly environment: ReadonlyMap<string, Said<string | undefined>>;
  /** Files with further variables, so that one not in `environment` is not known to be absent. */
  readonly environmentFiles: readonly Said<string>[];
  /** Scripts it runs, as written: the starter of that file tells what they do. */
  readonly scripts: readonly Said<string>[];
  /** Folders made at start, with `mkdir -p` also those above (RuntimeDirectory=run → /run/run, StateDirectory …, ExecStartPre=mkdir -p X, RUN mkdir). */
  readonly makes: readonly (Said<string> & { readonly owner?: string; readonly group?: string; readonly mode?: string })[];
  readonly privateTmp?: Said<boolean>;
  /** Signal that stops it (KillSignal=, STOPSIGNAL, stopsignal=, stop_signal:) without SIG, upper case. */
  readonly stopSignal?: Said<string>;
  /** systemd Type=. */
  readonly type?: Said<string>;
  readonly pidFile?: Said<string>;
  readonly execStop?: Said<string>;
  /** Of a .socket unit: the service that gets its sockets. */
  readonly activates?: string;
  /** Of a .socket unit: the sockets it binds and hands over. */
  readonly listens: readonly (Said<string> & { readonly mode?: string; readonly user?: string; readonly group?: string })[];
  readonly container?: Container;
};

/** What compose or Kubernetes say of a container. */
export type Container = {
  /** File and project folder it belongs to: containers of one compose file see one another. */
  readonly project: string;
  /** Names under which others reach it: service, container_name, aliases, hostname, links (of the others). */
  readonly names: readonly string[];
  /**
   * Networks; none said = the default one. "host" = network_mode host; "none". "service:x" = shares that of x. "pod:x": containers share
   * loopback. "named:x" may be a network of other compose files too.
   */
  readonly networks: readonly string[];
  readonly mounts: readonly Mount[];
  /** host port → container port, with the place. A range or a variable is left out. */
  readonly ports: readonly Said<{ readonly host: number | undefined; readonly container: number }>[];
  /** Both as paths of the workspace. */
  readonly build?: { readonly context: string; readonly dockerfile?: string; readonly target?: string };
  readonly sysctls: ReadonlyMap<string, string>;
  readonly dependsOn: readonly string[];
};

/** `source` is a named volume ("volume:NAME"), a path relative to the compose file's folder resolved to a URI path, or undefined (anonymous). */
export type Mount = { readonly at: Place; readonly source: string | undefined; readonly target: string; readonly readOnly: boolean };

/** A folder made at boot by tmpfiles.d or an @reboot line. */
export type MadeFolder = {
  readonly at: Place;
  readonly path: string;
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
};

/** `COPY a b` of an image: files of the workspace and where they lie in it. */
export type ImageCopy = {
  readonly at: Place;
  readonly from: readonly string[];
  readonly to: string;
  readonly stage: string;
  readonly owner?: string;
  readonly group?: string;
};

export type Deployment = {
  readonly starters: readonly Starter[];
  readonly folders: readonly MadeFolder[];
  readonly copies: readonly ImageCopy[];
  /** Findings about the file's own syntax (inline comment in a unit, lost backslash). `code` is a rule id. */
  readonly problems: readonly {
    readonly code: string;
    readonly at: Place;
    readonly message: string;
    readonly data?: Readonly<Record<string, string>>;
  }[];
};

export type Deployed = { readonly document: Document; readonly deployment: Deployment };

export const NOTHING: Deployment = { starters: [], folders: [], copies: [], problems: [] };
