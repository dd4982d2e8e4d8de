/** Addresses that uWSGI listens on or connects to. A colon anywhere makes it TCP, everything else is a file. */
import { t } from "../text/l10n";
import { type Check, fatal, fatalAtStart, misread, odd, perhaps, sure, type ValueProblem } from "./uwsgi-value";
import { uncommented, unquoted } from "./uwsgi-values-text";

/** Bytes that fit into the address of a UNIX socket, as uWSGI counts. */
const LONGEST_PATH = 102;
const HIGHEST_PORT = 65535;

const nowhere = (): string => t`uWSGI takes it for a host name that cannot be found and ends up at 255.255.255.255.`;

/** Spellings of other programs. */
function foreign(value: string): ValueProblem | undefined {
  const unix = /^unix:(?:\/\/(?=\/))?(.*)$/s.exec(value)?.[1];
  if (unix) return misread(t`\`unix:\` is nginx's way of writing: ${nowhere()} Write the path alone.`, sure(unix));
  const url = /^(?:https?|tcp|uwsgi|udp):\/\/([^/]*)\/?$/.exec(value)?.[1];
  if (url) return misread(t`An address has no scheme: ${nowhere()}`, sure(url));
  return undefined;
}

function unixPath(value: string): ValueProblem | undefined {
  if (value.startsWith("fd://") || value.startsWith("=")) return undefined;
  const length = byteLength(value);
  if (length > LONGEST_PATH)
    return fatalAtStart(t`The path of a UNIX socket has at most ${LONGEST_PATH} bytes, this one has ${length}: uWSGI refuses to start.`);
  if (/^\d{2,5}$/.test(value))
    return misread(
      t`Without a colon this is no port but a UNIX socket, a file named \`${value}\` in the working directory. Write \`:${value}\`.`,
      sure(`:${value}`),
    );
  if (/^(?:\d{1,3}\.){3}\d{1,3}$|^localhost$/.test(value))
    return misread(t`Without a port this is no address but a UNIX socket, a file of that name in the working directory.`);
  return undefined;
}

/** The length in UTF-8. */
function byteLength(text: string): number {
  let length = 0;
  for (const char of text) length += char < "\x80" ? 1 : char < "\u0800" ? 2 : char.length === 1 ? 3 : 4;
  return length;
}

function tcp(value: string): ValueProblem | undefined {
  const colon = value.lastIndexOf(":");
  const host = value.slice(0, colon);
  const port = value.slice(colon + 1);
  if (/^[/@.]/.test(value) || /\.sock(?:et)?(?=:)/.test(value))
    return misread(t`The colon makes this a TCP address: ${nowhere()} A path must not hold one.`, perhaps(host));
  if (value.includes(",")) return misread(t`There is one address in one option: ${nowhere()} Write one line for each.`);
  if (host.includes(":") && !/^\[.*\]$/.test(host))
    return misread(t`An IPv6 address stands in brackets: ${nowhere()}`, sure(`[${host}]:${port}`));
  if (host === "*") return misread(t`\`*\` alone is no address: leave it out to listen everywhere.`, sure(`:${port}`));
  return portOf(port);
}

function portOf(port: string): ValueProblem | undefined {
  const digits = /^\d*/.exec(port)?.[0] ?? "";
  if (port === "" || /^0+$/.test(port)) return odd(t`Port 0 is a port that the system chooses anew at each start.`);
  if (digits === "") return misread(t`\`${port}\` is no port: the system chooses one at random.`);
  if (Number(digits) > HIGHEST_PORT)
    return misread(t`There is no port above ${HIGHEST_PORT}: this one becomes ${Number(digits) % (HIGHEST_PORT + 1)}.`);
  if (digits !== port) return odd(t`What follows the port is ignored: \`${port.slice(digits.length)}\`.`);
  return undefined;
}

export const bind: Check = (value, option, version) => {
  const trimmed = value.replace(/^[ \t\n\v\f\r]+/, "");
  if (trimmed === "") return fatal(t`An empty address: uWSGI refuses to start.`);
  if (/^(?:fd:\/\/\d+|=\d+)$/.test(trimmed)) return undefined;
  return (
    unquoted(trimmed, option, version) ??
    foreign(trimmed) ??
    uncommented(trimmed, option, version) ??
    (trimmed.includes(":") ? tcp(trimmed) : unixPath(trimmed))
  );
};

/** Sockets that are opened later, or by another part of uWSGI: empty is not refused at once. */
export const laterBind: Check = (value, option, version) => (value.trim() === "" ? undefined : bind(value, option, version));

export const connect: Check = (value, option, version) => {
  if (value.trim() === "") return undefined;
  return unquoted(value, option, version) ?? foreign(value) ?? uncommented(value, option, version);
};

/** `address,certificate,key[,ciphers[,client ca]]` */
export const tlsBind: Check = (value, option, version) => {
  const [address = "", , key] = value.split(",");
  if (key === undefined) return fatal(t`This needs an address, a certificate and a key, with commas between them: uWSGI refuses to start.`);
  return laterBind(address, option, version);
};

/** `address[,port]` */
export const addressFirst: Check = (value, option, version) => laterBind(value.split(",")[0] ?? "", option, version);
