/** Which files of a folder are worth reading: folders of dependencies and files that hold no configuration are left alone. */
const SKIPPED: ReadonlySet<string> = new Set([
  "node_modules",
  "bower_components",
  "vendor",
  "venv",
  "env",
  "virtualenv",
  "site-packages",
  "__pycache__",
  "dist",
  "build",
  "target",
]);
const UNREAD =
  /\.(?:png|jpe?g|gif|ico|webp|svg|woff2?|ttf|eot|otf|pdf|zip|gz|bz2|xz|zst|tar|whl|egg|pyc|so|o|a|dll|exe|jar|class|mp[34]|mov|avi|sqlite3?|db|lock|map|css|scss|less|html?|jsx?|tsx?|mjs|po|mo|log|csv|pem|crt|key)$/i;

/** More files than this are not looked at: it is not the folder of a deployment. */
export const MAX_FILES = 200_000;

export const isSkippedFolder = (name: string): boolean => name.startsWith(".") || SKIPPED.has(name);

/** Whether a file may hold text of ours, by its name. */
export const mayBeRead = (path: string): boolean => !UNREAD.test(path);

/** Whether a path below a folder passes through one that is skipped. */
export function isSkipped(folder: string, path: string): boolean {
  const inner = path.slice(folder.length).split("/").slice(0, -1);
  return inner.some((part) => part !== "" && isSkippedFolder(part));
}
