import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const includeMissing = rule({
  id: "include-missing",
  title: "A file that is read in is not there",
  why: "A missing include ends uWSGI. Relative names start from the directory of the process, not of the file: `%d` is the folder of the file.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nini = /etc/uwsgi/base.ini\nsocket = :3031\n" },
      facts: { system: { missing: ["/etc/uwsgi/base.ini"] } },
      finds: ["app.ini:2"],
    },
  ],
  check: (document, context) => evaluated("include-missing", document, context),
});
