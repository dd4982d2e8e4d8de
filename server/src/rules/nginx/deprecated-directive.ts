import { directivesNamed, isInRelease, isOwnModule } from "../../facts/nginx";
import { argument, type Statement } from "../../model/nginx/reading";
import { t } from "../../text/l10n";
import { fixes, inFile, removeLine, suggest } from "../edits";
import { rule } from "../rule";
import { headOf, inEachReading, statementsOf } from "./scope";

export const deprecatedDirective = rule({
  id: "deprecated-directive",
  title: "Newer releases of nginx know the directive no more",
  why: "`ssl on` went in 1.25.1 (`listen … ssl` says it), `http2_push` in 1.25.1, the old `http2_*` limits in 1.19.7, `spdy_*` before. The file works on the nginx of older distributions and is refused or ignored by the current one.",
  severity: "info",
  languages: ["nginx"],
  link: "https://nginx.org/en/CHANGES",
  examples: [
    {
      files: { "shop.conf": "server {\n  listen 80;\n  ssl off;\n  http2_max_requests 100;\n  return 204;\n}\n" },
      finds: ["shop.conf:3", "shop.conf:4"],
    },
  ],
  check: (document, context) =>
    inEachReading(document, context, function* (reading) {
      for (const it of statementsOf(document, reading)) {
        const { fact } = it;
        if (!fact || !isOwnModule(fact) || !mayBeOld(it.directive.name.text)) continue;
        const facts = directivesNamed(it.directive.name.text);
        const gone = facts.every((one) => one.removed !== undefined);
        const idle = facts.some((one) => one.setter === "ngx_http_v2_obsolete" && isInRelease(one, reading.options.release));
        if (!gone && !idle) continue;
        yield {
          span: headOf(it),
          tag: "deprecated" as const,
          message: wordsFor(it, gone),
          fixes: fixes(idle && suggest(t`Remove it`, inFile(document.uri, removeLine(document, it.directive.span)))),
        };
      }
    }),
});

const known = new Map<string, boolean>();

/** Asked for every directive; of those that nginx has there are only so many. */
function mayBeOld(name: string): boolean {
  const old = known.get(name) ?? directivesNamed(name).some((one) => one.removed !== undefined || one.setter === "ngx_http_v2_obsolete");
  known.set(name, old);
  return old;
}

function wordsFor(it: Statement, gone: boolean): string {
  const name = it.directive.name.text;
  const facts = directivesNamed(name);
  const instead = facts.find((one) => one.replacedBy)?.replacedBy;
  if (name === "ssl")
    return argument(it, 0).toLowerCase() === "on"
      ? t`"ssl" was removed in nginx 1.25.1: write listen 443 ssl instead.`
      : t`"ssl" was removed in nginx 1.25.1: remove the line.`;
  if (!gone) return instead ? t`"${name}" does nothing any more: ${instead} took its place.` : t`"${name}" does nothing any more.`;
  const [newest = ""] = facts
    .map((one) => one.removed ?? "")
    .sort()
    .reverse();
  return instead ? t`"${name}" was removed in nginx ${newest}: ${instead} took its place.` : t`"${name}" was removed in nginx ${newest}.`;
}
