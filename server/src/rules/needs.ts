/** Which options and directives a file has to do with: most rules are about one that hardly any file has. */
import type { Document } from "../model/document";
import { canonical, type Instance } from "../stack/instance";
import { readersOf } from "./evaluated";
import type { Context, Rule } from "./rule";

/** What is written in a file, and what is set in processes: those that read it or are started by it, and those that nginx reaches. */
export function namesAbout(document: Document, context: Context): ReadonlySet<string> {
  const names = new Set<string>();
  const isNginx = document.language === "nginx";
  for (const { directive } of document.all) names.add(directive.name.text);
  if (!isNginx) for (const name of [...names]) names.add(canonical(name));
  for (const instance of isNginx ? reachedFrom(document, context) : readersOf(document, context))
    for (const option of instance.options) names.add(option);
  return names;
}

export const isNeeded = ({ needs }: Rule, names: ReadonlySet<string>): boolean => !needs || needs.some((name) => names.has(name));

function reachedFrom(document: Document, { stack }: Context): ReadonlySet<Instance> {
  const reached = new Set<Instance>();
  for (const link of stack.linksAbout(document)) for (const { endpoint } of link.reached) reached.add(endpoint.instance);
  return reached;
}
