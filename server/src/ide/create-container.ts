/** Files of an application in containers: one of uWSGI, one of nginx, and what joins them. */
import type { Files, Plan } from "./create";
import { ini } from "./create-host";

/** Inside of the containers nothing else lies, so the places are always the same. */
const CODE = "/srv/app";
const SOCKETS = "/run/uwsgi";

export function containerFiles(plan: Plan): Files {
  const { name, listen } = plan;
  const code = codeOf(plan);
  const socket = `${SOCKETS}/${name}.sock`;
  const target = listen === "unix" ? `unix:${socket}` : `${name}:3031`;
  // Users of one container are not those of the other: who may reach the volume may connect.
  const inside = { plugin: true, folder: CODE, entry: plan.entry, listen, port: 3031 };
  const text = ini(inside, socket, listen === "unix" ? ["chmod-socket = 666"] : []).replace("127.0.0.1:3031", ":3031");
  return {
    [`${code}/uwsgi.ini`]: text,
    [`${code}/Dockerfile`]: dockerfile(plan),
    [`nginx/${name}.conf`]: `server {\n    listen 80;\n    server_name ${plan.serverName};\n\n    location / {\n        include uwsgi_params;\n        uwsgi_pass ${target};\n    }\n}\n`,
    [composePath(plan)]: compose(plan),
  };
}

/** The folder of the code, below the project. */
const codeOf = ({ folder }: Plan): string => folder.replace(/^\//, "");

const dockerfile = ({ user, listen }: Plan): string => `FROM debian:12-slim
RUN apt-get update \\
 && apt-get install -y --no-install-recommends uwsgi-core uwsgi-plugin-python3 \\
 && rm -rf /var/lib/apt/lists/* \\
 && useradd --system ${user}${listen === "unix" ? ` \\\n && install -d -o ${user} -g ${user} ${SOCKETS}` : ""}
WORKDIR ${CODE}
COPY . ${CODE}
USER ${user}
STOPSIGNAL SIGQUIT
CMD ["uwsgi", "--ini", "${CODE}/uwsgi.ini"]
`;

function compose(plan: Plan): string {
  const { name, listen } = plan;
  const volume = (lines: string): string => (listen === "unix" ? lines : "");
  return `services:
  ${name}:
    build: ./${codeOf(plan)}
    restart: unless-stopped
${volume(`    volumes:\n      - ${name}-socket:${SOCKETS}\n`)}  ${name}-nginx:
    image: nginx:stable
    restart: unless-stopped
    depends_on:
      - ${name}
    ports:
      - "80:80"
    volumes:
      - ./nginx/${name}.conf:/etc/nginx/conf.d/default.conf:ro
${volume(`      - ${name}-socket:${SOCKETS}\n\nvolumes:\n  ${name}-socket:\n`)}`;
}

/** A compose file that is there stays as it is: compose takes several with `-f`. */
function composePath({ stack, name }: Plan): string {
  const { workspace } = stack;
  const [root = ""] = workspace.roots;
  const exists = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"].some((file) =>
    workspace.exists(`${root}/${file}`),
  );
  return exists ? `compose.${name}.yaml` : "compose.yaml";
}
