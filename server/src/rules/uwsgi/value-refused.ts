import { COMMANDS } from "../deployed";
import { evaluated } from "../evaluated";
import { rule } from "../rule";
import { valueProblems } from "./value-problems";

export const valueRefused = rule({
  id: "value-refused",
  title: "uWSGI does not start with this value",
  why: "Each kind of value has its own reader in uWSGI, and many of them end the process: a cron line with `*`, a route without its colon, a list without a key that it needs, a logger or protocol that does not exist. It is a warning where the reader is only asked in some set-ups: users and groups when uWSGI starts as root, some hooks when their moment comes.",
  severity: "error",
  languages: ["uwsgi", ...COMMANDS],
  general: true,
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Options.html",
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nsocket = :3031\ncron = */5 * * * * /bin/true\nroute = ^/old redirect\ncache2 = name=c\n" },
      finds: ["app.ini:3", "app.ini:4", "app.ini:5"],
    },
    { files: { "app.ini": "[uwsgi]\nsocket = :3031\nlogger = kafka:here\nprotocol = ftp\n" }, finds: ["app.ini:3", "app.ini:4"] },
    {
      title: "On a command line",
      files: {
        "etc/systemd/system/app.service":
          "[Service]\nExecStart=/usr/bin/uwsgi --socket /run/a/a.sock --chmod-socket=0660 --master\nKillSignal=SIGQUIT\n",
      },
      finds: ["etc/systemd/system/app.service:2"],
    },
    {
      title: "What has to come before",
      files: { "app.ini": "[uwsgi]\nsocket = =0\nshared-socket = :3031\n" },
      finds: ["app.ini:2"],
    },
  ],
  *check(document, context) {
    yield* valueProblems(document, context, ({ kind, when }) => (kind !== "fatal" ? undefined : when === "depends" ? "warning" : "error"));
    // The value is right by itself; what it names was not there when the option ran.
    yield* evaluated("value-refused", document, context, {
      skip: ({ data }) => data?.by !== "order",
      severity: () => "warning",
    });
  },
});
