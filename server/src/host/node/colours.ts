/** Whether anybody sees colours, and how they are made. NO_COLOR and FORCE_COLOR decide before the terminal does. */

export type Paint = (text: string, ...codes: readonly number[]) => string;
export const BOLD = 1;
export const RED = 31;
export const GREEN = 32;
export const YELLOW = 33;
export const BLUE = 34;
export const CYAN = 36;
export const GREY = 90;

type Stream = { readonly isTTY?: boolean };
type Environment = Readonly<Record<string, string | undefined>>;

export function wantsColours(stream: Stream, environment: Environment = process.env): boolean {
  if (environment.NO_COLOR) return false;
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return stream.isTTY === true && environment.TERM !== "dumb";
}

/** Links are for terminals only: what reads a pipe gets no marks that are no colours. */
export const wantsLinks = (stream: Stream, environment: Environment = process.env): boolean =>
  stream.isTTY === true && wantsColours(stream, environment);

export function painter(colours: boolean): Paint {
  return (text, ...codes) => (colours && text !== "" ? `\u001b[${codes.join(";")}m${text}\u001b[0m` : text);
}

/** A link of a terminal (OSC 8). */
export const linked = (text: string, target: string): string => `\u001b]8;;${target}\u001b\\${text}\u001b]8;;\u001b\\`;

/** Text of others for a terminal: what would steer it is shown as a sign of its own. Tabs are one column. */
export const harmless = (text: string): string =>
  text.replaceAll("\t", " ").replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g, "\ufffd");
