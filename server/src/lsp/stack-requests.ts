/** Requests of our own, about more than one file or none: the graph, explanations, new applications, all fixes, texts by themselves. */

import { buildFromHelp } from "../facts/uwsgi-build";
import { safeEdits } from "../ide/actions";
import { type Answers, choicesIn, newApplication, problemWith } from "../ide/create";
import { DIAGRAM_FORMATS, diagram } from "../ide/diagram";
import { STYLE } from "../ide/diagram-style";
import { explanationOf } from "../ide/explain";
import { judged } from "../ide/lone-text";
import { topologyOf } from "../ide/topology";
import { withPlaces } from "../ide/topology-shape";
import { stateOf } from "../ide/workspace-state";
import { stackOf } from "../stack/stack";
import { t } from "../text/l10n";
import { isRecord, uwsgiVersionOf } from "../workspace/target";
import { editing, type Parts } from "./ask";

/** A page that somebody pastes is shorter. */
const LONGEST = 1_000_000;

export function registerStackRequests({ connection, session, publisher, answer, client }: Parts): void {
  const everyFinding = () => [...session.workspace.documents].flatMap((document) => publisher.findings(document));

  connection.onRequest(
    "uwsgiNginx/topology",
    answer<unknown, object | null>("topology", null, (params: unknown) => {
      const { workspace, convert } = session;
      const findings = everyFinding();
      const topology = withPlaces(topologyOf(stackOf(workspace), findings), (place) => convert.location(place));
      const format = DIAGRAM_FORMATS.find((one) => isRecord(params) && params.format === one) ?? "svg";
      return { topology, style: STYLE, text: diagram(topology, format, { interactive: isRecord(params) && params.interactive === true }) };
    }),
  );
  connection.onRequest(
    "uwsgiNginx/explain",
    answer<unknown, object | null>("explain", null, (params: unknown) =>
      isRecord(params) && typeof params.text === "string" ? explanationOf(params.text) : null,
    ),
  );
  connection.onRequest(
    "uwsgiNginx/judge",
    answer<unknown, object | null>("judge", null, (params: unknown) => {
      if (!isRecord(params) || typeof params.text !== "string" || params.text.length > LONGEST) return null;
      const { language } = params;
      return judged(params.text, language === "uwsgi" || language === "nginx" ? language : undefined);
    }),
  );
  connection.onRequest(
    "uwsgiNginx/build",
    answer<unknown, object | null>("build", null, (params: unknown) => {
      if (!isRecord(params) || typeof params.help !== "string" || params.help.length > LONGEST) return null;
      const { help, version, cflags } = params;
      return (
        buildFromHelp(
          help,
          typeof version === "string" ? version : uwsgiVersionOf({}),
          typeof cflags === "string" ? cflags.slice(0, LONGEST) : "",
        ) ?? null
      );
    }),
  );
  connection.onRequest(
    "uwsgiNginx/fixWorkspace",
    answer<unknown, object | null>("fixWorkspace", null, () => {
      const edits = safeEdits(everyFinding());
      const edit =
        edits.length > 0 ? session.convert.workspaceEdit({ edits }, editing(client()), t`Fix all that is safe to fix`) : undefined;
      return edit ? { edit, files: edits.length } : null;
    }),
  );
  connection.onRequest(
    "uwsgiNginx/state",
    answer<unknown, object | null>("state", null, () => stateOf(session.workspace, (document) => publisher.findings(document))),
  );
  connection.onRequest(
    "uwsgiNginx/choices",
    answer<unknown, object | null>("choices", null, () => choicesIn(session.workspace)),
  );
  connection.onRequest(
    "uwsgiNginx/checkAnswer",
    answer<unknown, string | null>("checkAnswer", null, (params) =>
      isRecord(params) ? (problemWith(String(params.question), String(params.answer)) ?? null) : null,
    ),
  );
  connection.onRequest(
    "uwsgiNginx/newApplication",
    answer<unknown, object | null>("newApplication", null, (params) => {
      const answers = answersFrom(params);
      const created = answers && newApplication(session.workspace, answers);
      if (!created || "problem" in created) return created ?? null;
      return {
        files: created.edits.map(({ uri, edits }) => ({ uri: session.convert.uriOf(uri), text: edits.map((edit) => edit.text).join("") })),
      };
    }),
  );
}

function answersFrom(params: unknown): Answers | undefined {
  if (!isRecord(params)) return undefined;
  const { name, serverName, user, folder, entry, listen, start } = params;
  if (![name, serverName, user, folder, entry].every((one) => typeof one === "string")) return undefined;
  if ((listen !== "unix" && listen !== "tcp") || (start !== "emperor" && start !== "service" && start !== "container")) return undefined;
  return {
    name: String(name),
    serverName: String(serverName),
    user: String(user),
    folder: String(folder),
    entry: String(entry),
    listen,
    start,
  };
}
