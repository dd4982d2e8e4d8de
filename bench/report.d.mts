export type Results = Readonly<Record<string, unknown>>;
export function readResults(): Results;
export function report(results: Results): string;
export function plotOf(results: Results): string;
