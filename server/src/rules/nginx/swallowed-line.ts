import { directivesNamed } from "../../facts/nginx";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";
import { inEachReading, statementsOf } from "./scope";

export const swallowedLine = rule({
  id: "swallowed-line",
  title: "A missing semicolon makes the next line an argument",
  why: "Without the semicolon nginx reads the next directive as further arguments. Where the first one takes any number of them, as `server_name` and `index` do, nginx accepts the file: the second directive is simply gone.",
  severity: "warning",
  languages: ["nginx"],
  examples: [
    {
      files: {
        "shop.conf": "server {\n  listen 80;\n  server_name shop.example.com\n  root /srv/shop;\n  index index.html\n    index.htm;\n}\n",
      },
      finds: ["shop.conf:3"],
    },
    {
      title: "words of one directive, a line each",
      files: {
        "shop.conf":
          "server {\n  listen 443\n    ssl\n    http2\n    default_server;\n  proxy_next_upstream error\n    timeout\n    http_502;\n  ssl_certificate a.pem;\n  ssl_certificate_key a.key;\n}\n",
      },
      finds: [],
    },
  ],
  check: (document, context) =>
    inEachReading(document, context, function* (reading) {
      for (const it of statementsOf(document, reading)) {
        const { args, name, span } = it.directive;
        // Of `listen` the reader itself knows which words are its own.
        if (
          !it.fact ||
          name.text === "listen" ||
          args.length < 3 ||
          !document.text.slice(name.span.start, args.at(-1)?.span.end ?? span.end).includes("\n")
        )
          continue;
        const at = args.findIndex((word, index) => {
          const before = args[index - 1];
          const own = index > 0 && before && !word.quote && document.text.slice(before.span.end, word.span.start).includes("\n");
          const fits = (count: number) =>
            directivesNamed(word.text).some(
              (fact) =>
                !fact.block &&
                fact.contexts.some((one) => one === it.block.context) &&
                ("least" in fact.args ? count >= fact.args.least : fact.args.includes(count)),
            );
          return own && fits(args.length - index - 1);
        });
        const word = args[at];
        const before = args[at - 1];
        if (!word || !before) continue;
        const end = before.span.end;
        yield {
          span: { start: before.span.start, end },
          message: t`A semicolon is missing here: "${word.text}" on the next line is read as an argument of ${name.text} and has no effect.`,
          related: [{ uri: document.uri, span: word.span, message: t`not read as a directive` }],
          fixes: fixes(suggest(t`Add the semicolon`, inFile(document.uri, replace({ start: end, end }, ";")))),
        };
      }
    }),
});
