/** Standard input as a text, of the size a file may have. */
import { readSync } from "node:fs";
import { MAX_FILE_BYTES } from "../../workspace/workspace";

const PORTION = 64 * 1024;

/** undefined when it cannot be read, or is larger than any configuration. */
export function readStdin(): string | undefined {
  const portions: Buffer[] = [];
  let length = 0;
  while (length <= MAX_FILE_BYTES) {
    const portion = Buffer.alloc(PORTION);
    const read = readPortion(portion);
    if (read === undefined) return undefined;
    if (read === 0) return Buffer.concat(portions).toString("utf8");
    portions.push(portion.subarray(0, read));
    length += read;
  }
  return undefined;
}

/** A pipe that is opened not to wait says EAGAIN while its writer thinks; Windows says EOF at the end. */
function readPortion(into: Buffer): number | undefined {
  for (;;) {
    try {
      return readSync(0, into, 0, into.length, null);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") return undefined;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
