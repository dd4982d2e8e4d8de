/** The documentation of nginx, as its makers publish it for programs. Large, so it is loaded when first asked for. */

export type NginxReference = {
  /** Markdown. The same name in another module is another directive: http, stream and mail each have a `listen`. */
  directive(name: string, module: string): NginxPage | undefined;
  variable(name: string): NginxPage | undefined;
  readonly names: readonly string[];
};
export type NginxPage = {
  readonly name: string;
  readonly module: string;
  readonly text: string;
  readonly syntax: readonly string[];
  readonly default: string;
  readonly contexts: readonly string[];
};

let loaded: Promise<NginxReference> | undefined;

export function loadNginxReference(): Promise<NginxReference> {
  loaded ??= import("@nginx/reference-lib").then(({ getDirectives, getVariables, Format }) => {
    const directives = getDirectives(Format.Markdown).map((one) => ({
      name: one.name,
      module: one.module,
      text: one.description,
      syntax: one.syntax,
      default: one.default,
      contexts: one.contexts,
    }));
    const variables = getVariables(Format.Markdown).map((one) => ({
      name: one.name,
      module: one.module,
      text: one.description,
      syntax: [],
      default: "",
      contexts: [],
    }));
    const byName = new Map(directives.map((one) => [`${one.module} ${one.name}`, one]));
    const byVariable = new Map(variables.map((one) => [one.name.toLowerCase(), one]));
    return {
      directive: (name, module) => byName.get(`${module} ${name}`),
      variable: (name) =>
        byVariable.get(name.toLowerCase()) ??
        variables.find(
          (one) =>
            one.name.endsWith("NAME") &&
            name.toLowerCase().startsWith(one.name.slice(0, -4).toLowerCase()) &&
            name.length > one.name.length - 4,
        ),
      names: [...byName.values(), ...variables].map((one) => one.name),
    };
  });
  return loaded;
}
