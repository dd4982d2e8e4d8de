import { type Identity, isMember, same } from "../../stack/access";
import { socketSetup, USUAL_WORKERS, workerOf } from "../../stack/access-setup";
import type { Endpoint } from "../../stack/endpoint";
import type { Link } from "../../stack/links";
import { modeWords, octal } from "../../stack/mode";
import { type Obstacle, permission, type SocketSetup } from "../../stack/permission";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { moveBelowRun } from "../meeting-place";
import { setOption } from "../option-edits";
import { type Fix, type Related, rule, type Severity } from "../rule";
import { atEndpoint, atLink } from "../words";

export const socketPermission = rule({
  id: "socket-permission",
  title: "nginx may not connect to the socket of uWSGI",
  why: "To connect, nginx's worker needs write permission on the socket and search permission on every directory above it. The socket is 0755 and belongs to the user that bound it unless `chmod-socket`, `chown-socket`, `uid`, `gid` or `umask` say otherwise; read and execute bits do not matter. nginx logs `connect() to unix:… failed (13: Permission denied)` and answers 502. The rule agrees with 21,972 observations of the real programs. A change of owner or mode needs a stop and start of uWSGI: a reload keeps the old socket.",
  severity: "error",
  languages: ["nginx", "uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Options.html#chmod-socket",
  examples: [
    {
      files: {
        "nginx/nginx.conf":
          "user www-data;\nevents {}\nhttp {\n  server {\n    location / {\n      include uwsgi_params;\n      uwsgi_pass unix:/srv/app/app.sock;\n    }\n  }\n}\n",
        "uwsgi.ini": "[uwsgi]\nuid = app\ngid = app\nsocket = /srv/app/app.sock\n",
      },
      finds: ["nginx/nginx.conf:7", "uwsgi.ini:4"],
    },
  ],
  *check(document, { stack }) {
    const worker = workerOf(stack);
    for (const link of stack.linksAbout(document)) {
      for (const { endpoint } of link.reached) {
        if (endpoint.address.kind !== "unix" || endpoint.address.relative || !endpoint.instance.start.certain) continue;
        if (differentUsers(stack, link, endpoint)) continue;
        const chmod = endpoint.instance.last("chmod-socket")?.origin;
        // A mode that is set is what is to be changed; else the socket is where one is to be set.
        const own = chmod?.uri === document.uri ? chmod : endpoint.setting.origin;
        const here = link.connection.document === document;
        if (!here && own?.uri !== document.uri) continue;
        const verdict = judged(stack, endpoint, worker.who);
        if (!verdict) continue;
        const message =
          verdict.group === undefined
            ? `${words(verdict.obstacle, endpoint)} ${t`nginx gets (13: Permission denied) and answers 502.`}`
            : memberWords(verdict, verdict.group);
        const related: readonly Related[] = worker.at ? [{ ...worker.at, message: t`nginx runs as this user` }] : [];
        const all = ways(stack, endpoint, verdict);
        if (here)
          yield {
            span: link.connection.span,
            message,
            severity: verdict.severity,
            related: [...atEndpoint(endpoint, t`uWSGI binds here`), ...related],
            fixes: all,
          };
        if (own?.uri === document.uri)
          yield {
            span: own.span,
            message,
            severity: verdict.severity,
            related: [...atLink(link, t`nginx connects here`), ...related],
            fixes: all,
          };
      }
    }
  },
});

/** Names of users in one container say nothing of those in another. */
export function differentUsers(stack: Stack, link: Link, endpoint: Endpoint): boolean {
  const at = stack.hosts.ofInstance(endpoint.instance);
  return at.length > 0 && !link.connection.hosts.some((host) => at.includes(host));
}

type Verdict = ReturnType<typeof permission>;
type Judgement = {
  readonly obstacle: Obstacle;
  readonly severity: Severity;
  readonly worker: string /** Set when all depends on whether nginx is in this group. */;
  readonly group?: string;
};

const JUDGED = {};

/** Asked from both ends of each link to the socket. */
function judged(stack: Stack, endpoint: Endpoint, worker: Identity): Judgement | null {
  const kept = stack.workspace.derive(JUDGED, () => new Map<Endpoint, Judgement | null>());
  const known = kept.get(endpoint);
  if (known !== undefined) return known;
  const verdict = judge(stack, endpoint, worker) ?? null;
  kept.set(endpoint, verdict);
  return verdict;
}

function judge(stack: Stack, endpoint: Endpoint, worker: Identity): Judgement | undefined {
  const setup = socketSetup(stack, endpoint);
  if (worker.user !== undefined) {
    const verdict = permission(setup, worker);
    const obstacle = obstacleIn(verdict);
    if (!obstacle) return membership(verdict, worker);
    return { obstacle, severity: certain(stack, setup.sure, endpoint) ? "error" : "warning", worker: worker.user };
  }
  // Whoever nginx runs as: only what keeps every usual user out is worth a word.
  const all = USUAL_WORKERS.map((user) => ({
    user,
    obstacle: obstacleIn(permission(setup, { user, group: user, groups: { known: [user], complete: true } })),
  }));
  const [first] = all;
  if (!first?.obstacle || all.some((usual) => !usual.obstacle)) return undefined;
  const bySharedGroup =
    first.obstacle.path === "socket" && first.obstacle.inode.mode !== undefined && (first.obstacle.inode.mode & 0o020) !== 0;
  return bySharedGroup ? undefined : { obstacle: first.obstacle, severity: "warning", worker: "" };
}

const obstacleIn = ({ binds, connects, obstacle }: Verdict): Obstacle | undefined =>
  binds !== "no" && connects === "no" ? obstacle : undefined;

/** All but the group is known to keep nginx out, and who is in the group is not known. */
function membership({ binds, connects, socket }: Verdict, worker: Identity): Judgement | undefined {
  const { owner, group, mode } = socket;
  if (
    binds === "no" ||
    connects !== "unknown" ||
    mode === undefined ||
    (mode & 0o022) !== 0o020 ||
    owner === undefined ||
    group === undefined
  )
    return undefined;
  if (same(worker.user, owner) !== "no" || worker.groups.complete || isMember(worker, group) !== "unknown") return undefined;
  return {
    obstacle: { who: worker, path: "socket", inode: socket, needs: "write", classes: ["group"] },
    severity: "info",
    worker: worker.user ?? "",
    group,
  };
}

/** Who starts uWSGI is known, or options that only root can use say that root does. */
const certain = (stack: Stack, sure: boolean, endpoint: Endpoint): boolean =>
  sure || endpoint.instance.last("uid")?.holes.length === 0 || stack.workspace.target.nginxUser !== undefined;

function memberWords({ obstacle: { inode }, worker }: Judgement, group: string): string {
  const access = `${octal(inode.mode ?? 0)} ${inode.owner ?? "?"}:${group}`;
  return worker
    ? t`The socket is ${access}: nginx connects only if its user ${worker} is a member of the group ${group}, which nothing here tells.`
    : t`The socket is ${access}: nginx connects only if its user is a member of the group ${group}, which nothing here tells.`;
}

function words({ inode, who: { user = "?" }, path }: Obstacle, endpoint: Endpoint): string {
  const mode = inode.mode === undefined ? "" : `${octal(inode.mode)} (${modeWords(inode.mode)}) `;
  const access = `${mode}${inode.owner ?? "?"}:${inode.group ?? "?"}`;
  if (path !== "socket") return t`The user ${user} of nginx may not enter ${path}, which is ${access}.`;
  return endpoint.instance.all("chmod-socket").length === 0
    ? t`The socket is ${access} as no chmod-socket is set: the user ${user}, as which nginx runs, may not write to it.`
    : t`The socket is ${access}: the user ${user}, as which nginx runs, may not write to it.`;
}

function ways(stack: Stack, endpoint: Endpoint, { obstacle, worker }: Judgement): readonly Fix[] {
  const { instance, setting } = endpoint;
  const { workspace } = stack;
  const restart = (change: string): string => t`${change} (stop and start uWSGI afterwards)`;
  if (obstacle.path !== "socket") {
    const name = endpoint.address.kind === "unix" ? (endpoint.address.path.split("/").at(-1) ?? "app.sock") : "app.sock";
    return fixes(openRuntimeFolder(stack, endpoint, obstacle.path), moveBelowRun(stack, endpoint, name));
  }
  const chmod = instance.last("chmod-socket");
  const chown = instance.last("chown-socket");
  const uid = instance.text("uid");
  const group = worker || "www-data";
  const setMode = (mode: string) => setOption(workspace, chmod, setting, "chmod-socket", mode);
  const owner = chown?.value.split(":")[0] || uid;
  const starter = instance.start.starter;
  const rootStarts = starter?.user === undefined;
  const groupSaid = starter?.group ?? (starter?.kind === "systemd" ? starter.user : undefined);
  const byUnit =
    starter?.kind === "systemd" && starter.user && groupSaid
      ? starter.group
        ? inFile(starter.group.at.uri, replace(starter.group.at.span, group))
        : undefined
      : undefined;
  const gid = instance.last("gid");
  /** Only what the permission rule itself says would help. */
  const helps = (change: Partial<SocketSetup>): boolean => {
    const { binds, connects } = permission({ ...socketSetup(stack, endpoint), ...change }, workerOf(stack).who);
    return binds !== "no" && connects !== "no";
  };
  const shared = `${owner}:${group}`;
  return fixes(
    byUnit && suggest(restart(t`Group=${group} in the unit and chmod-socket = 660`), byUnit, setMode("660")),
    rootStarts &&
      owner !== undefined &&
      helps({ chown: shared, chmod: "660" }) &&
      suggest(
        restart(t`Share it with nginx's group: chown-socket = ${shared}, chmod-socket = 660`),
        ...bothOptions(stack, endpoint, shared),
      ),
    rootStarts &&
      owner === undefined &&
      gid !== undefined &&
      helps({ gid: group, chmod: "660" }) &&
      suggest(restart(`gid = ${group}, chmod-socket = 660`), setOption(workspace, gid, setting, "gid", group), setMode("660")),
    helps({ chmod: "666" }) && suggest(restart(t`Let every user of this machine connect: chmod-socket = 666`), setMode("666")),
  );
}

/** The unit makes the folder, and makes it too private. */
function openRuntimeFolder(stack: Stack, endpoint: Endpoint, folder: string): Fix | undefined {
  const starter = endpoint.instance.start.starter ?? endpoint.instance.start.emperor?.start.starter;
  const unit =
    starter?.kind === "systemd" && starter.makes.some((one) => one.value === folder) ? stack.workspace.get(starter.uri) : undefined;
  const mode = unit && /^[ \t]*RuntimeDirectoryMode[ \t]*=[ \t]*([0-7]+)[ \t]*$/m.exec(unit.text);
  if (!unit || !mode?.[1]) return undefined;
  const start = mode.index + mode[0].lastIndexOf(mode[1]);
  return suggest(
    t`RuntimeDirectoryMode=0755 in ${starter?.name ?? ""}`,
    inFile(unit.uri, replace({ start, end: start + mode[1].length }, "0755")),
  );
}

/** Two new lines at one place are one edit, so that they do not clash. */
function bothOptions(stack: Stack, endpoint: Endpoint, owner: string): readonly ReturnType<typeof setOption>[] {
  const { instance, setting } = endpoint;
  const chmod = instance.last("chmod-socket");
  const chown = instance.last("chown-socket");
  if (chmod || chown)
    return [
      setOption(stack.workspace, chown, chmod ?? setting, "chown-socket", owner),
      setOption(stack.workspace, chmod, chown ?? setting, "chmod-socket", "660"),
    ];
  return [setOption(stack.workspace, undefined, setting, "chown-socket", `${owner}\nchmod-socket = 660`)];
}
