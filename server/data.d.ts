// The data files are typed where they are read (facts/), not by the compiler's guess at a megabyte of JSON.
declare module "*.json" {
  const value: unknown;
  export default value;
}

declare module "*/package.json" {
  export const version: string;
}
