/** Every way in which we say that uWSGI refuses a value, asked of uWSGI: one option and value for each. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { type Option, options } from "../../server/src/facts/uwsgi";
import { checkValue } from "../../server/src/facts/uwsgi-values";
import { localMachine } from "../../server/src/host/node/local-machine";
import { environmentOf, inSandbox } from "./uwsgi";

const VALUES = [
  "",
  "x",
  "-1",
  "0",
  "a b",
  "a:b",
  "x:y z",
  "a=b",
  "0660",
  "^/(a x:y",
  "^/(a last:",
  "m (y",
  "name=a",
  "*/5 * * * * ls",
  "deny x y",
  "0:300",
];

/** Debian's names of plugins, with what they need. */
const PLUGINS: Readonly<Record<string, string>> = {
  python: "python3",
  asyncio: "python3,asyncio_python3",
  gevent: "python3,gevent_python3",
  tornado: "python3,tornado_python3",
};
const FOLDER = "/usr/lib/uwsgi/plugins";
const pluginsFor = ({ plugin }: Option): string => PLUGINS[plugin] ?? plugin;
const isHere = (option: Option): boolean =>
  option.plugin === "core" ||
  pluginsFor(option)
    .split(",")
    .every((name) => existsSync(`${FOLDER}/${name}_plugin.so`));
/** They load nothing that they need, or only what another build has. */
const ELSEWHERE = /^(?:gccgo|mongrel2|jvm|ring|rados|glusterfs)$/;

type Sample = { readonly option: Option; readonly value: string; readonly when: string };

/** The first value for each of our sentences about each kind of option. */
function samples(version: string): readonly Sample[] {
  const found = new Map<string, Sample>();
  for (const option of options().filter((one) => one.versions.includes("2.0.21") && isHere(one) && !ELSEWHERE.test(one.plugin)))
    for (const value of VALUES) {
      const problem = checkValue(option.name, value, version);
      if (problem?.kind !== "fatal" || problem.when === "depends" || !problem.when) continue;
      const kind = `${option.callback} ${option.subtype ?? ""} ${problem.message.replace(/`[^`]*`/g, "").slice(0, 40)}`;
      if (!found.has(kind)) found.set(kind, { option, value, when: problem.when });
    }
  return [...found.values()];
}

function refuses({ option, value, when }: Sample): Promise<boolean> {
  const load = option.plugin === "core" ? "" : `plugin = ${pluginsFor(option)}\n`;
  const ini = `[uwsgi]\n${load}socket = a.sock\n${option.name} = ${value}\n`;
  const stop = when === "read" ? ["--hook-asap", "exit:0"] : [];
  return inSandbox({ "a.ini": ini }, (folder) => {
    const child = spawn("uwsgi", [...stop, "--ini", "a.ini"], { cwd: folder, env: environmentOf({}), stdio: "ignore" });
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    return new Promise((resolve) => {
      child.on("close", (code) => {
        clearTimeout(timer);
        resolve(code !== null && code !== 0);
      });
    });
  });
}

test("values that uWSGI refuses", { timeout: 300_000 }, async () => {
  const all = samples(localMachine().version ?? "2.0.21");
  const taken: string[] = [];
  const waiting = [...all];
  const work = async (): Promise<void> => {
    for (let one = waiting.pop(); one; one = waiting.pop()) if (!(await refuses(one))) taken.push(`${one.option.name} = ${one.value}`);
  };
  await Promise.all([work(), work()]);
  console.log(`values that uWSGI refuses: ${all.length - taken.length} of ${all.length}`);
  expect(taken).toEqual([]);
  expect(all.length).toBeGreaterThan(90);
});
