import { nearNames } from "../../facts/near";
import type { Document } from "../../model/document";
import { t } from "../../text/l10n";
import type { Span } from "../../text/span";
import { baseName, folderOf, joinPath } from "../../text/uri";
import { machinePath } from "../../workspace/paths";
import type { Workspace } from "../../workspace/workspace";
import { fixes, inFile, replace, suggest } from "../edits";
import { evaluated } from "../evaluated";
import { type Fix, rule } from "../rule";

export const includeMissing = rule({
  id: "include-missing",
  title: "A file that is read in is not there",
  why: "A missing include ends uWSGI. Relative names start from the directory of the process, not of the file: `%d` is the folder of the file.",
  severity: "error",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nini = /etc/uwsgi/base.ini\nsocket = :3031\n" },
      facts: { system: { missing: ["/etc/uwsgi/base.ini"] } },
      finds: ["app.ini:2"],
    },
  ],
  check: (document, context) =>
    evaluated("include-missing", document, context, {
      fixes: ({ origin }) => (origin ? nearby(document, origin.span, context.workspace) : []),
    }),
});

/** The file beside this one that a relative name meant, or one with a name like it. */
function nearby(document: Document, at: Span, workspace: Workspace): readonly Fix[] {
  const found = document.all.find(({ directive }) => !directive.body && directive.span.start <= at.start && at.start <= directive.span.end);
  const value = found?.directive.args[0];
  const own = workspace.paths.deployed(document.uri);
  if (!value || own === undefined || /[%$@]/.test(value.text)) return [];
  const write = (text: string): Fix | undefined => suggest(t`Write ${text}`, inFile(document.uri, replace(value.span, text)));
  const here = folderOf(own);
  if (!value.text.startsWith("/") && workspace.paths.resolve(joinPath(here, value.text)) !== undefined)
    return fixes(write(`%d${value.text.replace(/^\.\//, "")}`));
  const folder = value.text.startsWith("/") ? machinePath(folderOf(value.text)) : here;
  const names = [...workspace.paths.below(folder)]
    .map(({ path }) => path.slice(folder.length + 1))
    .filter((name) => !name.includes("/") && name !== baseName(own));
  return fixes(
    ...nearNames(baseName(value.text), names, 1).map((name) => write(value.text.startsWith("/") ? `${folder}/${name}` : `%d${name}`)),
  );
}
