export type Files = Iterable<readonly [path: string, text: string]>;
export const SHAPES: Readonly<Record<string, (names: readonly string[]) => Files>>;
export function namesUpTo(count: number): readonly string[];
export function write(folder: string, shape: string, count: number): number;
