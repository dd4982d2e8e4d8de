/** The words of nginx's own documentation about directives and variables. Loaded when first asked for. */
import type { NginxDirective, NginxVariable } from "./nginx";

export type DirectiveDoc = {
  readonly module: string;
  readonly description: string;
  /** Markdown, without the directive's name. */
  readonly syntax: readonly string[];
  readonly contexts: readonly string[];
  readonly default: string;
  readonly link: string;
};
export type NginxDocs = {
  directive(fact: Pick<NginxDirective, "name" | "module">): DirectiveDoc | undefined;
  variable(fact: Pick<NginxVariable, "name" | "module" | "kind" | "prefix">): string | undefined;
};

const CORE = "Core functionality";

let loaded: Promise<NginxDocs> | undefined;

export function loadNginxDocs(): Promise<NginxDocs> {
  loaded ??= import("@nginx/reference-lib").then(async (library) => {
    // In the bundles both lists are compressed, and promises.
    const [allDirectives, allVariables] = await Promise.all([
      library.getDirectives(library.Format.Markdown),
      library.getVariables(library.Format.Markdown),
    ]);
    const directives = new Map(allDirectives.map((one) => [`${one.module} ${one.name}`, one]));
    const variables = new Map(allVariables.map((one) => [`${one.module} ${nameOf(one.name)}`, one.description]));
    return {
      directive({ name, module }) {
        const found = modulesOf(module).flatMap((one) => directives.get(`${one} ${name}`) ?? [])[0];
        return found && { ...found, link: linkOf(found.module, name) };
      },
      variable: ({ name, module, prefix }) =>
        modulesOf(module).flatMap((one) => variables.get(`${one} ${prefix ? `${name}*` : name}`) ?? [])[0],
    };
  });
  return loaded;
}

/** `$arg_NAME` stands for every name that begins with `arg_`. */
const nameOf = (written: string): string =>
  written
    .replace(/^\$/, "")
    .replace(/NAME$|name$/, (end) => (end === "NAME" ? "*" : end))
    .toLowerCase();

/** Pages on which a module of the sources may be described: filters and ways to balance have no pages of their own. */
function modulesOf(module: string): readonly string[] {
  const family = /^ngx_(http|stream|mail)_/.exec(module)?.[1];
  const all = [module, module.replace("_filter_module", "_module"), module.replace(/_upstream_\w+_module$/, "_upstream_module")];
  if (family) all.push(`ngx_${family}_core_module`);
  if (module === "ngx_http_core_module") all.push("ngx_http_gzip_module");
  return [...all, CORE];
}

function linkOf(module: string, name: string): string {
  const folder = /^ngx_(http|stream|mail)_/.exec(module)?.[1];
  const page = module === CORE ? "ngx_core_module" : module;
  return `https://nginx.org/en/docs/${folder ? `${folder}/` : ""}${page}.html#${name}`;
}
