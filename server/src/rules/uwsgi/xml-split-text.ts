import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const xmlSplitText = rule({
  id: "xml-split-text",
  title: "A value of XML that ends early",
  why: "uWSGI takes the text up to the first comment or CDATA section: what stands behind it is lost without a word.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.xml": "<uwsgi>\n  <socket>/run/a<!-- the socket -->.sock</socket>\n</uwsgi>\n" }, finds: ["app.xml:2"] }],
  check: (document, context) => evaluated("xml-split-text", document, context),
});
