import { show } from "../../stack/address";
import { t } from "../../text/l10n";
import { fixes, inFile, insertLine, removeLine, suggest } from "../edits";
import { rule } from "../rule";

export const vassalSetMagic = rule({
  id: "vassal-set-magic",
  title: "Magic letters in the emperor's file are the emperor's own",
  why: "`%n` and its kin are replaced when a file is read: in `vassal-set` they become the name of the emperor's file before any vassal sees them, so every vassal gets the same value. In a file given with `vassals-include` they are the name of that file. Write the line in the vassal.",
  severity: "error",
  languages: ["uwsgi"],
  needs: ["vassals-set"],
  examples: [
    {
      files: {
        "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\nvassal-set = socket=/run/uwsgi/%n.sock\n",
        "etc/uwsgi/vassals/flag.ini": "[uwsgi]\nmodule = flag\n",
      },
      finds: ["etc/uwsgi/emperor.ini:3"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      if (!instance.isEmperor) continue;
      for (const setting of instance.all("vassal-set")) {
        const at = setting.origin;
        if (at?.uri !== document.uri) continue;
        const written = document.text.slice(at.span.start, at.span.end);
        const letter = /%[noOspdNSPDcCxX]/.exec(written)?.[0];
        if (!letter) continue;
        const vassals = stack.vassalsOf(instance);
        const [, key = "", value = ""] = /=\s*([\w-]+)=(.*)$/.exec(written) ?? [];
        const bound = vassals[0]?.endpoints.find((endpoint) => endpoint.setting.value && setting.value.includes(endpoint.setting.value));
        yield {
          span: at.span,
          message: t`${letter} is replaced here, in the emperor's file: every vassal gets ${bound ? show(bound.address) : setting.value.replace(/^[^=]*=/, "")}. Write ${key || t`the option`} in each vassal, where ${letter} is its own name.`,
          fixes: fixes(
            vassals.length > 0 &&
              key !== "" &&
              suggest(
                t`Move ${key} into the vassals`,
                inFile(document.uri, removeLine(document, at.span)),
                ...[...new Set(vassals.map((vassal) => vassal.uri))].map((uri) => {
                  const vassal = workspace.get(uri);
                  const last = vassal?.all.at(-1);
                  return vassal && last ? inFile(uri, insertLine(vassal, last.directive.span, `${key} = ${value}`)) : undefined;
                }),
              ),
          ),
        };
      }
    }
  },
});
