import { runIdentity } from "../../stack/access-setup";
import { t } from "../../text/l10n";
import { pathFacts, targetOf } from "../../workspace/known";
import { machinePath } from "../../workspace/paths";
import { rule } from "../rule";

const HOME = "/root";
/** Options that are followed after root was given up, and what uWSGI then says. */
const SYMPTOMS: Readonly<Record<string, string>> = {
  home: "Python Home is not a directory",
  chdir: "chdir(): Permission denied",
  "wsgi-file": "failed to open python file",
  pythonpath: "ModuleNotFoundError",
};

export const belowRootHome = rule({
  id: "below-root-home",
  title: "Code below /root for another user",
  why: "`/root` is 0700 everywhere. Once uWSGI has given up root it may not pass through: `chdir` ends it (Permission denied), a virtual environment there ends it (`Python Home is not a directory`, `No module named 'encodings'`), and a file or module there is not loaded. Each was tried as www-data.",
  severity: "warning",
  languages: ["uwsgi"],
  needs: Object.keys(SYMPTOMS),
  examples: [
    {
      files: { "app.ini": "[uwsgi]\nsocket = :3031\nuid = www-data\nchdir = /srv/app\nvirtualenv = /root/venv\nmodule = wsgi\n" },
      finds: ["app.ini:5"],
    },
    {
      title: "Root itself, and a folder that others may pass",
      files: {
        "a.ini": "[uwsgi]\nsocket = :3031\nchdir = /root/app\n",
        "b.ini": "[uwsgi]\nsocket = :3032\nuid = root\nchdir = /root/app\n",
      },
      finds: [],
    },
    {
      title: "A /root that others may pass",
      files: { "app.ini": "[uwsgi]\nsocket = :3031\nuid = www-data\nchdir = /root/app\n" },
      facts: { system: { paths: [{ path: "/root", type: "dir", owner: "root", group: "root", mode: "0755" }] } },
      finds: [],
    },
  ],
  *check(document, { stack }) {
    const mode = pathFacts(targetOf(stack.workspace, document.uri), HOME)?.mode;
    if (mode !== undefined && !/[0246]$/.test(mode)) return;
    for (const instance of stack.startedFrom(document.uri)) {
      const { user } = runIdentity(stack, instance);
      if (user === undefined || user === "root" || user === "0") continue;
      for (const [key, symptom] of Object.entries(SYMPTOMS))
        for (const setting of instance.all(key)) {
          const at = setting.origin;
          if (at?.uri !== document.uri || setting.holes.length > 0 || !setting.certain) continue;
          if (machinePath(setting.value).startsWith(`${HOME}/`))
            yield {
              span: at.span,
              message: t`uWSGI runs as ${user} here, and only root may pass through /root: "${symptom}". Let it lie elsewhere, below /srv for instance.`,
            };
        }
    }
  },
});
