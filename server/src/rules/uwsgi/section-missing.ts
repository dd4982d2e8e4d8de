import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const sectionMissing = rule({
  id: "section-missing",
  title: "No such section",
  why: 'uWSGI only warns (`Can\'t find section "x" in INI configuration file`) and goes on without: none of the options is read. The section is what stands behind the last colon, letter case counts, `uwsgi` unless said otherwise.',
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [{ files: { "app.ini": "[uwsgi]\nsocket = :3031\nini = :prod\n[production]\nmaster = true\n" }, finds: ["app.ini:3"] }],
  check: (document, context) => evaluated("section-missing", document, context),
});
