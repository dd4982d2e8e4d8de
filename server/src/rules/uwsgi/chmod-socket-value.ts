import { modeWords, socketMode } from "../../stack/mode";
import { t } from "../../text/l10n";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

export const chmodSocketValue = rule({
  id: "chmod-socket-value",
  title: "`chmod-socket` takes exactly three octal digits",
  why: "Three digits from 0 to 7, or `1` for 666. With anything else, a leading 0 included, uWSGI exits before it binds: `invalid chmod value: 0660`. nginx then finds no socket (2: No such file or directory).",
  severity: "error",
  languages: ["uwsgi"],
  needs: ["chmod-socket"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Options.html#chmod-socket",
  examples: [
    { files: { "app.ini": "[uwsgi]\nsocket = /run/app/app.sock\nchmod-socket = 0660\n" }, finds: ["app.ini:3"] },
    {
      title: "In the other formats",
      files: {
        "a.yaml": "uwsgi:\n  socket: /run/a/a.sock\n  chmod-socket: 0660\n",
        "b.json": '{"uwsgi": {\n  "socket": "/run/b/b.sock",\n  "chmod-socket": "rw"\n}}\n',
        "c.xml": "<uwsgi>\n  <socket>/run/c/c.sock</socket>\n  <chmod-socket>0660</chmod-socket>\n</uwsgi>\n",
      },
      finds: ["a.yaml:3", "b.json:3", "c.xml:3"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const instance of stack.instancesOf(document.uri)) {
      for (const setting of instance.all("chmod-socket")) {
        const { origin, value } = setting;
        if (
          origin?.uri !== document.uri ||
          setting.holes.length > 0 ||
          !setting.certain ||
          socketMode(value) !== undefined ||
          hasComment(value)
        )
          continue;
        const right = meant(value);
        const write = (mode: string, title: string) => suggest(title, setOption(workspace, setting, setting, setting.key, mode));
        yield {
          span: origin.span,
          message: t`uWSGI refuses to start: "invalid chmod value: ${value}". It wants three octal digits such as 660.`,
          fixes: fixes(
            right !== undefined
              ? write(right, t`Write ${right} (${modeWords(right)})`)
              : write("660", t`Write 660 (${modeWords("660")}): owner and group`),
            right === undefined && write("666", t`Write 666 (${modeWords("666")}): everybody`),
          ),
        };
      }
    }
  },
});

/** A comment behind the value has a rule of its own. */
const hasComment = (value: string): boolean => /^\d{3}\s*[;#]/.test(value);

/** The three digits somebody meant by `0660`, `0o660` or `"660"`. */
function meant(value: string): string | undefined {
  return /^["']?(?:0o?|o)?([0-7]{3})["']?$/i.exec(value.trim())?.[1];
}
