/** Requests of our own, for clients that show the whole deployment: the graph, explanations, new applications. */
import { type Answers, choicesIn, newApplication, problemWith } from "../ide/create";
import { DIAGRAM_FORMATS, diagram } from "../ide/diagram";
import { STYLE } from "../ide/diagram-style";
import { explanationOf } from "../ide/explain";
import { topologyOf } from "../ide/topology";
import { withPlaces } from "../ide/topology-shape";
import { stackOf } from "../stack/stack";
import { isRecord } from "../workspace/target";
import type { Parts } from "./ask";

export function registerStackRequests({ connection, session, publisher, answer }: Parts): void {
  connection.onRequest(
    "uwsgiNginx/topology",
    answer<unknown, object | null>("topology", null, (params: unknown) => {
      const { workspace, convert } = session;
      const findings = [...workspace.documents].flatMap((document) => publisher.findings(document));
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
