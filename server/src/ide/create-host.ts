/** Files of an application on a machine: uWSGI's own configuration, nginx's site, and what starts them and makes their folder. */
import { machinePath } from "../workspace/paths";
import type { Files, Plan } from "./create";
import { runsAs } from "./topology-words";

const SOCKETS = "/run/uwsgi";

export function hostFiles(plan: Plan): Files {
  return plan.start === "emperor" ? underEmperor(plan) : asService(plan);
}

function underEmperor(plan: Plan): Files {
  const { name, emperor } = plan;
  const folder = vassalsFolder(plan);
  const socket = `${SOCKETS}/${name}.sock`;
  const isMade = plan.listen === "tcp" || (emperor !== undefined && isFolderMade(plan));
  return {
    [`${folder}/${name}.ini`]: ini(plan, socket, vassalRights(plan)),
    ...site(plan, socket),
    ...(emperor === undefined
      ? {
          "/etc/uwsgi/emperor.ini": `[uwsgi]\nemperor = ${folder}\n`,
          "/etc/systemd/system/uwsgi-emperor.service": unitText("uWSGI Emperor", "/etc/uwsgi/emperor.ini", ["RuntimeDirectory=uwsgi"]),
        }
      : {}),
    ...(emperor !== undefined && !isMade
      ? { "/etc/tmpfiles.d/uwsgi.conf": `# The folder of the sockets: /run is empty after every boot.\nd ${SOCKETS} 0755 root root -\n` }
      : {}),
  };
}

function asService(plan: Plan): Files {
  const { name, user, nginx } = plan;
  const socket = `/run/${name}/${name}.sock`;
  const config = `/etc/uwsgi/${name}.ini`;
  // The unit's group is nginx's: uWSGI, which root does not start, gives the socket to its own group.
  const lines = plan.listen === "unix" ? [`User=${user}`, `Group=${nginx}`, `RuntimeDirectory=${name}`] : [`User=${user}`];
  return {
    [config]: ini(plan, socket, plan.listen === "unix" ? ["chmod-socket = 660", "vacuum = true"] : []),
    ...site(plan, socket),
    [`/etc/systemd/system/${name}.service`]: unitText(`${name} (uWSGI)`, config, lines),
  };
}

/** How nginx comes to its write permission depends on who the emperor is. */
function vassalRights({ emperor, stack, user, nginx, listen }: Plan): readonly string[] {
  const isTyrant = emperor?.flag("emperor-tyrant") === true;
  if (isTyrant)
    return [
      `; The emperor is a tyrant: this file must belong to ${user}:${nginx}, as whom it runs.`,
      ...(listen === "unix" ? ["chmod-socket = 660"] : []),
    ];
  const above = emperor && runsAs(stack, emperor).user;
  if (above !== undefined && above !== "root")
    return [`; The emperor is ${above}, and so are its vassals.`, ...(listen === "unix" ? ["chmod-socket = 666"] : [])];
  return [`uid = ${user}`, `gid = ${user}`, ...(listen === "unix" ? [`chown-socket = ${user}:${nginx}`, "chmod-socket = 660"] : [])];
}

export function ini(
  plan: Pick<Plan, "plugin" | "folder" | "entry" | "listen" | "port">,
  socket: string,
  rights: readonly string[],
): string {
  const lines = [
    "[uwsgi]",
    ...(plan.plugin ? ["plugins = python3"] : []),
    `chdir = ${plan.folder}`,
    `module = ${plan.entry}`,
    "need-app = true",
    "",
    "master = true",
    "processes = 2",
    "",
    ...(plan.listen === "unix" ? [`socket = ${socket}`] : [`socket = 127.0.0.1:${plan.port}`]),
    ...rights,
    "",
    "; As much as nginx lets in by default.",
    "buffer-size = 32768",
  ];
  return `${lines.join("\n")}\n`;
}

function site(plan: Plan, socket: string): Files {
  const { name, serverName, listen, port } = plan;
  const target = listen === "unix" ? `unix:${socket}` : `127.0.0.1:${port}`;
  return {
    [sitePath(plan, name)]:
      `server {\n    listen 80;\n    server_name ${serverName};\n\n    location / {\n        include uwsgi_params;\n        uwsgi_pass ${target};\n    }\n}\n`,
  };
}

/** Both Debian's nginx and nginx's own packages read conf.d; a workspace may show that only the other folder is read. */
function sitePath({ stack }: Plan, name: string): string {
  const includes = stack.workspace
    .of("nginx")
    .flatMap((document) => document.named("include").map((include) => include.directive.args[0]?.text ?? ""));
  const sites = includes.some((path) => /sites-enabled\/\*$/.test(path)) && !includes.some((path) => /conf\.d\/\*/.test(path));
  return sites ? `/etc/nginx/sites-enabled/${name}` : `/etc/nginx/conf.d/${name}.conf`;
}

export const unitText = (what: string, config: string, lines: readonly string[]): string => `[Unit]
Description=${what}
After=network.target

[Service]
Type=notify
ExecStart=/usr/bin/uwsgi --ini ${config}
${lines.join("\n")}
KillSignal=SIGQUIT
Restart=on-failure

[Install]
WantedBy=multi-user.target
`;

function vassalsFolder({ emperor }: Plan): string {
  const pattern = emperor?.text("emperor") ?? "";
  return pattern.startsWith("/") ? machinePath(pattern.replace(/\/[^/]*[*?[][^/]*$/, "")) : "/etc/uwsgi/vassals";
}

function isFolderMade({ stack, emperor }: Plan): boolean {
  const made = [
    ...stack.folders.map((folder) => folder.path),
    ...stack.starters.flatMap((starter) => starter.makes.map((folder) => folder.value)),
    ...(stack.workspace.target.paths ?? []).map((one) => one.path),
  ];
  return emperor !== undefined && made.some((path) => machinePath(path) === SOCKETS);
}
