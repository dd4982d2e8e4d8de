import { COMMANDS } from "../deployed";
import { rule } from "../rule";
import { valueProblems } from "./value-problems";

export const valueMisread = rule({
  id: "value-misread",
  title: "uWSGI takes this value for something else",
  why: "uWSGI says nothing about values that it cannot read: a flag that is not `false`, `off`, `no` or `0` is on, a number is what its leading digits say, a key that a list does not know is skipped, an unknown name means the default.",
  severity: "warning",
  languages: ["uwsgi", ...COMMANDS],
  general: true,
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nsocket = :3031\nvacuum = disabled\numask = 22\ncheaper-algo = spare2\n" },
      finds: ["app.ini:3", "app.ini:4", "app.ini:5"],
    },
    {
      files: { "app.ini": "[uwsgi]\nsocket = :3031\ncache2 = name=c,items=10,block-size=4096\ncron2 = minute=*/5 /bin/true\n" },
      finds: ["app.ini:3", "app.ini:4"],
    },
  ],
  *check(document, context) {
    yield* valueProblems(document, context, ({ kind }) => (kind === "misread" ? "warning" : undefined));
  },
});
