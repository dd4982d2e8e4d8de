import { isWatched } from "../../stack/starts";
import { t } from "../../text/l10n";
import { folderOf } from "../../text/uri";
import { isMissing, targetOf } from "../../workspace/known";
import { machinePath } from "../../workspace/paths";
import { fixes, suggest } from "../edits";
import { setOption } from "../option-edits";
import { rule } from "../rule";

export const emperorTarget = rule({
  id: "emperor-target",
  title: "The emperor watches a place where no vassal is",
  why: "`emperor` takes a folder or a glob pattern. What is neither an existing folder nor a known `scheme://` is taken for a pattern that matches nothing: the emperor idles, without a line in its log. `emperor = true` is such a pattern.",
  severity: "warning",
  languages: ["uwsgi"],
  needs: ["emperor"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Emperor.html",
  examples: [
    {
      files: {
        "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassal\n",
        "etc/uwsgi/vassals/a.ini": "[uwsgi]\nsocket = /run/uwsgi/a.sock\n",
      },
      finds: ["etc/uwsgi/emperor.ini:2"],
    },
  ],
  *check(document, { workspace, stack }) {
    for (const instance of stack.startedFrom(document.uri)) {
      for (const setting of instance.all("emperor")) {
        const at = setting.origin;
        if (at?.uri !== document.uri || setting.holes.length > 0 || !setting.certain) continue;
        const value = setting.value.trim();
        if (/^(?:true|false|on|off|yes|no|1|0|)$/i.test(value)) {
          yield {
            span: at.span,
            severity: "error",
            message: t`emperor takes a folder or a pattern: "${value}" matches no file, and the emperor starts nothing, without a word.`,
          };
          continue;
        }
        const path = value.replace(/^(?:dir|glob):\/\//, "");
        if (/^[a-z0-9]+:\/\//.test(path)) continue;
        const files = workspace.of("uwsgi").filter((one) => one.uri !== document.uri);
        const elsewhere = [
          ...new Set(
            files
              .map((one) => workspace.paths.deployed(one.uri))
              .filter((one): one is string => one !== undefined && /vassals|\/uwsgi\.d\//.test(one))
              .map(folderOf),
          ),
        ];
        const [folder] = elsewhere.length === 1 ? elsewhere : [];
        const watch = fixes(folder !== undefined && suggest(t`Watch ${folder}`, setOption(workspace, setting, setting, "emperor", folder)));
        const absolute = path.startsWith("/") || instance.cwd === undefined ? path : machinePath(`${instance.cwd}/${path}`);
        if (isMissing(targetOf(workspace, document.uri), absolute)) {
          yield {
            span: at.span,
            severity: "error",
            message: t`${absolute} does not exist: the emperor takes it for a pattern and idles, without a word.`,
            fixes: watch,
          };
          continue;
        }
        if (!absolute.startsWith("/") || folder === undefined || files.some((one) => isWatched(workspace, one, absolute))) continue;
        const none = t`No vassal of this workspace lies in ${absolute}; they are in ${folder}. The emperor then starts nothing, without a word.`;
        yield {
          span: at.span,
          message: absolute === path ? none : `${none} ${t`A relative path starts where the emperor does.`}`,
          fixes: watch,
        };
      }
    }
  },
});
