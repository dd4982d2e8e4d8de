/** Requests of our own, for clients that show the whole deployment: the graph, explanations, new applications. */
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
}
