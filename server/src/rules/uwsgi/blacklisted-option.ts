import { evaluated } from "../evaluated";
import { rule } from "../rule";

export const blacklistedOption = rule({
  id: "blacklisted-option",
  title: "An option that a blacklist or whitelist forbids",
  why: "Between `blacklist` and `end-blacklist` the named options are refused, between `whitelist` and `end-whitelist` all others: uWSGI does not start. A whitelist must name `end-whitelist` itself.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [
    { files: { "app.ini": "[uwsgi]\nsocket = :3031\nblacklist = master\nmaster = true\nend-blacklist =\n" }, finds: ["app.ini:4"] },
  ],
  check: (document, context) => evaluated("blacklisted-option", document, context),
});
