/** Values that uWSGI takes as they are: quotes and comments are letters like any other. */
import { t } from "../text/l10n";
import { type Check, misread, perhaps, sure } from "./uwsgi-value";

const QUOTED = /^(["'])(.*)\1$/s;

export const unquoted: Check = (value) => {
  const inside = QUOTED.exec(value)?.[2];
  if (inside === undefined || /["']/.test(inside)) return undefined;
  return misread(t`The quotes are part of the value: uWSGI knows no quoting. Write \`${inside}\`.`, sure(inside));
};

/** Blanks before a comment sign, as one writes a comment behind a value. */
const COMMENT = /^(.*?)(?<![ \t])[ \t]+(?:;|#|\/\/)(?:[ \t].*|[^\s/]*)?$/s;

export const uncommented: Check = (value) => {
  const before = COMMENT.exec(value)?.[1];
  if (!before) return undefined;
  return misread(
    t`There are no comments behind a value: all of \`${value}\` is taken. Put the comment on a line of its own.`,
    sure(before),
  );
};

/** A path, name or module: neither quotes nor comments belong in it. */
export const plainText: Check = (value, option, version) => unquoted(value, option, version) ?? uncommented(value, option, version);

/** Values of a relative or absolute path of at most one file. */
export const path: Check = (value, option, version) => {
  const home = /^~(?=\/|$)/.test(value);
  return (
    plainText(value, option, version) ??
    (home ? misread(t`\`~\` is not expanded: this is a folder of that name in the working directory. Write the whole path.`) : undefined)
  );
};

/** `a = b` where the blanks become part of name and value. */
export const assignment: Check = (value) => {
  const [, name = "", blanksBefore = "", blanksAfter = "", rest = ""] = /^([^=]*?)(?<![ \t])([ \t]*)=([ \t]*)(.*)$/s.exec(value) ?? [];
  if (!name || (!blanksBefore && !blanksAfter)) return undefined;
  return misread(t`The blanks around "=" become part of the name and of the value. Write \`${name}=${rest}\`.`, perhaps(`${name}=${rest}`));
};
