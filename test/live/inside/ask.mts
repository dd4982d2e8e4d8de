/** What happens on the stage once all is up: requests through nginx, signals, commands. */
import { spawnSync } from "node:child_process";
import { type IncomingMessage, request as overHttp } from "node:http";
import { request as overTls } from "node:https";
import type { Answer, Request } from "../stage.ts";
import { ROOT } from "./root.mts";
import type { Service } from "./services.mts";

const LONGEST_ANSWER = 8000;

export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The answer, or undefined for what is no request or is not waited for. */
export async function ask(request: Request, services: readonly Service[]): Promise<Answer | undefined> {
  if (request.after) await pause(request.after);
  if (request.signal) {
    const pid = services[0]?.process.pid;
    if (pid) process.kill(pid, `SIG${request.signal}` as NodeJS.Signals);
    return undefined;
  }
  if (request.run) {
    spawnSync("chroot", [ROOT, "sh", "-c", request.run], { stdio: "ignore", timeout: 5000 });
    return undefined;
  }
  const answer = fetchOne(request);
  return request.background ? undefined : answer;
}

/** Redirects are not followed and nothing is kept open: one request, one connection. */
function fetchOne({ path, method = "GET", headers = {}, body, tls = false, to }: Request): Promise<Answer> {
  const from = Date.now();
  return new Promise((resolve) => {
    let head = "";
    const finish = (status: number, text: string, error?: Error): void =>
      resolve({ status, head, body: text.slice(0, 4000), milliseconds: Date.now() - from, ...(error ? { error: error.message } : {}) });
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const [host = "", port] = (to ?? `127.0.0.1:${tls ? 443 : 80}`).split(":");
    const target = { host, port, path, method, headers: { ...length, ...headers }, agent: false as const, timeout: LONGEST_ANSWER };
    const take = (response: IncomingMessage): void => {
      let text = "";
      head = Object.entries(response.headers).flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}\n`)).join("");
      response.setEncoding("utf8");
      response.on("data", (part: string) => (text += part));
      response.on("end", () => finish(response.statusCode ?? 0, text));
      response.on("error", (error) => finish(response.statusCode ?? 0, text, error));
    };
    const outgoing = tls ? overTls({ ...target, rejectUnauthorized: false }, take) : overHttp(target, take);
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer")));
    outgoing.on("error", (error) => finish(0, "", error));
    outgoing.end(body);
  });
}
