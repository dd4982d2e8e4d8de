/** `uwsgi-nginx`: the command line. */
import { check } from "./check";
import { explain } from "./explain";
import { serve } from "./server";
import { showConfig } from "./show-config";
import { topology } from "./topology";

const USAGE = `usage: uwsgi-nginx check [PATH…] [--format text|json|sarif|github] [--fix [--dry-run]] [--level error|warning|info|hint] [--facts FILE]
       uwsgi-nginx show-config FILE[:SECTION]
       uwsgi-nginx topology [PATH…] [--format mermaid|dot|json|svg]
       uwsgi-nginx explain RULE|OPTION|DIRECTIVE|"LOG LINE"
       uwsgi-nginx lsp --stdio
`;

const io = {
  out: (text: string | Uint8Array): void => void process.stdout.write(text),
  err: (text: string): void => void process.stderr.write(text),
};
const [command, ...argv] = process.argv.slice(2);

async function run(): Promise<number | undefined> {
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
      serve(argv);
      return undefined;
    case "--help":
    case "-h":
    case "help":
      io.out(USAGE);
      return 0;
    default:
      io.err(USAGE);
      return 2;
  }
}

void run().then((code) => {
  if (code !== undefined) process.exitCode = code;
});
