/** `uwsgi-nginx`: the command line. */
import { didYouMean } from "../../facts/near";
import { startServer } from "../../lsp/server";
import { check } from "./check";
import { COMMANDS, help } from "./commands";
import { explain } from "./explain";
import { serve } from "./server";
import { showConfig } from "./show-config";
import { topology } from "./topology";
import { VERSION } from "./version";

const io = {
  out: (text: string | Uint8Array): void => void process.stdout.write(text),
  err: (text: string): void => void process.stderr.write(text),
};

/** Whoever reads may stop reading (`| head`): that is no failure, and nobody is left to be told. */
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

/** Behind `explain` stand words of others: only the first may be ours. */
function asksForHelp(command: string, argv: readonly string[]): boolean {
  const words = command === "explain" ? argv.slice(0, 1) : argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  return words.includes("--help") || words.includes("-h");
}

/** Older ones lack parts of the language that the engine is written in: findings would be missing without a word. */
const OLDEST_NODE = 22;

async function run([command, ...argv]: readonly string[]): Promise<number | undefined> {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    io.err(`uwsgi-nginx: Node ${OLDEST_NODE} or newer is needed, this is ${process.versions.node}\n`);
    return 2;
  }
  const [first] = argv;
  if (command === "help" || command === "--help" || command === "-h") {
    io.out(help(first));
    return first === undefined || Object.hasOwn(COMMANDS, first) ? 0 : 2;
  }
  if (command === "--version" || command === "-V" || command === "version") {
    io.out(`uwsgi-nginx ${VERSION}\n`);
    return 0;
  }
  if (command !== undefined && Object.hasOwn(COMMANDS, command) && asksForHelp(command, argv)) {
    io.out(help(command));
    return 0;
  }
  switch (command) {
    case "check":
      return check(argv, io);
    case "show-config":
      return showConfig(argv, io);
    case "topology":
      return topology(argv, io);
    case "explain":
      return explain(argv, io);
    case "lsp":
      serve(argv, startServer);
      return undefined;
    default:
      if (command !== undefined) io.err(`uwsgi-nginx: unknown command ${command}${didYouMean(command, Object.keys(COMMANDS))}\n`);
      io.err(help());
      return 2;
  }
}

void run(process.argv.slice(2)).then((code) => {
  if (code !== undefined) process.exitCode = code;
});
