import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadNotes } from "../server/src/facts/notes";
import { optionOf, options } from "../server/src/facts/uwsgi";
import { checkValue, isChecked, kindsOfValues } from "../server/src/facts/uwsgi-values";
import { costOf } from "./support/cost";

/** `kind`, and the value to write instead. */
const judged = (name: string, value: string, version = "2.0.30"): string => {
  const problem = checkValue(name, value, version);
  return problem
    ? [problem.kind === "fatal" ? `fatal ${problem.when}` : problem.kind, ...(problem.fix ? [problem.fix.value] : [])].join(" → ")
    : "fine";
};

describe("values", () => {
  test.each([
    ["master", "true", "fine"],
    ["master", "", "fine"],
    ["master", '"false"', "misread → false"],
    ["master", "disabled", "misread → false"],
    ["vacuum", "sometimes", "odd → true"],
    ["processes", "4", "fine"],
    ["processes", "-1", "fatal read"],
    ["processes", "'2'", "misread → 2"],
    ["processes", "auto", "misread"],
    ["processes", "4 ; four", "odd → 4"],
    ["harakiri", "30s", "odd → 30"],
    ["harakiri", "5m", "misread → 300"],
    ["harakiri", "false", "fine"],
    ["buffer-size", "32k", "misread → 32768"],
    ["buffer-size", "65536", "misread → 65535"],
    ["limit-as", "512M", "fine"],
    ["limit-as", "1G", "misread → 1024"],
    ["limit-as", "536870912", "misread → 512"],
    ["max-requests", "-1", "misread"],
    ["chmod-socket", "660", "fine"],
    ["chmod-socket", "1", "fine"],
    ["chmod-socket", "0660", "fatal read → 660"],
    ["chmod-socket", "rw-rw----", "fatal read → 660"],
    ["chmod-socket", "", "fatal read"],
    ["logfile-chmod", "0644", "fatal read → 644"],
    ["umask", "022", "fine"],
    ["umask", "0022", "fine"],
    ["umask", "22", "misread → 022"],
    ["umask", "0o022", "misread → 022"],
    ["socket", ":3031", "fine"],
    ["socket", "127.0.0.1:3031", "fine"],
    ["socket", "[::1]:3031", "fine"],
    ["socket", "/run/app.sock", "fine"],
    ["socket", "@app", "fine"],
    ["socket", "=0", "fine"],
    ["socket", "", "fatal read"],
    ["socket", "unix:/run/app.sock", "misread → /run/app.sock"],
    ["socket", "unix:///run/app.sock", "misread → /run/app.sock"],
    ["socket", "http://127.0.0.1:80", "misread → 127.0.0.1:80"],
    ["socket", "3031", "misread → :3031"],
    ["socket", "127.0.0.1", "misread"],
    ["socket", "::1:3031", "misread → [::1]:3031"],
    ["socket", "/run/app.sock:666", "misread → /run/app.sock"],
    ["socket", "/run/app.sock ; comment", "misread → /run/app.sock"],
    ["socket", "127.0.0.1:99999", "misread"],
    ["socket", `/${"x".repeat(110)}`, "fatal start"],
    ["https-socket", ":443,a.crt", "fatal read"],
    ["cron", "0 5 -1 -1 -1 ls", "fine"],
    ["cron", "*/5 * * * * ls -l", "fatal read → -5 -1 -1 -1 -1 ls -l"],
    ["cron", "1-5 * * * * ls", "fatal read"],
    ["cron", "0 24 -1 -1 -1 ls", "misread"],
    ["cron", "0 5 1 -1 1 ls", "odd"],
    ["cron2", "minute=-5,hour=2 ls", "fine"],
    ["cron2", "minute=*/5 ls", "misread"],
    ["cron2", "minutes=5 ls", "misread"],
    ["cron2", "minute=5", "fatal read"],
    ["cache2", "name=c,items=10", "fine"],
    ["cache2", "name=c, items=10", "fatal start"],
    ["cache2", "name=c,items=10,block_size=3", "misread"],
    ["attach-daemon2", "freq=3", "fatal read"],
    ["for-times", "3", "fine"],
    ["for-times", "%(workers)", "fine"],
    ["for-times", "many", "misread"],
    ["blacklist", "chdir uid", "fine"],
    ["blacklist", "chdir, uid", "misread → chdir uid"],
    ["if-file", "/srv/app/flag", "fine"],
    ["if-file", '"/srv/app/flag"', "misread → /srv/app/flag"],
    ["if-exists", "~/flag", "misread"],
    ["allowed-modifiers", "0,30", "fine"],
    ["allowed-modifiers", "0,psgi", "misread"],
    ["remap-modifier", "0:30,5:9", "fine"],
    ["remap-modifier", "0", "misread"],
    ["remap-modifier", "0:300", "fatal start"],
    ["reload-on-fd", "3:8 ready", "fine"],
    ["reload-on-fd", "stdin", "misread"],
    ["alarm-fd", "mail 3:8 ready", "fine"],
    ["alarm-fd", "mail 3", "fatal depends"],
    ["cgroup-opt", "cpu.shares=5", "fine"],
    ["cgroup-opt", "cpu.shares", "fatal depends"],
    ["add-cache-item", "pages key=value", "fine"],
    ["add-cache-item", "pages key", "misread"],
    ["touch-exec", "/srv/app/flag ls", "fine"],
    ["touch-exec", "/srv/app/flag", "misread"],
    ["resolve", "host=example.org", "fine"],
    ["resolve", "host", "fatal read"],
    ["tuntap-router-firewall-in", "deny 10.0.0.1/32 0.0.0.0/0", "fine"],
    ["tuntap-router-firewall-in", "deny", "fine"],
    ["tuntap-router-firewall-in", "deny 10.0.0.1", "misread"],
    ["tuntap-router-firewall-in", "deny x y", "fatal read"],
    ["tuntap-router-firewall-in", "reject 10.0.0.1 10.0.0.2", "misread"],
    ["route", "^/x last:", "fine"],
    ["route", "^/x last", "fatal read"],
    ["route", "^/x lasst:", "fatal read"],
    ["route", "^/(x last:", "fatal start"],
    ["route-if", "equal:${X};y goto:z", "fine"],
    ["route-if", "equals:${X};y goto:z", "fatal read"],
    ["route-run", "redirect:/x", "fine"],
    ["static-map", "/x=/srv", "fine"],
    ["static-map", "/x", "fatal read"],
    ["static-map", "/x = /srv", "misread → /x=/srv"],
    ["static-expires", "/x.* 3600", "fine"],
    ["static-expires", "/x", "fatal read"],
    ["log-route", "main ^/[a", "fatal read"],
    ["logger", "main syslog:x", "fine"],
    ["logger", "nope:x", "fatal start"],
    ["protocol", "fastcgi", "fine"],
    ["protocol", "ftp", "fatal start"],
    ["loop", "gevent", "fine"],
    ["cheaper-algo", "spare2", "misread"],
    ["lock-engine", "ipcsem", "fine"],
    ["lock-engine", "x", "fatal start"],
    ["unshare", "ipc,nett", "fatal read"],
    ["cap", "cap_net_admin", "fatal read"],
    ["uid", "www-data", "fine"],
    ["uid", "0", "fatal depends → root"],
    ["uid", "a:b", "fatal depends → a"],
    ["chown-socket", "a.b", "odd → a:b"],
    ["env", "A=b", "fine"],
    ["env", "A = b", "misread → A=b"],
    ["hook-post-app", "exec:ls", "fine"],
    ["hook-post-app", "nope:ls", "fatal start"],
    ["emperor", "glob:///etc/x", "fine"],
    ["emperor", "redis://x", "misread"],
    ["wsgi-file", '"app.py"', "misread → app.py"],
    ["logto", "/var/log/x.log ; rotate", "misread → /var/log/x.log"],
    ["chdir", "~/app", "misread"],
    ["mount", "/app", "fatal start"],
    ["collect-header", "X-Token", "fatal start"],
    ["http-uid", "0", "fatal read → root"],
    ["vassal-set", "x", "fatal depends"],
    ["hook-as-emperor", "nope:ls", "fatal depends"],
    ["zeromq", "tcp://10.0.0.1:9999,tcp://10.0.0.1:9998", "fine"],
    ["cron", "99999", "fatal read"],
    ["some-placeholder", "0660", "fine"],
  ])("%s = %s", (name, value, expected) => {
    expect(judged(name, value)).toBe(expected);
  });

  test("differ between versions", () => {
    expect(judged("buffer-size", "100000", "2.1-dev")).toBe("fine");
    expect(judged("cheaper-algo", "spare2", "2.1-dev")).toBe("fine");
  });

  test("any text can be judged, quickly", () => {
    const text = fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: fc.constantFrom(..."([{*+?|\\=,:; 1ax-"), maxLength: 200 }));
    const checked = options().filter((option) => isChecked(option, "2.0.30"));
    fc.assert(
      fc.property(fc.constantFrom(...checked), text, (option, value) => {
        expect(costOf(() => void checkValue(option.name, value, "2.0.30"))).toBeLessThan(1_000);
      }),
      { numRuns: 3000 },
    );
  });

  test("nothing is wrong with the examples of our own texts", async () => {
    const notes = await loadNotes();
    const wrong: string[] = [];
    for (const option of options())
      for (const line of (notes.options.get(option.name)?.example ?? "").split("\n")) {
        const [, key = "", value = ""] = /^([\w-]+) *= *(.*?) *$/.exec(line) ?? [];
        const problem = /[%$@]\(/.test(value) ? undefined : checkValue(key, value.replaceAll("%%", "%"), "2.0.30");
        if (problem && problem.kind !== "odd") wrong.push(`${line}: ${problem.message}`);
      }
    expect(wrong).toEqual([]);
  });

  test("most options are covered", () => {
    const current = options().filter((option) => option.versions.includes("2.0.30"));
    const covered = current.filter((option) => isChecked(option, "2.0.30"));
    console.log(`values: ${kindsOfValues()} kinds, ${covered.length} of ${current.length} options`);
    expect(current.length).toBe(1261);
    expect(covered.length).toBeGreaterThan(1130);
    expect(kindsOfValues()).toBeGreaterThan(85);
  });
});

test("the catalogue is well-formed", () => {
  expect(options().length).toBe(1335);
  for (const option of options()) {
    expect(option.name, option.name).toMatch(/^[a-z0-9_-]+$/i);
    expect(["required", "none", "optional"]).toContain(option.arg);
    expect(option.source).toMatch(/^[\w/.-]+:\d+$/);
    expect(option.versions.length).toBeGreaterThan(0);
    if (option.aliasOf) expect(optionOf(option.aliasOf), option.name).toBeDefined();
  }
});
