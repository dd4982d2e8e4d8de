/** URIs as strings, written one way, and slash paths. VS Code writes `file:///c%3A/x`, node `file:///C:/x`; here both are one. */

/** The one spelling of a URI used as a key everywhere. Text that is no URI comes back as it is. */
export function normaliseUri(uri: string): string {
  const colon = uri.indexOf("://");
  if (colon <= 0) return uri;
  const slash = uri.indexOf("/", colon + 3);
  if (slash < 0) return uri;
  const query = uri.slice(slash).search(/[?#]/);
  const path = query < 0 ? uri.slice(slash) : uri.slice(slash, slash + query);
  const tail = query < 0 ? "" : uri.slice(slash + query);
  return uri.slice(0, slash) + encodePath(decode(path).replace(/^\/([A-Z]):/, (_, drive: string) => `/${drive.toLowerCase()}:`)) + tail;
}

/** The decoded path of a URI: always with slashes. */
export function pathOf(uri: string): string {
  const colon = uri.indexOf("://");
  const slash = colon < 0 ? 0 : uri.indexOf("/", colon + 3);
  return decode(slash < 0 ? "" : uri.slice(slash));
}

export function withPath(uri: string, path: string): string {
  const colon = uri.indexOf("://");
  const slash = colon < 0 ? -1 : uri.indexOf("/", colon + 3);
  return (slash < 0 ? (colon < 0 ? "file://" : uri) : uri.slice(0, slash)) + encodePath(path);
}

export const fileUri = (path: string): string => `file://${encodePath(path.startsWith("/") ? path : `/${path}`)}`;

export const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** Joins and tidies like the kernel would read it: no `.`, no `..` beyond what can be taken back, no double slash. */
export function joinPath(base: string, path: string): string {
  return tidyPath(path.startsWith("/") ? path : `${base}/${path}`);
}

export function tidyPath(path: string): string {
  if (!path.includes("//") && !path.includes("/.") && !path.startsWith(".") && !path.endsWith("/")) return path;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== ".." || !path.startsWith("/")) parts.push(part);
  }
  return (path.startsWith("/") ? "/" : "") + parts.join("/");
}

function decode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const PLAIN = /^[A-Za-z0-9/._~+-]*$/;

function encodePath(path: string): string {
  if (PLAIN.test(path)) return path;
  return path
    .split("/")
    .map((part) => (PLAIN.test(part) ? part : encodePart(part)))
    .join("/");
}

function encodePart(part: string): string {
  try {
    return encodeURIComponent(part);
  } catch {
    return part; // a lone surrogate
  }
}
