/** The language server over a stream. */
export function serve(_argv: readonly string[]): void {}
