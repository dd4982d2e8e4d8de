/** How uWSGI reads values. */

/** A flag is off for these words and for nothing else. */
export const isFalse = (value: string): boolean => /^(?:false|off|no)$/i.test(value) || value === "0";
