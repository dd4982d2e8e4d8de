/**
 * From a line of a log to what may be behind it. Every line was seen on nginx 1.22 and uWSGI 2.0; the causes are those that were seen with
 * it, likeliest first. `rules` names the rules that find the cause in the configuration.
 */

export type Symptom = {
  readonly program: "nginx" | "uWSGI" | "the application";
  readonly pattern: RegExp;
  /** What the line says, for somebody who has never seen it. Markdown. */
  readonly says: string;
  readonly rules: readonly string[];
  /** Causes outside of the configuration, and where to look. */
  readonly also?: string;
  /** What the very numbers or names of the line tell. */
  readonly detail?: (match: RegExpExecArray) => string | undefined;
};

/** The first bytes of other protocols, read as a length: the second and third byte, the lower one first. */
const FOREIGN: ReadonlyMap<number, string> = new Map([
  ...["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"].map((method) => [lengthOf(method), `an HTTP request (${method})`] as const),
  [lengthOf("PRI"), "HTTP/2 or gRPC"],
  [13361, "the scgi protocol"],
]);

function lengthOf(bytes: string): number {
  return bytes.charCodeAt(1) + 256 * bytes.charCodeAt(2);
}

const UPSTREAM: readonly Symptom[] = [
  {
    program: "nginx",
    pattern: /connect\(\) to (?:unix:)?(.+?) failed \(2: No such file or directory\)/,
    says: "There is no socket at this path. Clients get 502.",
    rules: ["no-such-socket", "bind-denied", "runtime-folder-not-made", "private-tmp", "socket-address", "inline-comment", "relative-socket", "stops-here"],
    also: "uWSGI may not run at all: the last lines of its own log, or `systemctl status`, say why it stopped.",
  },
  {
    program: "nginx",
    pattern: /connect\(\) to (?:unix:)?(.+?) failed \(13: Permission denied\)/,
    says: "The user of nginx's workers may not write to the socket, or may not enter a folder above it. Clients get 502.",
    rules: ["socket-permission", "selinux-socket", "unknown-user", "bind-denied"],
    also: "It does not prove that uWSGI runs: one that stopped over `chown-socket` leaves a socket of root behind. `namei -l PATH` shows every owner and mode on the way.",
  },
  {
    program: "nginx",
    pattern: /connect\(\) to unix:(.+?) failed \(111: Connection refused\)/,
    says: "A file is at this path, but nobody listens on it. Clients get 502.",
    rules: ["occupied-path", "harakiri-without-master", "duplicate-socket", "stops-here", "python-app"],
    also: "Mostly a socket left behind by a uWSGI that has ended; with `vacuum` it would have taken the file away.",
  },
  {
    program: "nginx",
    pattern: /connect\(\) failed \(111: Connection refused\) while connecting to upstream/,
    says: "Nobody listens on this address and port. Clients get 502.",
    rules: ["no-such-socket", "localhost-address", "container-address", "socket-address"],
    also: "A port without a colon, as in `socket = 3031`, makes a UNIX socket of that name.",
  },
  {
    program: "nginx",
    pattern: /connect\(\) to (?:unix:)?(.+?) failed \(20: Not a directory\)/,
    says: "The path goes on behind a file: mostly a slash after the socket's path. Clients get 502.",
    rules: ["no-such-socket", "nginx-address"],
  },
  {
    program: "nginx",
    pattern: /connect\(\) to (?:unix:)?(.+?) failed \(11: Resource temporarily unavailable\)/,
    says: "The socket's queue is full: more clients wait than `listen` lets in. Clients get 502.",
    rules: ["listen-queue", "no-workers"],
    also: "The workers are too slow or too few; a longer queue helps only over short peaks.",
  },
  {
    program: "nginx",
    pattern: /upstream prematurely closed connection while reading response header/,
    says: "uWSGI hung up before it answered. At once: the application or its plugin failed. After 4 seconds, uWSGI's socket timeout: both speak different protocols.",
    rules: ["wrong-protocol", "plugin-not-loaded", "plugin-missing", "request-buffer", "python-app"],
    also: "A traceback in uWSGI's log is the application's own error; silence there speaks for the protocol.",
  },
  {
    program: "nginx",
    pattern: /upstream timed out \(110: [^)]*\) while reading response header/,
    says: "uWSGI took the request and did not answer within `uwsgi_read_timeout`, 60 seconds if unset. Clients get 504.",
    rules: ["wrong-protocol", "no-workers", "timeout-order"],
    also: "A slow request, or all workers busy: `uwsgitop` on the stats server tells.",
  },
  {
    program: "nginx",
    pattern: /upstream timed out \(110: [^)]*\) while connecting to upstream/,
    says: "The address does not answer at all: packets are dropped on the way. Clients get 504.",
    rules: ["container-address", "unknown-service"],
    also: "A firewall, or a machine that is not there.",
  },
  {
    program: "nginx",
    pattern: /recv\(\) failed \(104: Connection reset by peer\) while reading response header/,
    says: "uWSGI threw the request away unread. Clients get 502.",
    rules: ["request-buffer", "buffer-size-value", "body-limit", "wrong-protocol"],
    also: "uWSGI's log says which: `invalid request block size` or `Invalid (too big) CONTENT_LENGTH`.",
  },
  {
    program: "nginx",
    pattern: /(?:writev|sendfile|send|readv)\(\) failed \((?:32: Broken pipe|104: Connection reset by peer)\) while (?:sending request to|reading) upstream/,
    says: "uWSGI closed the connection while nginx was still sending the body. Clients get 502, or a page that is cut short.",
    rules: ["unread-body", "body-limit"],
    also: "The application answered without reading the body; `post-buffering` lets uWSGI take it in.",
  },
  {
    program: "nginx",
    pattern: /upstream sent (?:invalid header|no valid HTTP\/1\.0 header)/,
    says: "What came back is no answer to a request: another service listens there, often uWSGI's own statistics.",
    rules: ["wrong-protocol", "duplicate-socket"],
  },
  {
    program: "nginx",
    pattern: /upstream sent too big header while reading response header/,
    says: "The headers of the answer are larger than `uwsgi_buffer_size`, 4 or 8 KB if unset. Clients get 502.",
    rules: ["nginx-buffer-sizes"],
    also: "Many or large cookies. Raise `uwsgi_buffer_size`, and `uwsgi_buffers` with it.",
  },
  {
    program: "nginx",
    pattern: /no resolver defined to resolve (\S+)/,
    says: "`uwsgi_pass` holds a variable with a host name, and a name that comes up only with the request needs a `resolver`.",
    rules: ["nginx-resolver"],
    also: "An IP address, a `unix:` path or the name of an `upstream` works without one.",
  },
  {
    program: "nginx",
    pattern: /uwsgi request is too big: (\d+)/,
    says: "The variables of the request are more than 65535 bytes, which the uwsgi protocol cannot carry. Clients get 500, whatever `buffer-size` says.",
    rules: ["request-over-64k"],
  },
  {
    program: "nginx",
    pattern: /client intended to send too large body: (\d+) bytes/,
    says: "The body is larger than `client_max_body_size`, 1 MB if unset. Clients get 413.",
    rules: ["body-limit"],
  },
  {
    program: "nginx",
    pattern: /open\(\) "[^"]*(?:client_body|body|uwsgi|proxy)[^"]*" failed \(13: Permission denied\)/,
    says: "nginx's workers may not write to the folder for bodies and answers that do not fit into memory. Clients get 500.",
    rules: ["temp-path-owner"],
    also: "The folder belongs to the user nginx ran as before.",
  },
];

const NGINX_START: readonly Symptom[] = [
  {
    program: "nginx",
    pattern: /host not found in upstream "([^"]*)"/,
    says: "nginx looks names up while it starts, and this one has no address: nginx does not start.",
    rules: ["unknown-service", "nginx-address"],
    also: "In containers also when the other service is not up yet.",
  },
  {
    program: "nginx",
    pattern: /(?:invalid host|no port|invalid port|no host) in upstream "([^"]*)"/,
    says: "This is no address: a path needs `unix:` before it, a host needs a port, and `uwsgi_pass` takes no `http://`. nginx does not start.",
    rules: ["nginx-address"],
  },
  {
    program: "nginx",
    pattern: /invalid URL prefix/,
    says: "`proxy_pass` needs `http://` or `https://` before the address. nginx does not start.",
    rules: ["nginx-address", "nginx-invalid-value"],
  },
  {
    program: "nginx",
    pattern: /too long path in the unix domain socket/,
    says: "A socket's path may have 107 characters in nginx, and 102 in uWSGI. nginx does not start.",
    rules: ["nginx-address", "socket-address"],
  },
  {
    program: "nginx",
    pattern: /"(\w+)_busy_buffers_size" must be/,
    says: "The sizes of the buffers contradict one another. nginx does not start.",
    rules: ["nginx-buffer-sizes"],
  },
  { program: "nginx", pattern: /unknown directive "([^"]*)"/, says: "No module of this nginx has the directive. nginx does not start.", rules: ["nginx-unknown-directive", "nginx-syntax"], also: "A misspelt name, a forgotten semicolon on the line before, or a module that is not loaded." },
  { program: "nginx", pattern: /"([^"]*)" directive is duplicate/, says: "The directive may stand only once in a block. nginx does not start.", rules: ["nginx-duplicate"] },
  { program: "nginx", pattern: /"([^"]*)" directive is not allowed here/, says: "The directive belongs into another block. nginx does not start.", rules: ["nginx-context"] },
  { program: "nginx", pattern: /invalid number of arguments in "([^"]*)" directive/, says: "Too few or too many words, or a semicolon is missing. nginx does not start.", rules: ["nginx-arguments"] },
  { program: "nginx", pattern: /unknown "(\w+)" variable/, says: "Neither nginx nor the configuration defines the variable. nginx does not start.", rules: ["nginx-unknown-variable"] },
  { program: "nginx", pattern: /unexpected (?:"[{};]"|end of file)/, says: "A brace or a semicolon is missing or is one too many, often some lines above. nginx does not start.", rules: ["nginx-syntax"] },
  { program: "nginx", pattern: /getpwnam\("([^"]*)"\) failed|getgrnam\("([^"]*)"\) failed/, says: "The user or group of nginx's `user` line does not exist. nginx does not start.", rules: ["unknown-user"], also: "On Debian the group of `nobody` is `nogroup`." },
];

const UWSGI_START: readonly Symptom[] = [
  { program: "uWSGI", pattern: /bind\(\): No such file or directory/, says: "The folder of the socket does not exist. uWSGI never makes it, and `/run` is empty after every boot.", rules: ["runtime-folder-not-made", "bind-denied", "relative-socket"] },
  { program: "uWSGI", pattern: /bind\(\): Permission denied/, says: "The user that binds the socket may not write to its folder, or the port is below 1024.", rules: ["bind-denied", "privileged-port"] },
  { program: "uWSGI", pattern: /probably another instance of uWSGI is running on the same address \((.+?)\)|bind\(\): Address already in use/, says: "Another process has this address already, or a file of another user is in the way.", rules: ["duplicate-socket", "bind-denied", "occupied-path", "socket-activation"], also: "`ss -lxtp` shows who listens." },
  { program: "uWSGI", pattern: /unlink\(\): (?:Operation not permitted|Permission denied)/, says: "uWSGI may not take away the old socket: in a sticky folder as `/tmp` only its owner may.", rules: ["bind-denied", "vacuum-denied", "duplicate-socket"] },
  { program: "uWSGI", pattern: /invalid socket name/, says: "The path of the socket is longer than the 102 characters that uWSGI takes.", rules: ["socket-address"] },
  { program: "uWSGI", pattern: /invalid chmod value: (.*)/, says: "`chmod-socket` takes exactly three octal digits. uWSGI does not start.", rules: ["chmod-socket-value", "inline-comment", "quoted-value"] },
  { program: "uWSGI", pattern: /chown\(\): Operation not permitted/, says: "Only root may give a socket away, and this uWSGI is not started by root. It stops.", rules: ["bind-denied", "uid-ignored", "tyrant-root-file"] },
  { program: "uWSGI", pattern: /unable to find (?:user|group) (.+)|(?:user|group) (\S+) not found\./, says: "No such user or group. uWSGI stops; as chown comes after bind, a socket of root may stay behind.", rules: ["unknown-user"], also: "`uid = 0` is not understood either: write `root`." },
  { program: "uWSGI", pattern: /cannot set[ug]id\(\) as non-root user/, says: "A number as `uid` or `gid` that is not uWSGI's own, and only root may change: uWSGI stops. Names would be ignored silently.", rules: ["uid-ignored", "bind-denied"] },
  { program: "uWSGI", pattern: /Listen queue size is greater than the system max net\.core\.somaxconn \((\d+)\)/, says: "`listen` is more than the kernel allows. uWSGI does not start.", rules: ["listen-queue"], detail: ([, most]) => `The kernel allows ${most}.` },
  { program: "uWSGI", pattern: /\[strict-mode\] unknown config directive: (.+)/, says: "With `strict` an option that does not exist ends uWSGI.", rules: ["strict-unknown-option", "unknown-option", "plugin-not-loaded"] },
  { program: "uWSGI", pattern: /UNABLE to load uWSGI plugin: (.+)/, says: "The file of a plugin is missing. uWSGI goes on without it.", rules: ["plugin-missing", "plugin-name"] },
  { program: "uWSGI", pattern: /no request plugin is loaded, you will not be able to manage requests/, says: "uWSGI runs, but without a plugin for any language.", rules: ["plugin-not-loaded", "plugin-missing"] },
  { program: "uWSGI", pattern: /The -s\/--socket option is missing and stdin is not a socket/, says: "No socket was set: the file was not read, or not the part of it that is meant.", rules: ["section-missing", "header-malformed", "byte-order-mark", "plugin-not-loaded", "unknown-option"] },
  { program: "uWSGI", pattern: /Can't find section "([^"]*)" in/, says: "The file has no such section: its options are not read.", rules: ["section-missing", "header-malformed", "byte-order-mark"] },
  { program: "uWSGI", pattern: /invalid cheaper value: must be lower than processes/, says: "`cheaper` is the least number of workers and has to be lower than `processes`. uWSGI does not start.", rules: ["cheaper-workers"] },
  { program: "uWSGI", pattern: /Operational MODE: no-workers/, says: "uWSGI runs without any worker: nobody answers requests.", rules: ["no-workers"], also: "Usual for an emperor, which serves nothing itself." },
  { program: "uWSGI", pattern: /invalid document root in static map/, says: "`static-map` needs an equals sign: `/static=/srv/app/static`. uWSGI does not start.", rules: ["stops-here"] },
  { program: "uWSGI", pattern: /unable to load configuration from (.+)/, says: "The emperor does not know what to do with a file of this ending.", rules: ["vassal-ignored", "include-extension", "include-missing"] },
];

const EMPEROR: readonly Symptom[] = [
  { program: "uWSGI", pattern: /\[emperor-tyrant\] invalid permissions for vassal (\S+)/, says: "A tyrant runs a vassal as the owner of its file, and refuses one that belongs to root.", rules: ["tyrant-root-file"] },
  { program: "uWSGI", pattern: /setgroups\(\): Operation not permitted/, says: "An emperor that is not root cannot become the owners of its vassals' files, as `emperor-tyrant` asks for.", rules: ["tyrant-root-file", "uid-ignored"] },
  { program: "uWSGI", pattern: /\[emperor\] curse the uwsgi instance (\S+)/, says: "The vassal ended right after its start. The lines before, of the vassal itself, say why; the emperor will try again, ever more slowly.", rules: ["section-missing", "chmod-socket-value", "strict-unknown-option", "duplicate-socket", "unknown-user", "bind-denied", "base-file-as-vassal", "stops-here"] },
  { program: "uWSGI", pattern: /!!! Emperor died !!!/, says: "The emperor itself could not go on, mostly over a folder that it may not read.", rules: ["emperor-target"] },
  { program: "uWSGI", pattern: /realpath\(\) of (\S+) failed|chdir\(\): (?:No such file or directory|Permission denied)/, says: "A folder is missing, or the user of the process may not enter it.", rules: ["missing-path", "emperor-target", "tyrant-root-file"] },
];

const UWSGI_RUN: readonly Symptom[] = [
  {
    program: "uWSGI",
    pattern: /invalid request block size: (\d+) \(max (\d+)\)\.\.\.skip/,
    says: "The request did not fit into `buffer-size`, or it was none: the bytes of another protocol read as a length.",
    rules: ["request-buffer", "wrong-protocol", "buffer-size-value"],
    detail: ([, size]) => {
      const foreign = FOREIGN.get(Number(size));
      return foreign === undefined ? `The headers of the request made a block of ${size} bytes: raise \`buffer-size\`.` : `${size} is not a size: these are the first letters of ${foreign}, sent to a socket of the uwsgi protocol.`;
    },
  },
  { program: "uWSGI", pattern: /invalid HTTPS? request size \(max (\d+)\)\.\.\.skip/, says: "The headers of the HTTP request did not fit into `buffer-size`.", rules: ["request-buffer", "buffer-size-value"] },
  { program: "uWSGI", pattern: /Invalid \(too big\) CONTENT_LENGTH\. skip/, says: "The body is larger than `limit-post`, which counts in plain bytes. Clients get 502 where nginx would have said 413.", rules: ["body-limit"] },
  {
    program: "uWSGI",
    pattern: /-- unavailable modifier requested: (\d+) --/,
    says: "The request asks for a plugin that is not loaded. Clients get 502.",
    rules: ["plugin-not-loaded", "plugin-missing", "wrong-protocol"],
    detail: ([, modifier]) =>
      modifier === "0" ? "0 is Python: with Debian's packages it needs `plugins = python3`." : modifier === "1" ? "1 is also how FastCGI begins: `fastcgi_pass` to a uwsgi socket." : modifier === "22" ? "22 is also how TLS begins: an encrypted connection to a plain socket." : undefined,
  },
  { program: "uWSGI", pattern: /\*\*\* no app loaded\. (?:going in full dynamic mode|GAME OVER) \*\*\*/, says: "No application was found. Without `need-app` uWSGI stays up and answers 500.", rules: ["module-search-path", "module-path", "python-app", "missing-path", "wsgi-file-form", "plugin-not-loaded"], also: "The traceback above the line tells what Python missed." },
  { program: "uWSGI", pattern: /no python application found, check your startup logs for errors/, says: "A request came in, and no application was loaded at the start.", rules: ["module-search-path", "module-path", "python-app", "dynamic-params"] },
  { program: "uWSGI", pattern: /(?:F\*CK !!! i must kill myself|HARAKIRI ON WORKER|HARAKIRI triggered by worker)/, says: "A request took longer than `harakiri` allows, and its worker was killed.", rules: ["timeout-order", "harakiri-without-master", "harakiri-post-buffering"] },
  { program: "uWSGI", pattern: /uWSGI listen queue of socket .* full|SERVER IS OVERLOADED|\*\*\* uWSGI listen queue/, says: "More requests wait than `listen` lets in.", rules: ["listen-queue", "no-workers"] },
  { program: "uWSGI", pattern: /SIGPIPE: writing to a closed pipe\/socket\/fd|OSError: write error/, says: "The client, or nginx, was gone before the answer was ready.", rules: ["timeout-order", "wrong-protocol"], also: "Single ones are people who closed the page." },
  { program: "uWSGI", pattern: /uwsgi socket \d+ inherited (?:UNIX|INET) address/, says: "A reload keeps the socket as it is: changes of `chmod-socket` and `chown-socket` need a stop and a start.", rules: ["socket-permission"] },
  { program: "the application", pattern: /KeyError: '?(?:REQUEST_METHOD|PATH_INFO|SERVER_NAME)'?/, says: "nginx did not pass the variables of the request: `include uwsgi_params` is missing, or another `uwsgi_param` in the block puts the inherited ones away.", rules: ["missing-uwsgi-params", "params-not-inherited"] },
  { program: "the application", pattern: /(?:ModuleNotFoundError: No module named|ImportError: No module named) '?([\w.]+)/, says: "Python did not find the module: the folder to search, or the virtual environment, is another one.", rules: ["module-search-path", "module-path", "missing-path"] },
  { program: "the application", pattern: /unable to find "(\w+)" callable in file|AttributeError: module '[^']+' has no attribute '\w+'/, says: "The file was found, the object in it was not: `callable` or the part behind the colon names another.", rules: ["python-app"] },
];

export const SYMPTOMS: readonly Symptom[] = [...UPSTREAM, ...NGINX_START, ...UWSGI_START, ...EMPEROR, ...UWSGI_RUN];

/** No line of a log is longer and still worth reading. */
const MOST = 4096;

/** What explains a line, or each line of an excerpt: every symptom once. */
export function symptomsIn(text: string): readonly { readonly symptom: Symptom; readonly match: RegExpExecArray }[] {
  const found = new Map<Symptom, RegExpExecArray>();
  for (const line of text.split(/\r?\n/).slice(0, 200)) {
    for (const symptom of SYMPTOMS) {
      const match = found.has(symptom) ? null : symptom.pattern.exec(line.slice(0, MOST));
      if (match) found.set(symptom, match);
    }
  }
  return Array.from(found, ([symptom, match]) => ({ symptom, match }));
}
