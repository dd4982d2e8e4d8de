import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const xmlNestedElement = rule({
  id: "xml-nested-element",
  title: "An option of XML with an element in it",
  why: "An element of a section is an option, its text the value. An element inside of it is lost, or ends uWSGI with a crash.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.xml": "<uwsgi>\n  <socket>:3031<b/></socket>\n</uwsgi>\n" }, finds: ["app.xml:2"] }],
  check: (document, context) => evaluated("xml-nested-element", document, context),
});
