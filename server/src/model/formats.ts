/** The other formats uWSGI reads, brought to the same tree. */
import type { Tree } from "../syntax/tree";
import type { UwsgiFormat } from "./language";

export function parseUwsgiFormat(_format: UwsgiFormat, _text: string): Tree {
  return { directives: [], comments: [], problems: [] };
}
