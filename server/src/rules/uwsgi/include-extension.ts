import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const includeExtension = rule({
  id: "include-extension",
  title: "`include` and `inherit` choose the reader by the ending",
  why: "They take .ini, .xml, .yaml, .yml, .json and .js and nothing behind it: `base.ini:section` and `base.conf` end uWSGI with `unable to load configuration`. For a section use `ini = base.ini:section`.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nsocket = :3031\ninclude = base.ini:common\n", "base.ini": "[common]\nmaster = true\n" },
      finds: ["app.ini:3"],
    },
  ],
  check: (document, context) => evaluated("include-extension", document, context),
});
