/** The first process of the private machine: reads the stage from stdin, plays it, prints the outcome. Its end ends all others. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import type { Answer, Outcome, Stage } from "../stage.ts";
import { ask, pause } from "./ask.mts";
import { build, ROOT } from "./root.mts";
import { type Service, settled, start, startNginx } from "./services.mts";

const stage = JSON.parse(await text(process.stdin)) as Stage;
build(stage);
const services = start(stage);
const nginxRuns = (await Promise.all([startNginx(), settled(services, stage.patience)]))[0];
const answers = nginxRuns ? await askAll() : [];
const log = (path: string): string => (existsSync(`${ROOT}${path}`) ? readFileSync(`${ROOT}${path}`, "utf8").slice(-20_000) : "");
const outcome: Outcome = {
  nginxRuns,
  nginxLog: log("/var/log/nginx/stderr.log") + log("/var/log/nginx/error.log"),
  uwsgiLog: services.map((service) => log(service.log) + endOf(service)).join(""),
  answers,
  sockets: execFileSync("find", [ROOT, "-xdev", "-type", "s", "-ls"], { encoding: "utf8" }),
};
process.stdout.write(JSON.stringify(outcome), () => process.exit(0));

/** What a service manager would note in the journal. */
function endOf({ name, process: { exitCode, signalCode } }: Service): string {
  return exitCode === null && signalCode === null ? "" : `${name}.service: the main process ended with ${signalCode ?? exitCode}\n`;
}

/** Asks everything in order; the last request again and again while the wanted status may still come. */
async function askAll(): Promise<Answer[]> {
  const deadline = Date.now() + stage.patience;
  const answers: Answer[] = [];
  for (const request of stage.requests) {
    const answer = await ask(request, services);
    if (answer) answers.push(answer);
  }
  const last = stage.requests.at(-1);
  while (last && stage.until && answers.at(-1)?.status !== stage.until && Date.now() < deadline) {
    await pause(100);
    const answer = await ask(last, services);
    if (answer) answers.push(answer);
  }
  return answers;
}
