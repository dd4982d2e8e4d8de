import { t } from "../../text/l10n";
import { fixes, inFile, replace, suggest } from "../edits";
import { rule } from "../rule";

export const relativeUnixPath = rule({
  id: "relative-unix-path",
  title: "nginx takes a relative socket path from where it was started",
  why: "`unix:run/app.sock` is looked up from the directory nginx was started in. Under systemd that is `/`; by hand it is wherever the shell is. Elsewhere: (2: No such file or directory).",
  severity: "warning",
  languages: ["nginx"],
  examples: [
    {
      files: { "nginx/app.conf": "location / {\n  include uwsgi_params;\n  uwsgi_pass unix:run/app.sock;\n}\n" },
      finds: ["nginx/app.conf:3"],
    },
  ],
  *check(document, { stack }) {
    const ends = () =>
      stack.instances.flatMap((one) =>
        one.endpoints.map(({ address }) => (address.kind === "unix" && !address.relative ? address.path : "")),
      );
    for (const { connection } of stack.linksOf(document.uri)) {
      const { address, span } = connection;
      if (
        connection.document !== document ||
        address.kind !== "unix" ||
        !address.relative ||
        address.path.startsWith("@") ||
        /[{}<%$]|^[A-Z][A-Z0-9]*_[A-Z0-9_]+/.test(address.path)
      )
        continue;
      const path = address.path.replace(/^(?:\.\/)+/, "");
      const bound = [...new Set(ends().filter((end) => end.endsWith(`/${path}`)))];
      const right = bound.length === 1 && bound[0] ? bound[0] : `/${path}`;
      yield {
        span,
        message: t`The path is relative: nginx finds the socket only when it is started in the right directory. Write the whole path.`,
        fixes: fixes(suggest(t`Write unix:${right}`, inFile(document.uri, replace(span, `unix:${right}`)))),
      };
    }
  },
});
