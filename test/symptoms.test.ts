import { describe, expect, it } from "vitest";
import { SYMPTOMS, symptomsIn } from "../server/src/facts/symptoms";
import { logText } from "../server/src/ide/explain";
import { RULES } from "../server/src/rules/index";

const upstream = 'client: 127.0.0.1, server: _, request: "GET / HTTP/1.1", upstream: "uwsgi://unix:/run/app.sock:", host: "localhost"';
const nginx = (level: string, words: string) => `2026/01/02 03:04:05 [${level}] 12#12: *1 ${words}, ${upstream}`;

/** Lines as both programs write them, and the rule that has to come first or at least be named. */
const LINES: readonly (readonly [line: string, first: string, ...more: string[]])[] = [
  [
    nginx("crit", "connect() to unix:/run/app.sock failed (2: No such file or directory) while connecting to upstream"),
    "no-such-socket",
    "private-tmp",
    "runtime-folder-not-made",
    "inline-comment",
  ],
  [
    nginx("crit", "connect() to unix:/run/app.sock failed (13: Permission denied) while connecting to upstream"),
    "socket-permission",
    "selinux-socket",
  ],
  [
    nginx("error", "connect() to unix:/run/app.sock failed (111: Connection refused) while connecting to upstream"),
    "occupied-path",
    "harakiri-without-master",
  ],
  [
    nginx("error", "connect() failed (111: Connection refused) while connecting to upstream"),
    "no-such-socket",
    "localhost-address",
    "container-address",
  ],
  [nginx("error", "connect() to unix:/run/app.sock/ failed (20: Not a directory) while connecting to upstream"), "nginx-address"],
  [
    nginx("error", "connect() to unix:/run/app.sock failed (11: Resource temporarily unavailable) while connecting to upstream"),
    "listen-queue",
  ],
  [
    nginx("error", "upstream prematurely closed connection while reading response header from upstream"),
    "wrong-protocol",
    "plugin-not-loaded",
  ],
  [
    nginx("error", "upstream timed out (110: Connection timed out) while reading response header from upstream"),
    "wrong-protocol",
    "no-workers",
    "timeout-order",
  ],
  [
    nginx("error", "recv() failed (104: Connection reset by peer) while reading response header from upstream"),
    "request-buffer",
    "body-limit",
  ],
  [nginx("error", "writev() failed (32: Broken pipe) while sending request to upstream"), "unread-body"],
  [nginx("error", "readv() failed (104: Connection reset by peer) while reading upstream"), "unread-body"],
  [
    nginx("error", 'upstream sent invalid header: "\\x09..." while reading response header from upstream'),
    "wrong-protocol",
    "duplicate-socket",
  ],
  [nginx("alert", "uwsgi request is too big: 66023"), "request-over-64k"],
  [nginx("error", "client intended to send too large body: 2000000 bytes"), "body-limit"],
  ['nginx: [emerg] host not found in upstream "app" in /etc/nginx/conf.d/default.conf:3', "unknown-service"],
  ['nginx: [emerg] getgrnam("nobody") failed in /etc/nginx/nginx.conf:1', "nginx-user"],
  ["error removing unix socket, unlink(): Operation not permitted [core/socket.c line 198]", "bind-denied"],
  ["bind(): No such file or directory [core/socket.c line 230]", "runtime-folder-not-made"],
  ["bind(): Permission denied [core/socket.c line 230]", "bind-denied", "privileged-port"],
  ["probably another instance of uWSGI is running on the same address (127.0.0.1:3031).", "duplicate-socket"],
  ["invalid chmod value: 0664", "chmod-socket-value"],
  ["chown(): Operation not permitted [core/uwsgi.c line 1653]", "bind-denied"],
  ["user 0 not found.", "unknown-user"],
  ["unable to find user nobodyhere", "unknown-user"],
  ["cannot setgid() as non-root user", "uid-ignored"],
  ["Listen queue size is greater than the system max net.core.somaxconn (4096).", "listen-queue"],
  ["[strict-mode] unknown config directive: chmod_socket", "strict-unknown-option"],
  [
    "!!! UNABLE to load uWSGI plugin: /usr/lib/uwsgi/plugins/pyton3_plugin.so: cannot open shared object file: No such file or directory !!!",
    "plugin-missing",
  ],
  ["The -s/--socket option is missing and stdin is not a socket.", "section-missing"],
  ['*** WARNING: Can\'t find section "uwsgi" in INI configuration file app.ini ***', "section-missing", "header-malformed"],
  ["invalid cheaper value: must be lower than processes", "cheaper-workers"],
  ["*** Operational MODE: no-workers ***", "no-workers"],
  ["[emperor-tyrant] invalid permissions for vassal app.ini", "tyrant-root-file"],
  ["setgroups(): Operation not permitted [core/emperor.c line 1189]", "tyrant-root-file"],
  ["[emperor] curse the uwsgi instance app.ini (pid: 4711)", "section-missing", "duplicate-socket"],
  ["!!! Emperor died !!!", "emperor-target"],
  ["realpath() of app.ini failed: Permission denied [core/utils.c line 4126]", "missing-path"],
  ["unable to load configuration from app.conf", "vassal-ignored"],
  ["invalid request block size: 5349 (max 4096)...skip", "request-buffer"],
  ["invalid request block size: 21573 (max 4096)...skip", "request-buffer", "wrong-protocol"],
  ["invalid HTTP request size (max 4096)...skip", "request-buffer"],
  ["Invalid (too big) CONTENT_LENGTH. skip.", "body-limit"],
  ["-- unavailable modifier requested: 0 --", "plugin-not-loaded"],
  ["*** no app loaded. going in full dynamic mode ***", "module-search-path"],
  ["*** no app loaded. GAME OVER ***", "module-search-path"],
  ["Mon Jan  2 03:04:05 2026 - F*CK !!! i must kill myself (pid: 7 app_id: 0)...", "timeout-order", "harakiri-without-master"],
  ["Mon Jan  2 03:04:05 2026 - *** HARAKIRI ON WORKER 1 (pid: 7, try: 1, graceful: no) ***", "timeout-order"],
  ['Mon Jan  2 03:04:05 2026 - *** uWSGI listen queue of socket "127.0.0.1:3031" (fd: 3) full !!! (101/100) ***', "listen-queue"],
  ["uwsgi socket 0 inherited UNIX address /run/app.sock fd 3", "socket-permission"],
  ["ModuleNotFoundError: No module named 'app'", "module-search-path"],
];

describe("lines of logs", () => {
  it.each(LINES)("%s", (line, first, ...more) => {
    const rules = symptomsIn(line).flatMap(({ symptom }) => symptom.rules);
    expect(rules[0]).toBe(first);
    for (const rule of more) expect(rules).toContain(rule);
    expect(logText(line)).toContain(first);
  });

  it("names only rules that exist, and says something else where there is none", () => {
    const known = new Set(RULES.map((rule) => rule.id));
    expect(
      SYMPTOMS.flatMap((symptom) => symptom.rules.filter((id) => !known.has(id)).map((id) => `${symptom.pattern.source}: ${id}`)),
    ).toEqual([]);
    for (const symptom of SYMPTOMS) expect(symptom.rules.length > 0 || symptom.also !== undefined, symptom.line).toBe(true);
  });

  it("knows its own lines, and shows them on the pages of the rules", () => {
    for (const symptom of SYMPTOMS)
      expect(
        symptomsIn(symptom.line).map((one) => one.symptom),
        symptom.line,
      ).toContain(symptom);
    expect(new Set(SYMPTOMS.map((symptom) => symptom.line)).size).toBe(SYMPTOMS.length);
  });

  it("reads the letters of another protocol in a block size", () => {
    const sizes = {
      21573: "GET",
      21327: "POST",
      16709: "HEAD",
      21589: "PUT",
      19525: "DELETE",
      21584: "OPTIONS",
      21569: "PATCH",
      18770: "gRPC",
      13361: "scgi",
    };
    for (const [size, word] of Object.entries(sizes))
      expect(logText(`invalid request block size: ${size} (max 4096)...skip`)).toContain(word);
    expect(logText("invalid request block size: 5349 (max 4096)...skip")).toContain("5349 bytes");
  });

  it("says nothing of lines that mean nothing", () => {
    expect(logText('127.0.0.1 - - [02/Jan/2026] "GET / HTTP/1.1" 200 12')).toBeUndefined();
    expect(logText("[uWSGI] getting INI configuration from app.ini")).toBeUndefined();
    expect(logText("x".repeat(1_000_000))).toBeUndefined();
  });

  it("takes an excerpt, each symptom once", () => {
    const text = logText(`${LINES[0]?.[0]}\n${LINES[0]?.[0]}\n${LINES[18]?.[0]}`) ?? "";
    expect(text.match(/\*\*(?:nginx|uWSGI) says/g)).toHaveLength(2);
  });
});
