/** Configurations of several files made at random. */
import fc from "fast-check";
import { join, type Line, line } from "./lines";
import type { Files } from "./uwsgi";

export type Configuration = {
  readonly files: Files;
  readonly file: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The constructs in it. */
  readonly seen: readonly string[];
};

const blank = fc.constantFrom("", "", "", "  ", "\t", "\r");
const NEWLINES = ["\n", "\n", "\n", "\n", "\r\n", "\n\n"];

function text(heads: readonly string[], least: number, most: number): fc.Arbitrary<Line> {
  const padded = fc.tuple(blank, line, blank).map(([before, one, after]) => ({ text: before + one.text + after, seen: one.seen }));
  const lines = fc.array(padded, { minLength: least, maxLength: most, size: "max" });
  return fc
    .tuple(fc.constantFrom(...heads), lines, fc.constantFrom(...NEWLINES), fc.constantFrom("\n", "\n", ""))
    .map(([head, all, newline, wanted]) => {
      const whole = join(all, newline);
      // Behind a percent at the very end uWSGI reads memory that is not its own: anything may stand there.
      const end = whole.text.endsWith("%") ? "\n" : wanted;
      const seen = newline === "\r\n" ? [...whole.seen, "CRLF"] : whole.seen;
      return { text: head + newline + whole.text + end, seen: head.startsWith("\xef") ? [...seen, "BOM"] : seen };
    });
}

const uwsgi = Array.from({ length: 16 }, () => "[uwsgi]");
const main = text([...uwsgi, "before = 1\n[uwsgi]", "\xef\xbb\xbf[uwsgi]", "; c\n[uwsgi]", "[two]"], 2, 12);
const other = text(["[uwsgi]", "[uwsgi]", "[two]", "; nothing"], 0, 4);

const environment = fc.constantFrom<Readonly<Record<string, string>>>(
  {},
  {},
  {},
  { UWSGI_A: "fromenv" },
  { UWSGI_MY_KEY: "k", UWSGI_RELOADS: "0" },
  { UWSGI_B: "%(x)" },
);
const section = fc.constantFrom(...Array.from({ length: 20 }, () => ""), ":two", ":", ":zzz");

const OTHERS: Files = {
  "data.txt": "some data\n",
  "name.txt": "data.txt\n",
  "empty.txt": "",
  "list.txt": "one\ntwo words\r\n\nlast",
  "piece.txt": "[uwsgi]\ninjected = %n\n",
  "envdir/FOO": "bar \n",
  "envdir/EMPTY": "",
  "envdir/.hidden": "x",
};

export const configuration: fc.Arbitrary<Configuration> = fc
  .record({ main, base: other, inner: other, environment, section })
  .map((parts) => ({
    files: { "main.ini": parts.main.text, "base.ini": parts.base.text, "sub/inner.ini": parts.inner.text, ...OTHERS },
    file: `main.ini${parts.section}`,
    variables: { ONE: "1", EMPTY: "", REF: "%(a)", ...parts.environment },
    seen: [
      ...[parts.main, parts.base, parts.inner].flatMap((file) => file.seen),
      ...(parts.section ? ["section"] : []),
      ...(Object.keys(parts.environment).length ? ["UWSGI_ variable"] : []),
    ],
  }));
