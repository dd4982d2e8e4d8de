/** Says on a terminal how far long work is; short work, and work nobody looks at, is silent. */

const SILENT_MS = 1_000;
const BETWEEN_MS = 100;
const TICKS_BETWEEN = 16;

export type Progress = {
  /** Something new begins, of so many parts when that is known. */
  begin(what: string, parts?: number): void;
  /** One part more is done. */
  tick(): void;
  /** Takes the words away again. */
  end(): void;
};

type Terminal = { readonly isTTY?: boolean; write(text: string): unknown };

export function progressOn(terminal: Terminal, now: () => number = Date.now): Progress {
  const silent = terminal.isTTY !== true || process.env.TERM === "dumb";
  const from = now();
  let shown = 0;
  let words = "";
  let total: number | undefined;
  let done = 0;
  const show = (): void => {
    const time = now();
    if (silent || time - from < SILENT_MS || time - shown < BETWEEN_MS) return;
    shown = time;
    const count = total === undefined ? (done > 0 ? ` ${done}` : "") : ` ${done} of ${total}`;
    terminal.write(`\r\u001b[K${words}${count} …`);
  };
  return {
    begin(what, parts) {
      words = what;
      total = parts;
      done = 0;
      show();
    },
    tick() {
      if (++done % TICKS_BETWEEN === 0) show();
    },
    end() {
      if (shown > 0) terminal.write("\r\u001b[K");
      shown = 0;
    },
  };
}
