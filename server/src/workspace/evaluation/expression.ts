/** Blanks inside `%( )` make it an expression: from left to right, without precedence, in 64-bit integers. */
import { toInt64, wrap64 } from "../../text/numbers";

/** The value of a name: null when there is none. */
type Operand = (name: string) => string | null | undefined;

type Operator = (left: bigint, right: bigint) => bigint;

const OPERATORS: Readonly<Record<string, Operator>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => (right === 0n ? 0n : left / right),
};
const STEPS: Readonly<Record<string, bigint>> = { "++": 1n, "--": -1n };

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined);

/** null when nothing comes out of it, undefined when an operand is not known. */
export function calculate(expression: string, operand: Operand): string | null | undefined {
  let result: string | null = null;
  let pending: Operator | undefined;
  for (const token of expression.split(" ")) {
    if (token === "") continue;
    const operator = own(OPERATORS, token);
    if (operator) {
      pending = operator;
      continue;
    }
    const step = own(STEPS, token);
    if (step !== undefined) {
      if (result !== null) result = String(wrap64(toInt64(result) + step));
      pending = undefined;
      continue;
    }
    const value = /^\d+$/.test(token) ? token : operand(token);
    if (value === undefined) return undefined;
    const right = value ?? "";
    // Two operands without an operator are put together as texts.
    result = pending ? String(wrap64(pending(toInt64(result ?? ""), toInt64(right)))) : (result ?? "") + right;
    pending = undefined;
  }
  return result;
}
