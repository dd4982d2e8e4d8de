/** Who may do what with a file on Linux, when owners, groups and modes may be unknown. */

export type Answer = "yes" | "no" | "unknown";
/** Names of groups; `complete` says that there are no others. */
export type Groups = { readonly known: readonly string[]; readonly complete: boolean };
/** A running process. A user or group is a name or a number; undefined is "not known". */
export type Identity = { readonly user: string | undefined; readonly group: string | undefined; readonly groups: Groups };
export type Inode = { readonly owner: string | undefined; readonly group: string | undefined; readonly mode: number | undefined };
/** The three columns of a mode: `ls -l` shows them in this order. */
export type Class = "owner" | "group" | "other";
export type Permission = "read" | "write" | "search";
/** Why an answer is so: the columns that may apply to the process. One column means that it is known. */
export type Verdict = { readonly answer: Answer; readonly classes: readonly Class[] };

export const NO_GROUPS: Groups = { known: [], complete: true };
export const UNKNOWN_GROUPS: Groups = { known: [], complete: false };
export const NOBODY_KNOWN: Identity = { user: undefined, group: undefined, groups: UNKNOWN_GROUPS };

const SHIFT: Readonly<Record<Class, number>> = { owner: 6, group: 3, other: 0 };
const BIT: Readonly<Record<Permission, number>> = { read: 4, write: 2, search: 1 };
export const SETGID = 0o2000;
export const STICKY = 0o1000;

export const yesNo = (value: boolean): Answer => (value ? "yes" : "no");

/** "no" as soon as one says no, "yes" only when all say yes. */
export function every(answers: readonly Answer[]): Answer {
  if (answers.includes("no")) return "no";
  return answers.includes("unknown") ? "unknown" : "yes";
}

/** "yes" as soon as one says yes. */
export function some(answers: readonly Answer[]): Answer {
  if (answers.includes("yes")) return "yes";
  return answers.includes("unknown") ? "unknown" : "no";
}

const isNumber = (name: string): boolean => /^\d+$/.test(name);
const plain = (name: string): string => (isNumber(name) && Number(name) === 0 ? "root" : name);

/** Whether two users (or two groups) are one. A name and a number may be; only 0 and root are known to be. */
export function same(one: string | undefined, other: string | undefined): Answer {
  if (one === undefined || other === undefined) return "unknown";
  const [a, b] = [plain(one), plain(other)];
  if (a === b || a === "root" || b === "root") return yesNo(a === b);
  return isNumber(a) === isNumber(b) ? "no" : "unknown";
}

export const isRoot = (identity: Identity): Answer => same(identity.user, "root");

export function isMember({ group: own, groups }: Identity, group: string | undefined): Answer {
  let answer = same(own, group);
  for (const one of groups.known) {
    if (answer === "yes") return answer;
    const other = same(one, group);
    if (other !== "no") answer = other;
  }
  return answer === "no" && !groups.complete ? "unknown" : answer;
}

/** The columns of the mode that may count for a process: the first that fits does, even when a later one would allow more. */
export function classesOf(identity: Identity, inode: Inode): readonly Class[] {
  const owns = same(identity.user, inode.owner);
  if (owns === "yes") return OWNER;
  const classes = CLASSES[isMember(identity, inode.group)];
  return owns === "unknown" ? classes.withOwner : classes.others;
}

const OWNER: readonly Class[] = ["owner"];
/** By whether the process is in the group: asked for so often that no list is made anew. */
const CLASSES: Readonly<Record<Answer, { readonly others: readonly Class[]; readonly withOwner: readonly Class[] }>> = {
  yes: { others: ["group"], withOwner: ["owner", "group"] },
  no: { others: ["other"], withOwner: ["owner", "other"] },
  unknown: { others: ["group", "other"], withOwner: ["owner", "group", "other"] },
};

/** May the process do this with the file? Root always may. */
export function may(identity: Identity, permission: Permission, inode: Inode): Verdict {
  const classes = classesOf(identity, inode);
  const root = isRoot(identity);
  if (root === "yes") return { answer: "yes", classes };
  const { mode } = inode;
  if (mode === undefined) return { answer: "unknown", classes };
  const isAllowed = (each: Class): boolean => (mode & (BIT[permission] << SHIFT[each])) !== 0;
  if (classes.every(isAllowed)) return { answer: "yes", classes };
  return { answer: root === "unknown" || classes.some(isAllowed) ? "unknown" : "no", classes };
}
