import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const xmlError = rule({
  id: "xml-error",
  title: "An XML file that is no XML",
  why: "uWSGI refuses to start with an XML file that is not well-formed.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.xml": "<uwsgi>\n  <socket>:3031</socke>\n</uwsgi>\n" }, finds: ["app.xml:2", "app.xml:3"] }],
  check: (document, context) => evaluated("xml-error", document, context),
});
