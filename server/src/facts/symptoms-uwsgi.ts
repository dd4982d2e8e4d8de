/** Lines of uWSGI's log, and of the application in it. */
import { t } from "../text/l10n";
import type { Symptom } from "./symptoms";

export const UWSGI_START: readonly Symptom[] = [
  {
    program: "uWSGI",
    pattern: /bind\(\): No such file or directory/,
    line: "bind(): No such file or directory [core/socket.c line 230]",
    says: () => t`The folder of the socket does not exist. uWSGI never makes it, and \`/run\` is empty after every boot.`,
    rules: ["runtime-folder-not-made", "bind-denied", "relative-socket"],
  },
  {
    program: "uWSGI",
    pattern: /bind\(\): Permission denied/,
    line: "bind(): Permission denied [core/socket.c line 230]",
    says: () => t`The user that binds the socket may not write to its folder, or the port is below 1024.`,
    rules: ["bind-denied", "privileged-port", "emperor-cap"],
  },
  {
    program: "uWSGI",
    pattern: /unable to find logger (\S+)/,
    line: "unable to find logger file",
    says: () => t`The logger stands in a plugin that nothing loads, or there is none of that name.`,
    rules: ["logger-plugin", "value-refused"],
  },
  {
    program: "uWSGI",
    pattern: /unsupported YAML token \d+ in (\S+) block/,
    line: "unsupported YAML token 21 in uwsgi block",
    says: () => t`uWSGI stops reading YAML where an anchor or a tag stands before a value: what follows is lost.`,
    rules: ["yaml-anchor"],
  },
  {
    program: "uWSGI",
    pattern: /probably another instance of uWSGI is running on the same address \((.+?)\)|bind\(\): Address already in use/,
    line: "probably another instance of uWSGI is running on the same address (127.0.0.1:3031).",
    says: () => t`Another process has this address already, or a file of another user is in the way.`,
    rules: ["duplicate-socket", "bind-denied", "occupied-path", "socket-activation"],
    also: () => t`\`ss -lxtp\` shows who listens.`,
  },
  {
    program: "uWSGI",
    pattern: /unlink\(\): (?:Operation not permitted|Permission denied)/,
    line: "error removing unix socket, unlink(): Operation not permitted [core/socket.c line 198]",
    says: () => t`uWSGI may not take away the old socket: in a sticky folder as \`/tmp\` only its owner may.`,
    rules: ["bind-denied", "vacuum-denied", "duplicate-socket"],
  },
  {
    program: "uWSGI",
    pattern: /invalid socket name/,
    line: "invalid socket name",
    says: () => t`The path of the socket is longer than the 102 characters that uWSGI takes.`,
    rules: ["socket-address"],
  },
  {
    program: "uWSGI",
    pattern: /invalid chmod value: (.*)/,
    line: "invalid chmod value: 0664",
    says: () => t`\`chmod-socket\` takes exactly three octal digits. uWSGI does not start.`,
    rules: ["chmod-socket-value", "inline-comment", "quoted-value"],
  },
  {
    program: "uWSGI",
    pattern: /chown\(\): Operation not permitted/,
    line: "chown(): Operation not permitted [core/uwsgi.c line 1653]",
    says: () => t`Only root may give a socket away, and this uWSGI is not started by root. It stops.`,
    rules: ["bind-denied", "uid-ignored", "tyrant-root-file"],
  },
  {
    program: "uWSGI",
    pattern: /unable to find (?:user|group) (.+)|(?:user|group) (\S+) not found\./,
    line: "unable to find user shopp",
    says: () => t`No such user or group. uWSGI stops; as chown comes after bind, a socket of root may stay behind.`,
    rules: ["unknown-user"],
    also: () => t`\`uid = 0\` is not understood either: write \`root\`.`,
  },
  {
    program: "uWSGI",
    pattern: /cannot set[ug]id\(\) as non-root user/,
    line: "cannot setgid() as non-root user",
    says: () =>
      t`A number as \`uid\` or \`gid\` that is not uWSGI's own, and only root may change: uWSGI stops. Names would be ignored silently.`,
    rules: ["uid-ignored", "bind-denied"],
  },
  {
    program: "uWSGI",
    pattern: /Listen queue size is greater than the system max net\.core\.somaxconn \((\d+)\)/,
    line: "Listen queue size is greater than the system max net.core.somaxconn (4096).",
    says: () => t`\`listen\` is more than the kernel allows. uWSGI does not start.`,
    rules: ["listen-queue"],
    detail: ([, most]) => t`The kernel allows ${most ?? ""}.`,
  },
  {
    program: "uWSGI",
    pattern: /\[strict-mode\] unknown config directive: (.+)/,
    line: "[strict-mode] unknown config directive: chmod_socket",
    says: () => t`With \`strict\` an option that does not exist ends uWSGI.`,
    rules: ["strict-unknown-option", "unknown-option", "plugin-not-loaded"],
  },
  {
    program: "uWSGI",
    pattern: /UNABLE to load uWSGI plugin: (.+)/,
    line: "!!! UNABLE to load uWSGI plugin: ./pyton3_plugin.so: cannot open shared object file: No such file or directory !!!",
    says: () => t`The file of a plugin is missing. uWSGI goes on without it.`,
    rules: ["plugin-missing", "plugin-name"],
  },
  {
    program: "uWSGI",
    pattern: /no request plugin is loaded, you will not be able to manage requests/,
    line: "!!! no request plugin is loaded, you will not be able to manage requests !!!",
    says: () => t`uWSGI runs, but without a plugin for any language.`,
    rules: ["plugin-not-loaded", "plugin-missing"],
  },
  {
    program: "uWSGI",
    pattern: /The -s\/--socket option is missing and stdin is not a socket/,
    line: "The -s/--socket option is missing and stdin is not a socket.",
    says: () => t`No socket was set: the file was not read, or not the part of it that is meant.`,
    rules: [
      "section-missing",
      "header-malformed",
      "byte-order-mark",
      "no-uwsgi-section",
      "plugin-not-loaded",
      "router-plugin",
      "unknown-option",
    ],
  },
  {
    program: "uWSGI",
    pattern: /Can't find section "([^"]*)" in/,
    line: '*** WARNING: Can\'t find section "uwsgi" in INI configuration file app.ini ***',
    says: () => t`The file has no such section: its options are not read.`,
    rules: ["section-missing", "header-malformed", "byte-order-mark", "no-uwsgi-section"],
  },
  {
    program: "uWSGI",
    pattern: /invalid cheaper value: must be lower than processes/,
    line: "invalid cheaper value: must be lower than processes",
    says: () => t`\`cheaper\` is the least number of workers and has to be lower than \`processes\`. uWSGI does not start.`,
    rules: ["cheaper-workers"],
  },
  {
    program: "uWSGI",
    pattern: /Operational MODE: no-workers/,
    line: "*** Operational MODE: no-workers ***",
    says: () => t`uWSGI runs without any worker: nobody answers requests.`,
    rules: ["no-workers"],
    also: () => t`Usual for an emperor, which serves nothing itself.`,
  },
  {
    program: "uWSGI",
    pattern: /invalid document root in static map/,
    line: "invalid document root in static map, syntax mountpoint=docroot",
    says: () => t`\`static-map\` needs an equals sign: \`/static=/srv/app/static\`. uWSGI does not start.`,
    rules: ["stops-here"],
  },
  {
    program: "uWSGI",
    pattern: /unable to load configuration from (.+)/,
    line: "unable to load configuration from app.conf",
    says: () => t`The emperor does not know what to do with a file of this ending.`,
    rules: ["vassal-ignored", "include-extension", "include-missing"],
  },
];

export const EMPEROR: readonly Symptom[] = [
  {
    program: "uWSGI",
    pattern: /\[emperor-tyrant\] invalid permissions for vassal (\S+)/,
    line: "[emperor-tyrant] invalid permissions for vassal app.ini",
    says: () => t`A tyrant runs a vassal as the owner of its file, and refuses one that belongs to root.`,
    rules: ["tyrant-root-file"],
  },
  {
    program: "uWSGI",
    pattern: /setgroups\(\): Operation not permitted/,
    line: "setgroups(): Operation not permitted [core/emperor.c line 1189]",
    says: () => t`An emperor that is not root cannot become the owners of its vassals' files, as \`emperor-tyrant\` asks for.`,
    rules: ["tyrant-root-file", "uid-ignored"],
  },
  {
    program: "uWSGI",
    pattern: /\[emperor\] curse the uwsgi instance (\S+)/,
    line: "[emperor] curse the uwsgi instance app.ini (pid: 4711)",
    says: () =>
      t`The vassal ended right after its start. The lines before, of the vassal itself, say why; the emperor will try again, ever more slowly.`,
    rules: [
      "section-missing",
      "chmod-socket-value",
      "strict-unknown-option",
      "duplicate-socket",
      "unknown-user",
      "bind-denied",
      "base-file-as-vassal",
      "stops-here",
    ],
  },
  {
    program: "uWSGI",
    pattern: /!!! Emperor died !!!/,
    line: "!!! Emperor died !!!",
    says: () => t`The emperor itself could not go on, mostly over a folder that it may not read.`,
    rules: ["emperor-target"],
  },
  {
    program: "uWSGI",
    pattern: /realpath\(\) of (\S+) failed|chdir\(\): (?:No such file or directory|Permission denied)/,
    line: "realpath() of app.ini failed: Permission denied [core/utils.c line 4126]",
    says: () => t`A folder is missing, or the user of the process may not enter it.`,
    rules: ["missing-path", "emperor-target", "tyrant-root-file"],
  },
];

/** The first bytes of other protocols, read as a length: the second and third byte, the lower one first. */
const FOREIGN: ReadonlyMap<number, () => string> = new Map([
  ...["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"].map(
    (method) => [lengthOf(method), () => t`an HTTP request (${method})`] as const,
  ),
  [lengthOf("PRI"), () => t`HTTP/2 or gRPC`] as const,
  [13361, () => t`the scgi protocol`] as const,
]);

function lengthOf(bytes: string): number {
  return bytes.charCodeAt(1) + 256 * bytes.charCodeAt(2);
}

export const UWSGI_RUN: readonly Symptom[] = [
  {
    program: "uWSGI",
    pattern: /invalid request block size: (\d+) \(max (\d+)\)\.\.\.skip/,
    line: "invalid request block size: 5349 (max 4096)...skip",
    says: () => t`The request did not fit into \`buffer-size\`, or it was none: the bytes of another protocol read as a length.`,
    rules: ["request-buffer", "wrong-protocol", "buffer-size-value"],
    detail: ([, size]) => {
      const foreign = FOREIGN.get(Number(size));
      return foreign === undefined
        ? t`The headers of the request made a block of ${size ?? ""} bytes: raise \`buffer-size\`.`
        : t`${size ?? ""} is not a size: these are the first letters of ${foreign()}, sent to a socket of the uwsgi protocol.`;
    },
  },
  {
    program: "uWSGI",
    pattern: /invalid HTTPS? request size \(max (\d+)\)\.\.\.skip/,
    line: "invalid HTTP request size (max 4096)...skip",
    says: () => t`The headers of the HTTP request did not fit into \`buffer-size\`.`,
    rules: ["request-buffer", "buffer-size-value"],
  },
  {
    program: "uWSGI",
    pattern: /Invalid \(too big\) CONTENT_LENGTH\. skip/,
    line: "Invalid (too big) CONTENT_LENGTH. skip.",
    says: () => t`The body is larger than \`limit-post\`, which counts in plain bytes. Clients get 502 where nginx would have said 413.`,
    rules: ["body-limit"],
  },
  {
    program: "uWSGI",
    pattern: /-- unavailable modifier requested: (\d+) --/,
    line: "-- unavailable modifier requested: 0 --",
    says: () => t`The request asks for a plugin that is not loaded. Clients get 502.`,
    rules: ["plugin-not-loaded", "plugin-missing", "modifier-plugin", "modifier-missing", "wrong-protocol", "emperor-socket"],
    detail: ([, modifier]) =>
      modifier === "0"
        ? t`0 is Python: with Debian's packages it needs \`plugins = python3\`.`
        : modifier === "1"
          ? t`1 is also how FastCGI begins: \`fastcgi_pass\` to a uwsgi socket.`
          : modifier === "22"
            ? t`22 is also how TLS begins: an encrypted connection to a plain socket.`
            : undefined,
  },
  {
    program: "uWSGI",
    pattern: /\*\*\* no app loaded\. (?:going in full dynamic mode|GAME OVER) \*\*\*/,
    line: "*** no app loaded. going in full dynamic mode ***",
    says: () => t`No application was found. Without \`need-app\` uWSGI stays up and answers 500.`,
    rules: ["module-search-path", "module-path", "python-app", "missing-path", "wsgi-file-form", "plugin-not-loaded"],
    also: () => t`The traceback above the line tells what Python missed.`,
  },
  {
    program: "uWSGI",
    pattern: /no python application found, check your startup logs for errors/,
    line: "--- no python application found, check your startup logs for errors ---",
    says: () => t`A request came in, and no application was loaded at the start.`,
    rules: ["module-search-path", "module-path", "python-app", "dynamic-params"],
  },
  {
    program: "uWSGI",
    pattern: /(?:F\*CK !!! i must kill myself|HARAKIRI ON WORKER|HARAKIRI triggered by worker)/,
    line: "*** HARAKIRI ON WORKER 1 (pid: 7, try: 1, graceful: no) ***",
    says: () => t`A request took longer than \`harakiri\` allows, and its worker was killed.`,
    rules: ["timeout-order", "harakiri-without-master", "harakiri-post-buffering"],
  },
  {
    program: "uWSGI",
    pattern: /uWSGI listen queue of socket .* full|SERVER IS OVERLOADED|\*\*\* uWSGI listen queue/,
    line: '*** uWSGI listen queue of socket "127.0.0.1:3031" (fd: 3) full !!! (101/100) ***',
    says: () => t`More requests wait than \`listen\` lets in.`,
    rules: ["listen-queue", "no-workers"],
  },
  {
    program: "uWSGI",
    pattern: /SIGPIPE: writing to a closed pipe\/socket\/fd|OSError: write error/,
    line: "SIGPIPE: writing to a closed pipe/socket/fd (probably the client disconnected) on request / (ip 127.0.0.1) !!!",
    says: () => t`The client, or nginx, was gone before the answer was ready.`,
    rules: ["timeout-order", "wrong-protocol"],
    also: () => t`Single ones are people who closed the page.`,
  },
  {
    program: "uWSGI",
    pattern: /uwsgi socket \d+ inherited (?:UNIX|INET) address/,
    line: "uwsgi socket 0 inherited UNIX address /run/app.sock fd 3",
    says: () => t`A reload keeps the socket as it is: changes of \`chmod-socket\` and \`chown-socket\` need a stop and a start.`,
    rules: ["socket-permission"],
  },
  {
    program: "the application",
    pattern: /KeyError: '?(?:REQUEST_METHOD|PATH_INFO|SERVER_NAME)'?/,
    line: "KeyError: 'REQUEST_METHOD'",
    says: () =>
      t`nginx did not pass the variables of the request: \`include uwsgi_params\` is missing, or another \`uwsgi_param\` in the block puts the inherited ones away.`,
    rules: ["params-missing", "params-not-inherited", "param-name"],
    also: () => t`\`nginx -T\` shows the whole configuration; look for \`uwsgi_param\` in the location of the request.`,
  },
  {
    program: "the application",
    pattern: /(?:ModuleNotFoundError: No module named|ImportError: No module named) '?([\w.]+)/,
    line: "ModuleNotFoundError: No module named 'app'",
    says: () => t`Python did not find the module: the folder to search, or the virtual environment, is another one.`,
    rules: ["module-search-path", "module-path", "missing-path"],
  },
  {
    program: "the application",
    pattern: /unable to find "(\w+)" callable in file|AttributeError: module '[^']+' has no attribute '\w+'/,
    line: 'unable to find "application" callable in file app.py',
    says: () => t`The file was found, the object in it was not: \`callable\` or the part behind the colon names another.`,
    rules: ["python-app"],
  },
];
