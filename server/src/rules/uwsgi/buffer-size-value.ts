import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

/** Bytes: a plain GET with the variables of Debian's uwsgi_params needs this much. */
const LEAST = 335;
const MOST = 65535;

export const bufferSizeValue = rule({
  id: "buffer-size-value",
  title: "A `buffer-size` that is hardly meant",
  why: "Bytes, plain digits, 65535 at most: larger values are cut to 65535 without a word. Below 335 not even a bare request fits. 6553 is probably a mistyped 65535: it breaks requests with more than about 6 KB of headers.",
  severity: "info",
  languages: ["uwsgi"],
  needs: ["buffer-size"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Options.html#buffer-size",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nbuffer-size = 100000\n" }, finds: ["app.ini:3"] }],
  *check(document, { workspace, stack }) {
    if (workspace.target.uwsgiVersion?.startsWith("2.1")) return;
    for (const instance of stack.startedFrom(document.uri)) {
      const setting = instance.last("buffer-size");
      const size = instance.number("buffer-size");
      if (setting?.origin?.uri !== document.uri || size === undefined) continue;
      const write = (value: number) =>
        fixes(suggest(t`buffer-size = ${value}`, setOption(workspace, setting, setting, setting.key, String(value))));
      if (size > MOST || size < 0)
        yield {
          span: setting.origin.span,
          message: t`uWSGI cuts ${size} to ${MOST} without a word: the protocol carries no more.`,
          fixes: write(MOST),
        };
      else if (size < LEAST)
        yield {
          span: setting.origin.span,
          severity: "error",
          message: t`No request fits into ${size} bytes: uWSGI says "invalid request block size" and nginx 502. The default is 4096.`,
          fixes: write(32768),
        };
      else if (size === 6553)
        yield {
          span: setting.origin.span,
          severity: "hint",
          message: t`6553 is probably a mistyped 65535. It takes about 6 KB of headers, nginx lets 8 KB a line in.`,
          fixes: write(MOST),
        };
    }
  },
});
