import type { Document } from "../../model/document";
import type { Instance } from "../../stack/instance";
import { isWatched } from "../../stack/starts";
import { t } from "../../text/l10n";
import { baseName, folderOf, pathOf } from "../../text/uri";
import { machinePath } from "../../workspace/paths";
import { fixes, inFile, replace, suggest } from "../edits";
import { type Fix, rule } from "../rule";

export const vassalIgnored = rule({
  id: "vassal-ignored",
  title: "The emperor does not start this file",
  why: "An emperor takes files ending in .ini, .xml, .yml, .yaml, .js and .json, in this letter case, directly in its folder; everything else it ignores without a word. `emperor-extra-extension` lets it take others, but uWSGI then fails to load them: rename the file. A second emperor file in the vassals' folder starts itself again and again.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Emperor.html",
  examples: [
    {
      files: {
        "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\n",
        "etc/uwsgi/vassals/a.conf": "[uwsgi]\nsocket = /run/uwsgi/a.sock\n",
      },
      finds: ["etc/uwsgi/vassals/a.conf:2"],
    },
    {
      title: "skeletons, which links under other names make vassals",
      files: {
        "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\n",
        "etc/uwsgi/vassals/django.skel": "[uwsgi]\nsocket = /run/uwsgi/%n.sock\n",
      },
      finds: [],
    },
    {
      title: "beside its vassals in the repository only",
      files: {
        "confs/emperor.ini": "[uwsgi]\nemperor = /var/www/wsgi/confs\n",
        "confs/emperor.service": "[Service]\nExecStart=/usr/bin/uwsgi --ini /var/www/wsgi/emperor.ini\nUser=nginx\n",
        "confs/shop.ini": "[uwsgi]\nsocket = /run/uwsgi/%n.sock\n",
      },
      finds: [],
    },
  ],
  *check(document, { workspace, stack }) {
    const name = baseName(pathOf(document.uri));
    const section = document.tree.directives.find((directive) => directive.name.text === "uwsgi") ?? document.tree.directives[0];
    const first = section?.body?.[0] ?? section;
    const span = first?.span ?? { start: 0, end: 0 };
    const isTaken =
      /\.(?:ini|xml|yml|yaml|js|json)$/.test(name) ||
      /\.(?:j2|erb|tpl|template|sample|example|dist|disabled|off|bak|orig|skel)$/i.test(name);
    for (const emperor of stack.emperors) {
      if (isTaken && emperor.uri !== document.uri) continue;
      for (const setting of emperor.all("emperor")) {
        if (setting.holes.length > 0 || !isWatched(workspace, document, setting.value)) continue;
        const related = setting.origin ? [{ ...setting.origin, message: t`the emperor that watches this folder` }] : [];
        if (emperor.uri === document.uri) {
          const known = workspace.paths.deployed(document.uri) !== undefined;
          if (!known && startedElsewhere(emperor, setting.value)) continue;
          yield {
            span: setting.origin?.span ?? span,
            severity: known ? "error" : "warning",
            message: t`This emperor lies in the folder it watches, so it starts itself again and again: a fork bomb. Move it elsewhere.`,
            related,
          };
          continue;
        }
        if (
          emperor.all("emperor-extra-extension").length > 0 &&
          !emperor.all("emperor-extra-extension").some((extra) => extra.holes.length > 0 || name.endsWith(extra.value))
        )
          continue;
        const known = emperor.all("emperor-extra-extension").length > 0;
        yield {
          span,
          message: known
            ? t`uWSGI cannot load ${name}: it knows a format by .ini, .xml, .yaml, .yml, .json. Rename it to ${name.replace(/\.[^.]*$/, "")}.ini.`
            : t`The emperor starts files ending in .ini, .xml, .yml, .yaml, .json or .js only; ${name} is ignored without a word. Rename it to ${name.replace(/\.[^.]*$/, "")}.ini.`,
          related,
          fixes: asIni(document, name),
        };
      }
    }
  },
});

/** Whether the command that starts it names another folder than the one that is watched. */
const startedElsewhere = ({ start, uri }: Instance, folder: string): boolean =>
  start.command?.args.some(
    ({ value }) =>
      value?.startsWith("/") && baseName(value) === baseName(pathOf(uri)) && machinePath(folderOf(value)) !== machinePath(folder),
  ) === true;

/** An edit cannot rename; a copy under the right name starts, and the old file is left for its owner to delete. */
function asIni(document: Document, name: string): readonly Fix[] {
  if (document.format !== "ini") return [];
  const right = `${name.replace(/\.[^.]*$/, "")}.ini`;
  const uri = `${document.uri.slice(0, document.uri.lastIndexOf("/"))}/${right}`;
  return fixes(suggest(t`Make it ${right} (and delete ${name})`, inFile(uri, replace({ start: 0, end: 0 }, document.text))));
}
