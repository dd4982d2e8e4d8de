import { isAppSocket } from "../../stack/endpoint";
import { fixes, inFile, removeLine, suggest } from "../edits";
import { rule } from "../rule";

export const onDemandSocket = rule({
  id: "on-demand-socket",
  title: "The emperor holds the socket of an on-demand vassal",
  why: "With `emperor-on-demand-…` the emperor binds the socket and starts the vassal at the first request. A vassal that binds the same address itself fails (`bind(): Address already in use`) or takes it away; one with `vacuum` removes it when it ends, and the next request finds none.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/OnDemandVassals.html",
  examples: [{ files: { "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\nemperor-on-demand-directory = /run/uwsgi\n", "etc/uwsgi/vassals/a.ini": "[uwsgi]\nsocket = /run/uwsgi/a.ini.socket\nvacuum = true\n" }, finds: ["etc/uwsgi/vassals/a.ini:2", "etc/uwsgi/vassals/a.ini:3"] }],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      const { emperor } = instance.start;
      if (!emperor || !["emperor-on-demand-extension", "emperor-on-demand-directory", "emperor-on-demand-exec"].some((key) => emperor.all(key).length > 0)) continue;
      const own = instance.endpoints.filter((endpoint) => isAppSocket(endpoint.option) && endpoint.address.kind === "unix" && endpoint.setting.origin?.uri === document.uri).map((endpoint) => endpoint.setting);
      const vacuum = instance.flag("vacuum") === true ? instance.last("vacuum") : undefined;
      for (const setting of [...own, ...(vacuum ? [vacuum] : [])]) {
        if (setting.origin?.uri !== document.uri) continue;
        yield { span: setting.origin.span, message: setting === vacuum ? "vacuum removes the socket that the emperor holds: after the first idle time nginx finds none." : "The emperor binds the socket of an on-demand vassal; its own fails or takes it away. Remove the line.", fixes: fixes(suggest("Remove it", inFile(document.uri, removeLine(document, setting.origin.span)))) };
      }
    }
  },
});
