import { nearNames } from "../../facts/near";
import { options } from "../../facts/uwsgi";
import type { Document } from "../../model/document";
import { t } from "../../text/l10n";
import type { EvaluationProblem } from "../../workspace/effective";
import { COMMANDS } from "../deployed";
import { fixes, inFile, replace, suggest } from "../edits";
import { evaluated } from "../evaluated";
import { type Fix, rule } from "../rule";

export const unknownArgument = rule({
  id: "unknown-argument",
  title: "An argument that uWSGI does not understand",
  why: "A bare argument is a file with a known ending; an option that does not exist ends uWSGI (`unrecognized option`). On the command line `--processes` may be cut short to `--proc`, as long as only one option begins so.",
  severity: "error",
  languages: ["uwsgi", ...COMMANDS],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [
    {
      files: {
        "etc/systemd/system/app.service": "[Service]\nExecStart=/usr/bin/uwsgi --socket 127.0.0.1:3031 --procesess 4\nKillSignal=SIGQUIT\n",
      },
      finds: ["etc/systemd/system/app.service:2"],
    },
    {
      title: "Beside a file",
      files: {
        "etc/systemd/system/app.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /srv/app/app.ini --procesess 4\nKillSignal=SIGQUIT\n",
        "srv/app/app.ini": "[uwsgi]\nsocket = 127.0.0.1:3031\n",
      },
      finds: ["etc/systemd/system/app.service:2"],
    },
  ],
  check: (document, context) => evaluated("unknown-argument", document, context, { fixes: (problem) => rightNames(document, problem) }),
});

function rightNames(document: Document, { origin, data }: EvaluationProblem): readonly Fix[] {
  const written = data?.option;
  if (!origin || written === undefined) return [];
  const start = document.text.indexOf(`--${written}`, origin.span.start);
  if (start < 0 || start > origin.span.end) return [];
  const span = { start: start + 2, end: start + 2 + written.length };
  const all = options().map((option) => option.name);
  return fixes(...nearNames(written, all, 2).map((name) => suggest(t`Write --${name}`, inFile(document.uri, replace(span, name)))));
}
