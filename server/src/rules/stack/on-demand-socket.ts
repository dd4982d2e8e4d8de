import type { Document } from "../../model/document";
import { show } from "../../stack/address";
import { isAppSocket } from "../../stack/endpoint";
import type { Instance } from "../../stack/instance";
import type { Stack } from "../../stack/stack";
import { t } from "../../text/l10n";
import { baseName } from "../../text/uri";
import { machinePath } from "../../workspace/paths";
import { fixes, inFile, replace, suggest } from "../edits";
import { removeOption } from "../option-edits";
import { type Finding, rule } from "../rule";
import { atLink } from "../words";

export const onDemandSocket = rule({
  id: "on-demand-socket",
  title: "The emperor holds the socket of an on-demand vassal",
  why: "With `emperor-on-demand-…` the emperor binds the socket and starts the vassal at the first request. A vassal that binds the same address itself fails (`bind(): Address already in use`) or takes it away; one with `vacuum` removes it when it ends, and the next request finds none.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/OnDemandVassals.html",
  examples: [
    {
      files: {
        "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\nemperor-on-demand-directory = /run/uwsgi\n",
        "etc/uwsgi/vassals/a.ini": "[uwsgi]\nsocket = /run/uwsgi/a.socket\nvacuum = true\n",
      },
      finds: ["etc/uwsgi/vassals/a.ini:2", "etc/uwsgi/vassals/a.ini:3"],
    },
  ],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      yield* elsewhere(document, stack, instance);
      const { emperor } = instance.start;
      if (
        !emperor ||
        !["emperor-on-demand-extension", "emperor-on-demand-directory", "emperor-on-demand-exec"].some((key) => emperor.all(key).length > 0)
      )
        continue;
      const held = heldBy(instance);
      const own = instance.endpoints
        .filter(
          (endpoint) =>
            isAppSocket(endpoint.option) &&
            endpoint.address.kind === "unix" &&
            endpoint.setting.origin?.uri === document.uri &&
            (held === undefined || show(endpoint.address) === held || stack.linksTo(endpoint).length > 0),
        )
        .map((endpoint) => endpoint.setting);
      const vacuum = instance.flag("vacuum") === true ? instance.last("vacuum") : undefined;
      for (const setting of [...own, ...(vacuum ? [vacuum] : [])]) {
        if (setting.origin?.uri !== document.uri) continue;
        yield {
          span: setting.origin.span,
          message:
            setting === vacuum
              ? t`vacuum removes the socket that the emperor holds: after the first idle time nginx finds none.`
              : t`The emperor binds the socket of an on-demand vassal and starts it at the first request there. Its own is not there before that, or takes the emperor's away. Remove the line.`,
          fixes: fixes(suggest(t`Remove it`, removeOption(document, setting.origin.span))),
        };
      }
    }
  },
});

function heldBy({ document, start: { emperor } }: Instance): string | undefined {
  const folder = emperor?.text("emperor-on-demand-directory");
  return folder === undefined ? undefined : machinePath(`${folder}/${baseName(document.path).replace(/\.[^.]*$/, "")}.socket`);
}

/** With a folder for on-demand sockets the emperor binds FOLDER/VASSAL.socket, whatever nginx is told. */
function* elsewhere(document: Document, stack: Stack, instance: Instance): Iterable<Finding> {
  const { emperor } = instance.start;
  const path = heldBy(instance);
  if (path === undefined) return;
  if (!emperor || stack.vassalsOf(emperor).length !== 1) return;
  const unix = stack.links.filter(({ connection }) => connection.address.kind === "unix");
  const lost = unix.filter(
    ({ reached, connection }) => reached.every(({ endpoint }) => endpoint.instance === instance) && show(connection.address) !== path,
  );
  const [link] = lost;
  if (!link || lost.length !== unix.length || new Set(lost.map(({ connection }) => show(connection.address))).size !== 1) return;
  const edits = lost.map(({ connection }) => inFile(connection.document.uri, replace(connection.span, `unix:${path}`)));
  const span = document.all[0]?.directive.name.span ?? { start: 0, end: 0 };
  yield {
    span,
    message: t`The emperor holds the socket of this vassal at ${path}, and nginx connects to ${show(link.connection.address)}: (2: No such file or directory).`,
    related: atLink(link, t`nginx connects here`),
    fixes: fixes(suggest(t`Let nginx connect to ${path}`, ...edits)),
  };
}
