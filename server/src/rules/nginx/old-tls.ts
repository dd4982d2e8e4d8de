import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";
import { headOf, inEachReading, statementsOf } from "./scope";

const BROKEN = new Set(["SSLV2", "SSLV3"]);
const OLD = new Set(["TLSV1", "TLSV1.1"]);

export const oldTls = rule({
  id: "old-tls",
  title: "Outdated versions of TLS are allowed",
  why: "SSLv2 and SSLv3 are broken, TLS 1.0 and 1.1 were withdrawn in 2021 (RFC 8996) and no current browser speaks them. With OpenSSL 3 they do not even work at the usual security level.",
  severity: "info",
  languages: ["nginx"],
  needs: ["ssl_protocols"],
  link: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols",
  examples: [
    {
      files: {
        "shop.conf":
          "server {\n  listen 80;\n  ssl_protocols TLSv1 TLSv1.1 TLSv1.2;\n  return 204;\n}\nserver {\n  listen 81;\n  ssl_protocols TLSv1.2 TLSv1.3;\n  return 204;\n}\n",
      },
      finds: ["shop.conf:3"],
    },
  ],
  check: (document, context) =>
    inEachReading(document, context, function* (reading) {
      for (const it of statementsOf(document, reading, "ssl_protocols")) {
        const { args } = it.directive;
        const broken = args.filter((word) => BROKEN.has(word.text.toUpperCase()));
        const old = args.filter((word) => OLD.has(word.text.toUpperCase()));
        const [first] = args;
        const last = args.at(-1);
        if (broken.length + old.length === 0 || !first || !last) continue;
        const kept = args.filter((word) => !broken.includes(word) && !old.includes(word)).map((word) => word.text);
        const right = [...new Set([...kept, "TLSv1.2", "TLSv1.3"])].join(" ");
        const names = [...broken, ...old].map((word) => word.text).join(", ");
        const outdated = broken.length + old.length > 1 ? t`${names} are outdated` : t`${names} is outdated`;
        yield {
          span: headOf(it),
          ...(broken.length > 0 ? { severity: "warning" as const } : {}),
          message:
            broken.length > 0
              ? t`${outdated}: the encryption is broken. Allow TLSv1.2 and TLSv1.3.`
              : t`${outdated}: no current browser needs it. Allow TLSv1.2 and TLSv1.3.`,
          fixes: fixes(suggest(t`Write ${right}`, inFile(document.uri, replace({ start: first.span.start, end: last.span.end }, right)))),
        };
      }
    }),
});
