import { nearNames } from "../../facts/near";
import { directivesNamed } from "../../facts/nginx";
import { compare, isIn, optionOf, options } from "../../facts/uwsgi";
import { isOwn } from "../../facts/uwsgi-build";
import { type Document, perDocument } from "../../model/document";
import type { Directive } from "../../syntax/tree";
import { t } from "../../text/l10n";
import { uwsgiVersionOf } from "../../workspace/target";
import type { Workspace } from "../../workspace/workspace";
import { addDirective, fixes, inFile, replace, safeFix, suggest, suggestion } from "../edits";
import { removeOption, renameOption } from "../option-edits";
import { type Context, type Finding, rule } from "../rule";

const PHP = new Set([
  "max_execution_time",
  "memory_limit",
  "upload_max_filesize",
  "post_max_size",
  "display_errors",
  "error_log",
  "session.save_path",
  "max_input_time",
]);

export const unknownOption = rule({
  id: "unknown-option",
  title: "uWSGI has no such option",
  why: "Without `strict = true` uWSGI keeps every unknown key as a variable for `%(key)` and says nothing: the setting has no effect. Names are exact: `_` is not `-`, `Master` is not `master`, and only `=` separates a key from its value.",
  severity: "warning",
  languages: ["uwsgi"],
  link: "https://uwsgi-docs.readthedocs.io/en/latest/Options.html",
  examples: [
    {
      title: "A misspelt option",
      files: { "app.ini": "[uwsgi]\nsokcet = :3031\nchmod_socket = 660\nprocesses: 4\n" },
      finds: ["app.ini:2", "app.ini:3", "app.ini:4"],
    },
    {
      title: "In the other formats",
      files: {
        "a.xml": "<uwsgi>\n  <socket>127.0.0.1:3031</socket>\n  <proceses>4</proceses>\n</uwsgi>\n",
        "b.json": '{"uwsgi": {\n  "socket": "127.0.0.1:3032",\n  "harakiri_verbose": true\n}}\n',
      },
      finds: ["a.xml:3", "b.json:3"],
    },
    {
      title: "A uWSGI built without regular expressions, with a plugin of one's own",
      files: { "app.ini": "[uwsgi]\nlog-filter = ^GET /ping\nshop-limit = 5\nshop-limt = 5\n" },
      facts: { system: { uwsgiOptions: { absent: ["log-filter"], own: { "shop-limit": "requests per customer" } } } },
      finds: ["app.ini:2", "app.ini:4"],
    },
    {
      title: "A variable of one's own is none",
      files: { "app.ini": "[uwsgi]\nproject = shop\nchdir = /srv/%(project)\nsocket = :3031\n" },
      finds: [],
    },
    {
      title: "Nor is one that an included file uses",
      files: {
        "app.ini": "[uwsgi]\npy_version = 3.6\nini = {{ folder }}/static.ini\n",
        "static.ini": "[uwsgi]\nstatic-map = /static=/usr/lib/python%(py_version)/static\n",
      },
      finds: [],
    },
  ],
  *check(document, context) {
    let used: ReadonlySet<string> | undefined;
    const isUsed = (key: string): boolean => {
      used ??= usedNames(document, context);
      return used.has(key);
    };
    // Under strict uWSGI refuses them: strict-unknown-option says so.
    const strict = context.stack.startedFrom(document.uri).some((instance) => instance.flag("strict") === true);
    const { target } = context.workspace;
    const version = uwsgiVersionOf(target);
    const build = target.uwsgiOptions;
    const isSaid = target.uwsgiVersion !== undefined || target.distro !== undefined || build !== undefined;
    const foreign = new Set(document.all.flatMap(({ directive }) => (directive.body && isForeign(directive) ? [directive] : [])));
    for (const { directive, parent } of document.all) {
      if (directive.body || (!parent && document.format === "ini") || (parent && foreign.has(parent.directive))) continue;
      const key = directive.name.text;
      if (key === "" || /^(?:end|else)$/.test(key) || isTemplated(key)) continue;
      if (isOwn(key, build)) continue;
      const option = optionOf(key);
      const isLeftOut = build?.absent.includes(key) === true;
      if (option && !isLeftOut && isIn(option, version)) {
        if (!isSaid && compare(option.since, COMMON) > 0 && !isUsed(key))
          yield {
            span: directive.name.span,
            severity: "info",
            message: t`${key} exists since uWSGI ${option.since}; older ones, as stable distributions have them, ignore it.`,
          };
        continue;
      }
      if (strict || isUsed(key) || usedAnywhere(context.workspace).has(key)) continue;
      const finding = isLeftOut
        ? notInBuild(directive)
        : option
          ? notInVersion(directive, option.since, version)
          : (ofNginx(document, directive, context) ?? judge(document, directive, Object.keys(build?.own ?? {})));
      if (finding) yield finding;
    }
  },
});

/** A section of another program: not uWSGI's own, and hardly a key in it is an option. */
function isForeign(section: Directive): boolean {
  const keys = section.body ?? [];
  if (section.name.text.includes(":")) return true;
  return section.name.text !== "uwsgi" && keys.filter((one) => optionOf(one.name.text)).length * 2 < keys.length;
}

/** A release that stable distributions still ship. */
const COMMON = "2.0.21";

const isTemplated = (key: string): boolean => /[{}<>$]|%\(|__/.test(key);

/** Names that are variables: asked for as `%(name)` anywhere in the process, or declared. */
function usedNames(document: Document, { workspace, stack }: Context): ReadonlySet<string> {
  const used = new Set<string>();
  const texts = new Set([document.text]);
  for (const instance of stack.instancesOf(document.uri)) {
    for (const input of instance.inputs.values()) if (input) texts.add(input.text);
    for (const declared of instance.effective.declared) used.add(declared.name);
    for (const setting of instance.all("if-opt")) used.add(setting.value.split("=")[0] ?? "");
    for (const setting of instance.all("if-not-opt")) used.add(setting.value.split("=")[0] ?? "");
  }
  for (const text of texts)
    for (const [, name = ""] of text.matchAll(/%\(([^()]*)\)/g)) for (const one of [name, ...name.split(/[\s+*/-]+/)]) used.add(one);
  for (const name of workspace.derive(ASKED, () => askedByPython(workspace), workspace.of("python"))) used.add(name);
  return used;
}

const placeholders = perDocument(({ text }) => Array.from(text.matchAll(/%\(([^()\s]+)\)/g), (match) => match[1] ?? ""));
const USED = {};

/** Which file includes which is not always told: what any file uses is a variable. */
const usedAnywhere = (workspace: Workspace): ReadonlySet<string> =>
  workspace.derive(USED, () => new Set(workspace.of("uwsgi").flatMap(placeholders)), workspace.of("uwsgi"));

const ASKED = {};

/** Keys that Python code of the workspace reads from `uwsgi.opt`. */
const askedByPython = (workspace: Workspace): readonly string[] =>
  workspace
    .of("python")
    .flatMap((python) =>
      python.text.includes("uwsgi.opt")
        ? [...python.text.matchAll(/uwsgi\.opt(?:\.get\(|\[)\s*b?["']([^"']+)["']/g)].map((match) => match[1] ?? "")
        : [],
    );

/** A directive of nginx: it goes to the place that hands requests to this very file, where one is known. */
function ofNginx(document: Document, directive: Directive, { stack }: Context): Finding | undefined {
  const key = directive.name.text;
  const facts = directivesNamed(key);
  if (facts.length === 0 || optionOf(key.toLowerCase().replace(/_/g, "-"))) return undefined;
  const remove = removeOption(document, directive.span);
  const value = directive.args[0]?.text ?? "";
  const inLocation = facts.some((fact) => !fact.block && fact.contexts.includes("http.location"));
  const passes = stack
    .linksAbout(document)
    .flatMap(({ connection, reached }) =>
      reached.some(({ endpoint }) => endpoint.setting.origin?.uri === document.uri) ? connection.pass : [],
    );
  const [pass] = passes;
  const line = `${key} ${value};`;
  return {
    span: directive.name.span,
    message: t`${key} is a directive of nginx; uWSGI ignores it. It belongs into the file of nginx.`,
    fixes: fixes(
      pass !== undefined &&
        passes.length === 1 &&
        inLocation &&
        /^[\w.:/ -]+$/.test(value) &&
        suggest(t`Write ${line} in nginx instead`, remove, addDirective(pass.document, pass.nested, line)),
      suggest(t`Remove the line`, remove),
    ),
  };
}

function judge(document: Document, directive: Directive, own: Iterable<string>): Finding | undefined {
  const key = directive.name.text;
  const span = directive.name.span;
  const colon = /^([\w-]+)\s*:\s*(.*)$/.exec(key);
  if (colon && optionOf(colon[1] ?? "") && document.format === "ini") {
    const [, option = "", value] = colon;
    const text = `${option} = ${value}${directive.args[0] ? ` = ${directive.args[0].text}` : ""}`;
    return {
      span: directive.span,
      severity: "error",
      message: t`uWSGI separates keys by "=" only: this is an unknown option named "${key}", and ${option} stays as it was.`,
      fixes: [safeFix(t`Write ${text}`, inFile(document.uri, replace(directive.span, text)))],
    };
  }
  const blank = /^([\w-]+)\s+(\S.*)$/.exec(key);
  if (blank && optionOf(blank[1] ?? "") && document.format === "ini") {
    const [, option = "", value] = blank;
    const text = `${option} = ${value}${directive.args[0] ? `=${directive.args[0].text}` : ""}`;
    return {
      span: directive.span,
      severity: "error",
      message: t`The "=" behind ${option} is missing: this is an unknown option named "${key}", and ${option} stays as it was.`,
      fixes: [suggestion(t`Write ${text}`, inFile(document.uri, replace(directive.span, text)))],
    };
  }
  const dashes = /^--?([\w-]+)$/.exec(key)?.[1];
  if (dashes && optionOf(dashes))
    return {
      span,
      message: t`In a file options have no dashes: "${key}" is ignored.`,
      fixes: [safeFix(t`Write ${dashes}`, renameOption(document, directive.span, span, dashes))],
    };
  const near = nearNames(key, [...names(), ...own], 3).filter((name) => name !== key);
  const folded = near[0]?.toLowerCase() === key.toLowerCase().replace(/_/g, "-");
  const remove = fixes(suggest(t`Remove the line`, removeOption(document, directive.span)));
  if (PHP.has(key))
    return { span, message: t`${key} is a setting of PHP; uWSGI ignores it. With the php plugin write php-set = ${key}=….`, fixes: remove };
  const [best, other] = near;
  if (best) {
    const why = folded
      ? key.includes("_")
        ? t`Options are written with "-".`
        : t`Letter case counts.`
      : other === undefined
        ? t`Did you mean ${best}?`
        : t`Did you mean ${best} or ${other}?`;
    const make = folded ? safeFix : suggestion;
    return {
      span,
      message: `${t`uWSGI has no option "${key}" and ignores it.`} ${why}`,
      fixes: fixes(...near.map((name) => make(t`Write ${name}`, renameOption(document, directive.span, span, name)))),
    };
  }
  return { span, severity: "info", message: t`uWSGI has no option "${key}", and nothing here uses it as %(${key}): it has no effect.` };
}

let known: readonly string[] | undefined;
function names(): readonly string[] {
  known ??= options()
    .filter((option) => isIn(option, "2.0.30"))
    .map((option) => option.name);
  return known;
}

const notInBuild = ({ name }: Directive): Finding => ({
  span: name.span,
  message: t`The uWSGI of the target was built without ${name.text}: it is ignored.`,
});

function notInVersion(directive: Directive, since: string, version: string): Finding {
  return {
    span: directive.name.span,
    message: t`${directive.name.text} exists since uWSGI ${since}, not in ${version}: it is ignored. A setting tells which version is the target.`,
  };
}
