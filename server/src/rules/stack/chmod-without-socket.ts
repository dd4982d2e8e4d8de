import { isAppSocket } from "../../stack/endpoint";
import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { removeOption } from "../option-edits";
import { rule } from "../rule";

export const chmodWithoutSocket = rule({
  id: "chmod-without-socket",
  title: "Mode and owner of a socket mean nothing for TCP",
  why: "`chmod-socket` and `chown-socket` act on unix sockets. For a TCP address chmod-socket has no effect, and chown-socket has a surprising one: it delays the change of user until after the bind, which ports below 1024 need.",
  severity: "info",
  languages: ["uwsgi"],
  examples: [
    { files: { "app.ini": "[uwsgi]\nsocket = 127.0.0.1:3031\nchmod-socket = 660\n" }, finds: ["app.ini:3"] },
    {
      title: "A low port needs root until it is bound: chown-socket keeps it so long",
      files: { "app.ini": "[uwsgi]\nuid = www-data\ngid = www-data\nsocket = 127.0.0.1:808\nchown-socket = www-data\n" },
      finds: [],
    },
  ],
  *check(document, { stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      if (!instance.effective.complete || instance.isEmperor || !instance.start.certain) continue;
      const sockets = instance.endpoints.filter((endpoint) => isAppSocket(endpoint.option));
      if (
        sockets.length === 0 ||
        instance.all("stats").length > 0 ||
        instance.all("http").some((setting) => setting.value.includes("/")) ||
        sockets.some((endpoint) => endpoint.address.kind !== "tcp")
      )
        continue;
      const isLow = sockets.some(({ address }) => address.kind === "tcp" && address.port < 1024);
      for (const key of isLow ? ["chmod-socket"] : ["chmod-socket", "chown-socket"]) {
        for (const setting of instance.all(key)) {
          const at = setting.origin;
          if (at?.uri === document.uri)
            yield {
              span: at.span,
              tag: "unnecessary",
              message: t`${setting.key} has no effect: the only socket is TCP.`,
              fixes: fixes(suggest(t`Remove it`, removeOption(document, at.span))),
            };
        }
      }
    }
  },
});
