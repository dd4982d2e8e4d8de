export function configSchema(rules: readonly { readonly id: string; readonly title: string }[]): string;
