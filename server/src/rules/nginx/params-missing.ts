import { paramLevels, paramsOf } from "../../stack/params";
import { t } from "../../text/l10n";
import { fixes, inFile, insertLine, replace, suggest } from "../edits";
import { rule } from "../rule";
import { brokenRequests } from "../words";

/** Without these no framework answers. */
const NEEDED = ["REQUEST_METHOD", "PATH_INFO", "QUERY_STRING"] as const;

export const paramsMissing = rule({
  id: "params-missing",
  title: "uwsgi_pass without the variables of the request",
  why: "nginx sends only what `uwsgi_param` names. Without `include uwsgi_params;` the application gets no method and no path: a plain one answers every URL alike, Flask and Django end with `KeyError: 'REQUEST_METHOD'` and 502. `fastcgi_params`, `scgi_params` and `proxy_params` are for other modules.",
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/ngx_http_uwsgi_module.html#uwsgi_param",
  examples: [
    { files: { "nginx/app.conf": "server {\n  location / {\n    uwsgi_pass 127.0.0.1:3031;\n  }\n}\n" }, finds: ["nginx/app.conf:3"] },
    {
      files: { "nginx/app.conf": "server {\n  location / {\n    include fastcgi_params;\n    uwsgi_pass 127.0.0.1:3031;\n  }\n}\n" },
      finds: ["nginx/app.conf:4"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const pass of stack.passesOf(document)) {
      if (pass.protocol !== "uwsgi" && pass.protocol !== "suwsgi") continue;
      const nearest = paramsOf(workspace, document, pass.nested);
      if (nearest && (!nearest.known || NEEDED.some((name) => nearest.names.has(name)))) continue;
      const levels = paramLevels(workspace, document, pass.nested);
      // Fewer than all are inherited past a block that sets some: another rule says so.
      if (nearest && levels.some((each) => each !== nearest && NEEDED.some((name) => each.names.has(name)))) continue;
      const foreign = levels.flatMap((each) => each.foreign)[0];
      const word = foreign?.args[0];
      const inside = word !== undefined && pass.nested.parent?.directive.body?.includes(foreign as NonNullable<typeof foreign>) === true;
      yield {
        severity: brokenRequests(stack),
        span: pass.nested.directive.span,
        message: `${lackWords(nearest !== undefined, word?.text)} ${t`The application gets no REQUEST_METHOD and no PATH_INFO. Add include uwsgi_params;.`}`,
        fixes: fixes(
          inside && word
            ? suggest(t`Include uwsgi_params instead`, inFile(document.uri, replace(word.span, "uwsgi_params")))
            : suggest(
                t`Add include uwsgi_params;`,
                inFile(document.uri, insertLine(document, pass.nested.directive.span, "include uwsgi_params;", "before")),
              ),
        ),
      };
    }
  },
});

function lackWords(some: boolean, foreign: string | undefined): string {
  if (foreign === undefined)
    return some ? t`nginx passes too few request variables to uWSGI here.` : t`nginx passes no request variables to uWSGI here.`;
  return some
    ? t`nginx passes too few request variables to uWSGI here: ${foreign} is for another module.`
    : t`nginx passes no request variables to uWSGI here: ${foreign} is for another module.`;
}
