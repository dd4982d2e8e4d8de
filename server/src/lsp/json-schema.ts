/** Checks a JSON text against a schema and says where it is wrong. Knows the words that the schema of this project uses, and no more. */

import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { didYouMean } from "../facts/near";
import { t } from "../text/l10n";
import { isRecord } from "../workspace/target";

export type Wrong = { readonly offset: number; readonly message: string };
type Schema = Readonly<Record<string, unknown>>;

/** What is wrong with the text, in its order. Comments and a comma at the end are allowed. */
export function wrongIn(text: string, schema: unknown): readonly Wrong[] {
  const errors: ParseError[] = [];
  if (text.trim() === "") return [{ offset: 0, message: t`the file is empty` }];
  try {
    const root = parseTree(text, errors, { allowTrailingComma: true });
    const [first] = errors;
    if (first) return [{ offset: first.offset, message: syntaxWords(printParseErrorCode(first.error)) }];
    return root ? [...check(root, isRecord(schema) ? schema : {}, schema, "")] : [];
  } catch (error) {
    if (error instanceof RangeError) return [{ offset: 0, message: t`nested too deeply` }];
    throw error;
  }
}

function* check(node: Node, schema: Schema, whole: unknown, path: string): Iterable<Wrong> {
  const reference = schema.$ref;
  if (typeof reference === "string") {
    yield* check(node, resolved(reference, whole), whole, path);
    return;
  }
  const wrong = (message: string): Wrong => ({ offset: node.offset, message: path === "" ? message : `${path}: ${message}` });
  const types = [schema.type ?? []].flat();
  if (types.length > 0 && !types.some((type) => type === node.type)) {
    yield wrong(t`must be ${types.join(t` or `)}, and is ${node.type}`);
    return;
  }
  if (Array.isArray(schema.enum) && !schema.enum.includes(node.value)) {
    const names = schema.enum.filter((one): one is string => typeof one === "string" && one !== "");
    yield wrong(t`must be one of ${names.join(", ")}` + (typeof node.value === "string" ? didYouMean(node.value, names) : ""));
  }
  if (typeof node.value === "string") {
    if (typeof schema.minLength === "number" && node.value.length < schema.minLength) yield wrong(t`must not be empty`);
    if (typeof schema.pattern === "string" && !new RegExp(schema.pattern, "u").test(node.value))
      yield wrong(t`"${node.value.slice(0, 80)}" is not of the form ${schema.pattern}`);
  }
  if (node.type === "array" && isRecord(schema.items))
    for (const [index, item] of (node.children ?? []).entries()) yield* check(item, schema.items, whole, `${path}[${index}]`);
  if (node.type === "object") yield* properties(node, schema, whole, path);
}

function* properties(node: Node, schema: Schema, whole: unknown, path: string): Iterable<Wrong> {
  const known = isRecord(schema.properties) ? schema.properties : {};
  const names = new Set<string>();
  for (const { children: [key, value] = [] } of node.children ?? []) {
    if (!key || !value) continue;
    const name = String(key.value);
    names.add(name);
    const inner = Object.hasOwn(known, name) ? known[name] : schema.additionalProperties;
    const place = path === "" ? name : `${path}.${name}`;
    if (inner === false) yield { offset: key.offset, message: t`${place} is not known here` + didYouMean(name, Object.keys(known)) };
    else if (isRecord(inner)) yield* check(value, inner, whole, place);
  }
  for (const name of Array.isArray(schema.required) ? schema.required : [])
    if (!names.has(name)) yield { offset: node.offset, message: `${path}: ${t`${name} is missing`}` };
}

function resolved(reference: string, whole: unknown): Schema {
  let found = whole;
  for (const name of reference.split("/").slice(1)) found = isRecord(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  return isRecord(found) ? found : {};
}

/** By the parser's own names. */
const SYNTAX: Readonly<Record<string, () => string>> = {
  InvalidSymbol: () => t`invalid symbol`,
  InvalidNumberFormat: () => t`invalid number format`,
  PropertyNameExpected: () => t`property name expected`,
  ValueExpected: () => t`value expected`,
  ColonExpected: () => t`colon expected`,
  CommaExpected: () => t`comma expected`,
  CloseBraceExpected: () => t`close brace expected`,
  CloseBracketExpected: () => t`close bracket expected`,
  EndOfFileExpected: () => t`end of file expected`,
  InvalidCommentToken: () => t`invalid comment token`,
  UnexpectedEndOfComment: () => t`unexpected end of comment`,
  UnexpectedEndOfString: () => t`unexpected end of string`,
  UnexpectedEndOfNumber: () => t`unexpected end of number`,
  InvalidUnicode: () => t`invalid unicode`,
  InvalidEscapeCharacter: () => t`invalid escape character`,
  InvalidCharacter: () => t`invalid character`,
};
const syntaxWords = (code: string): string => SYNTAX[code]?.() ?? code;
