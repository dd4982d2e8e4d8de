/** Around every handler: what throws is written to the log and answered with nothing, so that no input can take the server down. */
import { type CancellationToken, LSPErrorCodes, ResponseError } from "./protocol";

export type Log = { error(message: string): void };

export type Fence = {
  /** All analysis is synchronous, so a cancelled request is looked at once: before it starts. */
  answer<P, R>(
    name: string,
    empty: R,
    handle: (params: P) => R | Promise<R>,
  ): (params: P, token: CancellationToken) => Promise<R | ResponseError<void>>;
  take<P>(name: string, handle: (params: P) => void | Promise<void>): (params: P) => Promise<void>;
};

/** What failed and where in this program. Not what the error says: it may quote a file, files hold passwords, and logs are sent around. */
export function whereOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at \S/.test(line) && /:\d+:\d+\)?$/.test(line));
  return [error.constructor.name, ...frames.slice(0, 10)].join("\n");
}

/** `refusal`: why nothing can be asked now, if so. */
export function fence(log: Log, refusal: () => ResponseError<void> | undefined = () => undefined): Fence {
  const tell = (name: string, error: unknown): void => log.error(`${name}: ${whereOf(error)}`);
  return {
    answer: (name, empty, handle) => async (params, token) => {
      const refused = refusal();
      if (refused) return refused;
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
      try {
        return await handle(params);
      } catch (error) {
        if (error instanceof ResponseError) return error; // said on purpose
        tell(name, error);
        return empty;
      }
    },
    take: (name, handle) => async (params) => {
      if (refusal()) return;
      try {
        await handle(params);
      } catch (error) {
        tell(name, error);
      }
    },
  };
}
