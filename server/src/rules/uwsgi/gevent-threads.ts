import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { removeOption } from "../option-edits";
import { rule } from "../rule";

export const geventThreads = rule({
  id: "gevent-threads",
  title: "gevent and threads do not go together",
  why: "The gevent loop serves requests in greenlets of one thread; with `threads` uWSGI crashes or hangs. More concurrency comes from the number given to `gevent`.",
  severity: "warning",
  languages: ["uwsgi"],
  needs: ["gevent"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Gevent.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\ngevent = 100\nthreads = 4\n" }, finds: ["app.ini:4"] }],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      const threads = instance.last("threads");
      if (instance.all("gevent").length === 0 || threads?.origin?.uri !== document.uri || (instance.number("threads") ?? 0) < 2) continue;
      yield {
        span: threads.origin.span,
        message: t`threads does not work with gevent: crashes and hangs. Remove it; the number of greenlets is the value of gevent.`,
        fixes: fixes(suggest(t`Remove threads`, removeOption(document, threads.origin.span))),
      };
    }
  },
});
