// A server on a pipe, spoken to in bytes: for everything a well-behaved client would never send.
import { type ChildProcess, spawn } from "node:child_process";

export type Message = {
  readonly id?: number | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
};

export type Wire = {
  readonly process: ChildProcess;
  readonly received: readonly Message[];
  /** The exit code or signal. */
  readonly ended: Promise<number | string>;
  bytes(text: string | Uint8Array): void;
  send(...messages: readonly unknown[]): void;
  /** The first message, come or coming, that fits. Fails when the server ends. */
  next(what: string, fits: (message: Message) => boolean): Promise<Message>;
  answer(id: number): Promise<Message>;
  /** Sends a request that any living server answers. */
  isAlive(): Promise<void>;
  kill(): Promise<void>;
};

export const framed = (message: unknown): string => {
  const text = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};

let probes = 100_000;

export function wire(script: string, ...args: readonly string[]): Wire {
  const child = spawn(process.execPath, [script, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  const received: Message[] = [];
  const waiting = new Set<() => void>();
  let pending = Buffer.alloc(0);
  let stderr = "";
  let end: number | string | undefined;
  const tell = (): void => {
    for (const one of [...waiting]) one();
  };
  child.stderr.on("data", (part) => {
    stderr += part;
  });
  child.stdin.on("error", () => {});
  child.stdout.on("data", (part) => {
    pending = Buffer.concat([pending, part]);
    for (let head = pending.indexOf("\r\n\r\n"); head >= 0; head = pending.indexOf("\r\n\r\n")) {
      const length = Number(/Content-Length: (\d+)/.exec(pending.toString("utf8", 0, head))?.[1]);
      if (pending.length < head + 4 + length) break;
      received.push(JSON.parse(pending.toString("utf8", head + 4, head + 4 + length)));
      pending = pending.subarray(head + 4 + length);
    }
    tell();
  });
  const ended = new Promise<number | string>((done) =>
    child.once("exit", (code, signal) => {
      end = code ?? signal ?? "?";
      done(end);
      tell();
    }),
  );
  const next = (what: string, fits: (message: Message) => boolean): Promise<Message> =>
    new Promise((done, fail) => {
      const look = (): void => {
        const found = received.find(fits);
        if (!found && end === undefined) return;
        waiting.delete(look);
        if (found) done(found);
        else fail(new Error(`${what}: the server ended with ${end}: ${stderr.slice(0, 500)}`));
      };
      waiting.add(look);
      look();
    });
  const answer = (id: number): Promise<Message> => next(`answer ${id}`, (message) => message.id === id && message.method === undefined);
  const send = (...messages: readonly unknown[]): void => void child.stdin.write(messages.map(framed).join(""));
  return {
    process: child,
    received,
    ended,
    bytes: (text) => void child.stdin.write(text),
    send,
    next,
    answer,
    async isAlive() {
      const id = ++probes;
      send({ jsonrpc: "2.0", id, method: "workspace/symbol", params: { query: "" } });
      const { error } = await answer(id);
      if (error) throw new Error(error.message);
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

export const request = (id: unknown, method: string, params?: unknown) => ({ jsonrpc: "2.0", id, method, params });
export const notification = (method: string, params?: unknown) => ({ jsonrpc: "2.0", method, params });

/** A server after the greetings, on no folder. */
export async function greeted(script: string, params: object = {}): Promise<Wire> {
  const server = wire(script, "--stdio");
  server.send(request(1, "initialize", { processId: null, rootUri: null, capabilities: {}, ...params }));
  await server.answer(1);
  server.send(notification("initialized", {}));
  return server;
}
