import { nginxSetting, nginxSize } from "../../stack/nginx-setting";
import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";

const MOST = 65535;

export const requestOver64k = rule({
  id: "request-over-64k",
  title: "More than 65535 bytes of request variables do not fit the uwsgi protocol",
  why: "The length of a uwsgi request is a 16 bit number. When the variables of a request need more, nginx answers 500 and logs `uwsgi request is too big: N`, whatever `buffer-size` says. Header buffers that allow more are only useful for HTTP proxying.",
  severity: "info",
  languages: ["nginx"],
  needs: ["large_client_header_buffers"],
  examples: [
    {
      files: {
        "nginx/app.conf":
          "large_client_header_buffers 16 512k;\nserver {\n  location / {\n    include uwsgi_params;\n    uwsgi_pass 127.0.0.1:3031;\n  }\n}\n",
      },
      finds: ["nginx/app.conf:1"],
    },
  ],
  *check(document, { stack }) {
    for (const pass of stack.passesOf(document)) {
      if (pass.protocol !== "uwsgi") continue;
      const limit = nginxSetting(stack, document, pass.nested, "large_client_header_buffers");
      const size = nginxSize(limit?.directive.args[1]?.text);
      const count = Number(limit?.directive.args[0]?.text);
      if (limit?.document !== document || size === undefined || !(count * size > MOST) || size <= 16384) continue;
      yield {
        span: limit.directive.span,
        message: t`These buffers take ${count * size} bytes of headers, but the uwsgi protocol carries ${MOST} at most: nginx answers 500 (uwsgi request is too big). Keep them below 64k, or pass such requests by HTTP.`,
        fixes: fixes(
          suggest(
            t`Back to the default: 4 8k`,
            inFile(document.uri, ...limit.directive.args.slice(0, 2).map((word, index) => replace(word.span, index === 0 ? "4" : "8k"))),
          ),
        ),
      };
    }
  },
});
