// `--facts-from-machine` on a machine where the programs really fail: uWSGI says so, the command line sees why, and after the cure neither does.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const HAS_STAGE = (process.platform === "linux" && process.getuid?.() === 0) || process.env.CI !== undefined;
const cli = process.env.UWSGI_NGINX_CLI ?? fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

type Case = {
  readonly rule: string;
  /** Lines of /srv/shop/uwsgi.ini. */
  readonly ini: string;
  /** What else is made, in a shell. */
  readonly before?: string;
  readonly symptom: RegExp;
  readonly cure: string;
};

const CASES: readonly Case[] = [
  {
    rule: "unknown-user",
    ini: "socket = :3031\nuid = shpo",
    symptom: /user shpo not found/,
    cure: "sed -i s/shpo/www-data/ /srv/shop/uwsgi.ini",
  },
  {
    rule: "listen-queue",
    ini: "socket = :3031\nlisten = 9000",
    symptom: /Listen queue size is greater than the system max net\.core\.somaxconn/,
    cure: "sysctl -qw net.core.somaxconn=9000",
  },
  {
    rule: "bind-denied",
    ini: "uid = www-data\ngid = www-data\nsocket = /srv/shop/run/s",
    before: "mkdir /srv/shop/run",
    symptom: /bind\(\): Permission denied/,
    cure: "chown www-data /srv/shop/run",
  },
  {
    rule: "bind-denied",
    ini: "socket = /srv/shop/run/s",
    symptom: /bind\(\): No such file or directory/,
    cure: "mkdir /srv/shop/run",
  },
  {
    rule: "missing-path",
    ini: "socket = :3031\nlogto = /srv/shop/log/uwsgi.log",
    symptom: /open\("\S+log"\): No such file or directory/,
    cure: "mkdir /srv/shop/log",
  },
  {
    rule: "include-missing",
    ini: "socket = :3031\nini = /srv/shop/base.ini",
    symptom: /No such file or directory/,
    cure: "printf '[uwsgi]\\nworkers = 1\\n' > /srv/shop/base.ini",
  },
  {
    rule: "tyrant-root-file",
    ini: "emperor = /srv/shop/vassals\nemperor-tyrant = true",
    before: "mkdir /srv/shop/vassals; printf '[uwsgi]\\nmaster = true\\nsocket = :3031\\n' > /srv/shop/vassals/a.ini",
    symptom: /\[emperor-tyrant\] invalid permissions for vassal/,
    cure: "chown www-data:www-data /srv/shop/vassals/a.ini",
  },
];

/** In a machine of its own: what uWSGI says, and which findings there are without and with a look at the machine. */
function play({ ini, before = "" }: Case, cure: string): { readonly log: string; readonly blind: string; readonly seeing: string } {
  const check = `'${process.execPath}' '${cli}' check /srv/shop /etc/systemd/system --no-config --level hint`;
  const script = `
ip link set lo up
mount -t tmpfs -o mode=755 stage /srv
mount -t tmpfs -o mode=755 stage /etc/systemd/system
mkdir /srv/shop
printf '[uwsgi]\\nmaster = true\\n${ini.replaceAll("\n", "\\n")}\\n' > /srv/shop/uwsgi.ini
printf '[Service]\\nExecStart=/usr/bin/uwsgi --ini /srv/shop/uwsgi.ini\\nKillSignal=SIGQUIT\\n' > /etc/systemd/system/shop.service
${before}
${cure}
echo "=== blind"; ${check} 2>&1 || true
echo "=== seeing"; ${check} --facts-from-machine 2>&1 || true
echo "=== log"; timeout -s KILL 2 uwsgi --ini /srv/shop/uwsgi.ini 2>&1 || true
`;
  const words = ["--mount", "--net", "--pid", "--uts", "--ipc", "--fork", "--kill-child", "--mount-proc", "sh", "-e", "-c", script];
  const { stdout, stderr } = spawnSync("unshare", words, { encoding: "utf8", timeout: 25_000 });
  const part = (name: string): string => new RegExp(`^=== ${name}\\n([\\s\\S]*?)(?=^=== |(?![\\s\\S]))`, "m").exec(stdout)?.[1] ?? stderr;
  return { log: part("log"), blind: part("blind"), seeing: part("seeing") };
}

describe("facts from the machine", () => {
  test.skipIf(!HAS_STAGE).each(CASES)("$rule: $symptom", (one) => {
    const broken = play(one, "");
    expect(broken.log).toMatch(one.symptom);
    expect(broken.seeing).toContain(`[${one.rule}]`);
    expect(broken.blind).not.toMatch(new RegExp(`(?:error|warning): .*\\[${one.rule}\\]`));
    const cured = play(one, one.cure);
    expect(cured.log).not.toMatch(one.symptom);
    expect(cured.seeing).not.toContain(`[${one.rule}]`);
  });
});
