import { perDocument } from "../../model/document";
import type { Instance } from "../../stack/instance";
import { t } from "../../text/l10n";
import type { Workspace } from "../../workspace/workspace";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

/** Packages that report from a thread of their own, by what they are called in requirements. */
const AGENTS =
  /^\s*["']?(sentry-sdk|raven|newrelic|ddtrace|elastic-apm|scout-apm|launchdarkly-server-sdk|opentelemetry-sdk|appsignal|honeybadger|rollbar)\b/im;
const VARIABLES = /\b(NEW_RELIC_[A-Z_]+|SENTRY_DSN|DD_[A-Z_]+|ELASTIC_APM_[A-Z_]+|SCOUT_[A-Z_]+)\b/;

export const threadsForAgent = rule({
  id: "threads-for-agent",
  title: "A monitoring agent needs threads",
  why: "Without `enable-threads` (or `threads`) uWSGI before 2.0.27 does not start Python's thread support: threads made by Sentry, New Relic, Datadog and their kin never run. From 2.0.27 on it is always on.",
  severity: "info",
  languages: ["uwsgi"],
  needs: ["module", "wsgi-file", "mount"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/ThingsToKnow.html",
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nsocket = :3031\nmodule = shop.wsgi\nenv = NEW_RELIC_CONFIG_FILE=/srv/newrelic.ini\n" },
      finds: ["app.ini:4"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      if (!["module", "wsgi-file", "mount", "wsgi", "file"].some((key) => instance.all(key).length > 0)) continue;
      if (!instance.effective.complete || ["enable-threads", "threads", "gevent", "asyncio"].some((key) => instance.all(key).length > 0))
        continue;
      const by = agentOf(workspace, instance);
      const at = by?.setting?.origin ?? (instance.last("module") ?? instance.last("wsgi-file"))?.origin;
      const anchor = by?.setting ?? instance.last("module") ?? instance.last("wsgi-file");
      if (!by || at?.uri !== document.uri || !anchor) continue;
      yield {
        span: at.span,
        message: t`${by.name} works in a thread of its own, which needs enable-threads = true before uWSGI 2.0.27.`,
        fixes: fixes(suggest(t`Set enable-threads = true`, setOption(workspace, undefined, anchor, "enable-threads", "true"))),
      };
    }
  },
});

const agentIn = perDocument(({ text }) => AGENTS.exec(text)?.[1]);

function agentOf(workspace: Workspace, instance: Instance) {
  for (const setting of instance.all("env")) {
    const name = VARIABLES.exec(setting.value)?.[1];
    if (name) return { name: name.startsWith("NEW_RELIC") ? t`The New Relic agent` : t`The agent set by ${name}`, setting };
  }
  for (const document of workspace.of("requirements")) {
    const name = agentIn(document);
    if (name) return { name, setting: undefined };
  }
  return undefined;
}
