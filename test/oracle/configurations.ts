/** Configurations made at random: every construct of the language, alone and mixed. A construct leaves its name in `seen`. */
import fc from "fast-check";
import type { Files } from "./uwsgi";

/** A line with the names of the constructs in it. */
type Line = { readonly text: string; readonly seen: readonly string[] };
export type Configuration = {
  readonly files: Files;
  readonly file: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly seen: readonly string[];
};

const KEYS = ["a", "b", "c", "d", "x", "y", "foo", "my-key", "my_key", "Foo", "_"];
const key = fc.constantFrom(...KEYS);
const tagged = (seen: string, text: fc.Arbitrary<string>): fc.Arbitrary<Line> => text.map((one) => ({ text: one, seen: [seen] }));
const plain = (seen: string, ...texts: readonly string[]): fc.Arbitrary<Line> => tagged(seen, fc.constantFrom(...texts));

const join = (parts: readonly Line[], between = ""): Line => ({
  text: parts.map((part) => part.text).join(between),
  seen: parts.flatMap((part) => part.seen),
});

const operand = fc.oneof(key, fc.integer({ min: 0, max: 99999 }).map(String));
const operator = fc.constantFrom("+", "-", "*", "/", "++", "--", "");

const piece: fc.Arbitrary<Line> = fc.oneof(
  { weight: 8, arbitrary: plain("text", "x", "y1", "/srv/app", "7", "-3", "12", "hello world", " ", "=", "ü", "a=b", "\xc3\xa9\xff") },
  {
    weight: 6,
    arbitrary: tagged(
      "%( )",
      key.map((name) => `%(${name})`),
    ),
  },
  {
    weight: 2,
    arbitrary: tagged(
      "expression",
      fc.array(fc.tuple(operand, operator), { minLength: 1, maxLength: 4 }).map((parts) => `%(${parts.flat().join(" ")})`),
    ),
  },
  {
    weight: 1,
    arbitrary: plain(
      "expression",
      "%( a )",
      "%(a  +  b)",
      "%(+ 1)",
      "%(a + )",
      "%( )",
      "%(9223372036854775807 + 1)",
      "%(x / 0)",
      "%(a++)",
      "%(1 - 2 * 3)",
    ),
  },
  {
    weight: 2,
    arbitrary: plain("$( )", "$(ONE)", "$(EMPTY)", "$(NONE)", "$(REF)", "$(ONE", "${ONE}", "$ONE", "$()", "$(NO-DEF)", "$(NONE:-x)"),
  },
  { weight: 1, arbitrary: plain("@( )", "@(data.txt)", "@(empty.txt)", "@(@(name.txt))", "@(", "@()", "@(data.txt)%(a)") },
  { weight: 1, arbitrary: plain("@( ) missing", "@(none.txt)", "@(file://data.txt)") },
  {
    weight: 2,
    arbitrary: plain(
      "odd reference",
      "%(",
      "%()",
      "%(a",
      "%(a(b))",
      "%(a%(b))",
      "%(%(a))",
      "%($(ONE))",
      "((",
      "))",
      "%%(a)",
      "%%%(a)",
      "$(%(a))",
      "%(a)b)",
      "%(a(b)c)d)",
    ),
  },
  {
    weight: 2,
    arbitrary: tagged(
      "magic letter",
      fc.constantFrom(..."opsnedcxj0123456789vhVkuUgGbOPSNEDCXJ%[").map((letter) => `%${letter}`),
    ),
  },
  {
    weight: 1,
    arbitrary: tagged(
      "letter without meaning",
      fc.constantFrom(..."zZ-qQ wl;#=\t").map((letter) => `%${letter}`),
    ),
  },
  { weight: 1, arbitrary: plain("%(_)", "%(_)", "a%(_)b%(_)", "%(%(_))", "$(_)") },
  {
    weight: 1,
    arbitrary: plain(
      "looks like syntax",
      "; not a comment",
      "# neither",
      '"quoted"',
      "'single'",
      "\\",
      "//x",
      "[b]",
      "a:b",
      "true",
      "\xa0",
      "\f",
    ),
  },
);
const value: fc.Arbitrary<Line> = fc.array(piece, { maxLength: 4 }).map((parts) => join(parts));

const setting: fc.Arbitrary<Line> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc
      .tuple(key, fc.constantFrom(" = ", "=", "= ", " ="), value)
      .map(([name, equals, text]) => ({ text: name + equals + text.text, seen: ["option", ...text.seen] })),
  },
  { weight: 1, arbitrary: plain("option without =", "a", "b ", "foo bar", "x : 1", "--c") },
  { weight: 1, arbitrary: plain("empty key", "= 5", "=", "==") },
);

/** Options of uWSGI that only keep a value, good and bad ones. */
const known: fc.Arbitrary<Line> = fc.oneof(
  plain(
    "bool",
    "master = true",
    "master = false",
    "master",
    'master = "false"',
    "master = 0",
    "vacuum = 1",
    "single-interpreter = no",
    "enable-threads = OFF",
    "die-on-term",
  ),
  plain(
    "int",
    "processes = 4",
    "processes = abc",
    "harakiri =",
    "threads = 2 ; x",
    "max-requests = 1e3",
    "processes = 0x2",
    "buffer-size = 32k",
    "post-buffering = 8192",
    "limit-as = 512M",
  ),
  plain("int refused", "processes = -1", "harakiri = -5", "threads = -2147483649", "max-requests = -1", "buffer-size = -1"),
  plain("string", "chdir = /", "module = a:b", "log-format = %(uri) %(a)", "procname-prefix = x ", "env = A=b", "env = noequals"),
  plain("chmod-socket", "chmod-socket = 660", "chmod-socket = 1", "chmod-socket = 666", "chmod-socket"),
  plain("chmod-socket refused", "chmod-socket = 0660", "chmod-socket = 66", "chmod-socket = rw-", "chmod-socket = 888", "chmod-socket ="),
  plain("umask", "umask = 022", "umask = 22", "umask = 0002", "logfile-chmod = 644"),
  plain(
    "list",
    "static-map = /x=/srv",
    "mount = /a=b",
    "cron = 0 5 -1 -1 -1 ls",
    "attach-daemon = ls",
    "add-header = a: b",
    "ignore-sigpipe",
  ),
  plain(
    "refused by its callback",
    "static-map = /x",
    "cron = * 5 -1 -1 -1 ls",
    "route = ^/ last",
    "route-run = nope:x",
    "logfile-chmod = 0644",
    "protocol = none",
    "socket =",
  ),
  plain(
    "socket",
    "socket = 127.0.0.1:3031",
    "socket = /tmp/none/x.sock",
    "socket = a",
    "http-socket = :8080",
    "chown-socket = root",
    "listen = 64",
  ),
);

const CLOSERS = ["end", "endfor", "endif", "end-for", "end-if"];
const openers: fc.Arbitrary<Line> = fc.oneof(
  plain("for", "for = a b c", "for =  a  b ", "for =", "for = 1", "for = %(a) b"),
  plain("for-times", "for-times = 3", "for-times = 0", "for-times = x", "for-times = 2 4", "for-times = -1"),
  plain(
    "for-glob",
    "for-glob = *.txt",
    "for-glob = none*",
    "for-glob = sub",
    "for-glob = s*/*",
    "for-glob = [a-e]*.txt",
    "for-glob = ?ata.txt",
    "for-glob = sub/*.ini",
    "for-glob = .*",
    "for-glob =",
    "for-glob = */",
    "for-glob = \\d*",
  ),
  plain("for-readline", "for-readline = list.txt", "for-readline = none.txt", "for-readline = empty.txt", "for-readline = data.txt"),
  plain(
    "if-env",
    "if-env = ONE",
    "if-env = NONE",
    "if-env = ONE=1",
    "if-env = ONE=2",
    "ifenv = EMPTY",
    "if-env = EMPTY=",
    "if-env = ONE = 1",
    "if-env =",
  ),
  plain("if-not-env", "if-not-env = ONE", "if-not-env = NONE", "if-not-env = ONE=2"),
  plain(
    "if-opt",
    "if-opt = a",
    "if-opt = a=1",
    "if-opt = b=x",
    "if-opt = zzz",
    "if-opt = foo=",
    "if-not-opt = a",
    "if-not-opt = a=1",
    "if-not-opt = zzz",
    "if-opt = x=%(a)",
  ),
  plain(
    "if-exists",
    "if-exists = data.txt",
    "if-exists = none",
    "if-exists = sub",
    "ifexists = /",
    "if-not-exists = none",
    "if-not-exists = sub",
    "if-exists =",
  ),
  plain(
    "if-file",
    "if-file = data.txt",
    "if-file = sub",
    "if-file = none",
    "if-not-file = data.txt",
    "if-not-file = sub",
    "if-file = ./sub/../data.txt",
  ),
  plain("if-dir", "if-dir = sub", "if-dir = data.txt", "if-not-dir = sub", "ifdir = .", "if-directory = none", "if-dir = sub/"),
  plain("if-plugin", "if-plugin = cgi", "if-not-plugin = cgi", "ifplugin = python", "if-not-plugin = x"),
  plain("if-hostname", "if-hostname = nowhere", "if-not-hostname = nowhere", "if-hostname = %h", "if-not-hostname = %h"),
  plain("if-hostname-match", "if-hostname-match = ^no", "if-not-hostname-match = ^no", "if-hostname-match = .*"),
  plain("if-reload", "if-reload = true", "if-reload", "if-not-reload = true"),
);

const body: fc.Arbitrary<Line> = fc.oneof(
  { weight: 5, arbitrary: setting },
  {
    weight: 2,
    arbitrary: plain(
      "body",
      "v = <%(_)>",
      "%(_) = x",
      "set = %(_)=1",
      "w%(_) = %(a)",
      "include = sub/inner.ini",
      "plain",
      "include = %(_)",
    ),
  },
  { weight: 1, arbitrary: known },
);
const closer = plain("closer", ...CLOSERS, "endif = x", "end = ");
const block: fc.Arbitrary<Line> = fc
  .tuple(
    openers,
    fc.array(body, { maxLength: 3 }),
    closer,
    fc.constantFrom("closed", "closed", "closed", "closed", "closed", "unclosed block"),
  )
  .map(([opener, lines, end, state]) => {
    const whole = join(state === "closed" ? [opener, ...lines, end] : [opener, ...lines], "\n");
    return state === "closed" ? whole : { ...whole, seen: [...whole.seen, state] };
  });
const nested: fc.Arbitrary<Line> = fc
  .tuple(openers, block, closer)
  .map((parts) => ({ ...join(parts, "\n"), seen: [...parts.flatMap((part) => part.seen), "nested block"] }));

const define: fc.Arbitrary<Line> = fc.oneof(
  fc
    .tuple(fc.constantFrom("set", "set", "set-ph", "set-placeholder"), key, fc.constantFrom("=", " = ", "= ", " "), value)
    .map(([option, name, equals, text]) => ({
      text: `${option} = ${name}${equals}${text.text}`,
      seen: [option, ...text.seen],
    })),
  plain(
    "set of an option",
    "set = processes=3",
    "set-ph = processes=3",
    "set = endif=x",
    "set = include=base.ini",
    "set = ini=:two",
    "set = strict=true",
  ),
  plain(
    "declare-option",
    "declare-option = foo=a=1;b=$1",
    "declare-option = my-key=set=x=$1 $2;c=$3;broken;x=$1",
    "declare-option = y=y=$1",
    "declare-option = d=include=$1",
    "declare-option = none",
    "declare-option = processes=a=1",
    "declare-option2 = x=set=c=7",
  ),
  plain("use of a declared option", "foo = p q r", "my-key = one  two", "y = 1", "d = base.ini", "foo", "my-key = %(a) b"),
  plain("resolve", "resolve = r=127.0.0.1", "resolve = nothing", "resolve = r=10.0.0.1"),
);

const load: fc.Arbitrary<Line> = fc.oneof(
  plain("include", "include = base.ini", "include = sub/inner.ini", "include = ./base.ini", "include = %dbase.ini", "include = base.ini"),
  plain(
    "include refused",
    "include = none.ini",
    "include = data.txt",
    "include = base.ini:two",
    "include = :two",
    "include = %(a)/base.ini",
    "include =",
  ),
  plain("inherit", "inherit = base.ini", "inherit = sub/inner.ini", "inherit = base.ini", "inherit = %(foo).ini", "inherit = none.ini"),
  plain("ini", "ini = base.ini", "ini = base.ini:two", "ini = :two", "ini = sub/inner.ini:", "ini = sub/inner.ini:zzz", "ini = data.txt"),
  plain("ini in a circle", "ini = :", "ini = main.ini", "ini = :uwsgi"),
  plain("inject", "inject-before = piece.txt", "inject-after = piece.txt", "inject-before = none.txt"),
);

const guard: fc.Arbitrary<Line> = fc.oneof(
  plain("blacklist", "blacklist = foo x", "blacklist = Foo", "blacklist = a", "blacklist =", "end-blacklist ="),
  plain("whitelist", "whitelist = a b c d x y foo end-whitelist", "whitelist = a", "end-whitelist ="),
  plain("strict", "strict = true", "strict = false", "strict"),
  plain(
    "plugin",
    "plugin = cgi",
    "plugins = none",
    "need-plugin = none",
    "plugin = cgi,ping",
    "plugins = ping ,cgi",
    "need-plugins = ping, cgi",
    "plugin =",
  ),
  plain("exit", "exit = 0", "exit = 3", "exit", "version = x"),
  plain("closer alone", ...CLOSERS),
  plain("environment", "early-envdir = envdir", "early-envdir = none", "unenv = ONE", "env = ONE=9"),
  plain("umask and others at once", "umask = 002", "iprint = x", "print = x", "autoload = false", "command-mode = true"),
);

const blank = fc.constantFrom("", "", "", "  ", "\t", "\r");
const line: fc.Arbitrary<Line> = fc.oneof(
  { weight: 14, arbitrary: setting },
  { weight: 3, arbitrary: known },
  { weight: 4, arbitrary: define },
  { weight: 4, arbitrary: block },
  { weight: 3, arbitrary: load },
  { weight: 2, arbitrary: guard },
  { weight: 1, arbitrary: nested },
  { weight: 1, arbitrary: plain("comment", "; comment", "# comment", "  ; a = 1", "; 100%", "#%z") },
  { weight: 1, arbitrary: plain("blank line", "", "   ", "\t") },
  {
    weight: 1,
    arbitrary: plain(
      "header",
      "[two]",
      "[uwsgi]",
      " [uwsgi] ",
      "[uwsgix",
      "[uwsgi] ; c",
      "[ uwsgi ]",
      "[]",
      "[",
      "[%n]",
      "[two] ",
      "[a]=b",
    ),
  },
  { weight: 1, arbitrary: plain("% at the end of a line", "a = 50%", "b = %(x) %", "x = 1%%") },
  { weight: 1, arbitrary: plain("NUL", "a = 1\x002", "\0", "b\0 = 3") },
);

const NEWLINES = ["\n", "\n", "\n", "\n", "\r\n", "\n\n"];
function text(heads: readonly string[], most: number): fc.Arbitrary<Line> {
  const lines = fc.array(
    fc.tuple(blank, line, blank).map(([before, one, after]) => ({ text: before + one.text + after, seen: one.seen })),
    { maxLength: most },
  );
  return fc
    .tuple(fc.constantFrom(...heads), lines, fc.constantFrom(...NEWLINES), fc.constantFrom("\n", "\n", ""))
    .map(([head, all, newline, end]) => {
      const whole = join(all, newline);
      const seen = newline === "\r\n" ? [...whole.seen, "CRLF"] : whole.seen;
      return { text: head + newline + whole.text + end, seen: head.startsWith("\xef") ? [...seen, "BOM"] : seen };
    });
}

const main = text(
  [
    "[uwsgi]",
    "[uwsgi]",
    "[uwsgi]",
    "[uwsgi]",
    "[uwsgi]",
    "[uwsgi]",
    "[uwsgi]",
    "[uwsgi]",
    "before = 1\n[uwsgi]",
    "\xef\xbb\xbf[uwsgi]",
    "; c\n[uwsgi]",
    "[two]",
  ],
  10,
);
const base = text(["[uwsgi]", "[uwsgi]", "[two]", "; nothing"], 4);

const environment = fc.constantFrom<Readonly<Record<string, string>>>(
  {},
  {},
  {},
  { UWSGI_A: "fromenv" },
  { UWSGI_MY_KEY: "k", UWSGI_RELOADS: "0" },
  { UWSGI_B: "%(x)" },
);

export const configuration: fc.Arbitrary<Configuration> = fc
  .record({ main, base, inner: base, environment, section: fc.constantFrom("", "", "", "", ":two", ":", ":zzz") })
  .map((parts) => ({
    files: {
      "main.ini": parts.main.text,
      "base.ini": parts.base.text,
      "sub/inner.ini": parts.inner.text,
      "data.txt": "some data\n",
      "name.txt": "data.txt\n",
      "empty.txt": "",
      "list.txt": "one\ntwo words\r\n\nlast",
      "piece.txt": "[uwsgi]\ninjected = %n\n",
      "envdir/FOO": "bar \n",
      "envdir/EMPTY": "",
      "envdir/.hidden": "x",
    },
    file: `main.ini${parts.section}`,
    variables: { ONE: "1", EMPTY: "", REF: "%(a)", ...parts.environment },
    seen: [
      ...parts.main.seen,
      ...parts.base.seen,
      ...parts.inner.seen,
      ...(parts.section ? ["section"] : []),
      ...(Object.keys(parts.environment).length ? ["UWSGI_ variable"] : []),
    ],
  }));
