/** UTF-8 in texts that hold one byte in each character. */

/** The bytes of a text. Half a surrogate pair is a replacement character. */
export const utf8 = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The text of bytes, or undefined when they are no UTF-8. */
export function fromUtf8(bytes: string): string | undefined {
  if (!/[\x80-\xff]/.test(bytes)) return bytes;
  try {
    return decodeURIComponent(bytes.replace(/[%\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`));
  } catch {
    return undefined;
  }
}
