/** Around every handler: what throws is written to the log and answered with nothing, so that no input can take the server down. */
import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";

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

export function fence(log: Log): Fence {
  const tell = (name: string, error: unknown): void =>
    log.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return {
    answer: (name, empty, handle) => async (params, token) => {
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
      try {
        await handle(params);
      } catch (error) {
        tell(name, error);
      }
    },
  };
}
