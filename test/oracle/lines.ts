/** Lines of a configuration made at random: every construct of the language. A construct leaves its name in `seen`. */
import fc from "fast-check";

/** A piece of text, or several lines, with the names of the constructs in it. */
export type Line = { readonly text: string; readonly seen: readonly string[] };

const tagged = (seen: string, text: fc.Arbitrary<string>): fc.Arbitrary<Line> => text.map((one) => ({ text: one, seen: [seen] }));
/** One of several texts, written with bars between them. */
const oneOf = (seen: string, texts: string): fc.Arbitrary<Line> => tagged(seen, fc.constantFrom(...texts.split("|")));
const weigh = <T>(weight: number, arbitrary: fc.Arbitrary<T>): fc.WeightedArbitrary<T> => ({ weight, arbitrary });

export const join = (parts: readonly Line[], between = ""): Line => ({
  text: parts.map((part) => part.text).join(between),
  seen: parts.flatMap((part) => part.seen),
});

const key = fc.constantFrom(..."a b c d x y foo my-key my_key Foo _".split(" "));
const operand = fc.oneof(key, fc.integer({ min: 0, max: 99999 }).map(String));
const operations = fc.array(fc.tuple(operand, fc.constantFrom("+", "-", "*", "/", "++", "--", "")), { minLength: 1, maxLength: 4 });
const letters = (all: string): fc.Arbitrary<string> => fc.constantFrom(...all).map((letter) => `%${letter}`);

const PLACEHOLDER = key.map((name) => `%(${name})`);
const EXPRESSION = operations.map((parts) => `%(${parts.flat().join(" ")})`);
const piece: fc.Arbitrary<Line> = fc.oneof(
  weigh(40, oneOf("text", "x|y1|/srv/app|7|-3|12|hello world| |=|a=b|\xc3\xa9\xff")),
  weigh(30, tagged("%( )", PLACEHOLDER)),
  weigh(12, tagged("expression", EXPRESSION)),
  weigh(5, oneOf("expression", "%( a )|%(a  +  b)|%(+ 1)|%(a + )|%( )|%(9223372036854775807 + 1)|%(x / 0)|%(a++)|%(1 - 2 * 3)")),
  weigh(12, oneOf("$( )", "$(ONE)|$(EMPTY)|$(NONE)|$(REF)|$(ONE|${ONE}|$ONE|$()|$(NO-DEF)|$(NONE:-x)")),
  weigh(5, oneOf("@( )", "@(data.txt)|@(empty.txt)|@(@(name.txt))|@(|@()|@(data.txt)%(a)")),
  weigh(1, oneOf("@( ) missing", "@(none.txt)|@(file://data.txt)")),
  weigh(10, oneOf("odd reference", "%(|%()|%(a|%(a(b))|%(a%(b))|%(%(a))|%($(ONE))|((|))|%%(a)|%%%(a)|$(%(a))|%(a)b)|%(a(b)c)d)")),
  weigh(12, tagged("magic letter", letters("opsnedcxj0123456789vhVkuUgGbOPSNEDCXJ%["))),
  weigh(4, tagged("letter without meaning", letters("zZ-qQ wl;#=\t"))),
  weigh(4, oneOf("%(_)", "%(_)|a%(_)b%(_)|%(%(_))|$(_)")),
  weigh(5, oneOf("looks like syntax", "; not a comment|# neither|\"quoted\"|'single'|\\|//x|[b]|a:b|true|\xa0|\f")),
);
const value = fc.array(piece, { maxLength: 4 }).map((parts) => join(parts));

const assigned = fc
  .tuple(key, fc.constantFrom(" = ", "=", "= ", " ="), value)
  .map(([name, equals, text]) => ({ text: name + equals + text.text, seen: ["option", ...text.seen] }));
const setting: fc.Arbitrary<Line> = fc.oneof(
  weigh(10, assigned),
  weigh(1, oneOf("option without =", "a|b |foo bar|x : 1|--c")),
  weigh(1, oneOf("empty key", "= 5|=|==")),
);

/** Options of uWSGI that only keep a value. */
const known: fc.Arbitrary<Line> = fc.oneof(
  oneOf("bool", 'master = true|master = false|master|master = "false"|master = 0|vacuum = 1|single-interpreter = no|enable-threads = OFF'),
  oneOf(
    "int",
    "processes = 4|processes = abc|harakiri =|threads = 2 ; x|max-requests = 1e3|processes = 0x2|buffer-size = 32k|limit-as = 512M",
  ),
  oneOf("string", "chdir = /|module = a:b|log-format = %(uri) %(a)|procname-prefix = x |env = A=b|env = noequals"),
  oneOf("chmod-socket", "chmod-socket = 660|chmod-socket = 1|chmod-socket = 666|chmod = 777"),
  oneOf("umask", "umask = 022|umask = 22|umask = 0002|logfile-chmod = 644"),
  oneOf("list", "static-map = /x=/srv|mount = /a=b|attach-daemon = ls|add-header = a: b|static-expires = /a 3600|log-route = a ^/x"),
  oneOf(
    "cron",
    "cron = 0 5 -1 -1 -1 ls|cron = -5 2-1-1 1 a b|cron2 = minute=-5,hour=2 ls|cron2 = ls -l|unique-cron = 1 2 3 4 5 x|cron2 = x=1 a",
  ),
  oneOf("socket", "socket = 127.0.0.1:3031|socket = /tmp/none/x.sock|socket = a|http-socket = :8080|chown-socket = root|listen = 64"),
  oneOf(
    "route",
    "route = ^/ last:|route-run = log:x|route-if = equal:a;b break:403|route-label = x|route-host = x goto:x|route-status = 404 log:y",
  ),
  oneOf(
    "daemon",
    "attach-daemon2 = cmd=ls,freq=3|smart-attach-daemon = /tmp/p,3 ls|attach-control-daemon = x|cap = net_admin|unshare = ipc,net",
  ),
  oneOf("shared socket", "shared-socket = 127.0.0.1:1\nsocket = =0|shared-socket = a\nshared-socket = b\nhttp-socket = =1"),
);

const refused: fc.Arbitrary<Line> = fc.oneof(
  oneOf("int refused", "processes = -1|harakiri = -5|threads = -2147483649|max-requests = -1|socket-timeout = -2x"),
  oneOf("chmod-socket refused", "chmod-socket = 0660|chmod-socket = 66|chmod-socket = rw-|chmod-socket = 888|chmod-socket =|chmod-socket"),
  oneOf("list refused", "static-map = /x|static-expires = /a|log-route = a|static-expires-type = x|log-filter = (|logfile-chmod = 0644"),
  oneOf("cron refused", "cron = * 5 -1 -1 -1 ls|cron = 1 2 3 4|cron2 = minute=1|unique-cron = 1,2 3 4 5 6 x|legion-cron = 1"),
  oneOf(
    "route refused",
    "route = ^/ last|route-run = nope:x|route-if = nope:a last:|route-if = a last:|route = ^/|route-run = addvar:x|route-run = cgi:x",
  ),
  oneOf("socket refused", "socket =|socket|socket = =3|https-socket = :1,a|http-socket = "),
  oneOf(
    "daemon refused",
    "attach-daemon2 = freq=3|smart-attach-daemon = x|cap = nope|unshare = nope|legion-node = a b|subscriptions-sign-check = x",
  ),
);

const CLOSERS = "end|endfor|endif|end-for|end-if";
const openers: fc.Arbitrary<Line> = fc.oneof(
  oneOf("for", "for = a b c|for =  a  b |for =|for = 1|for = %(a) b"),
  oneOf("for-times", "for-times = 3|for-times = 0|for-times = x|for-times = 2 4|for-times = -1"),
  oneOf(
    "for-glob",
    "for-glob = *.txt|for-glob = none*|for-glob = sub|for-glob = s*/*|for-glob = [a-e]*.txt|for-glob = ?ata.txt|for-glob = sub/*.ini",
  ),
  oneOf(
    "for-glob",
    "for-glob = .*|for-glob =|for-glob = */|for-glob = \\d*|for-glob = sub/|for-glob = [!a]*.ini|for-glob = /|for-glob = s*b//i*",
  ),
  oneOf("for-readline", "for-readline = list.txt|for-readline = none.txt|for-readline = empty.txt|for-readline = data.txt"),
  oneOf("if-env", "if-env = ONE|if-env = NONE|if-env = ONE=1|if-env = ONE=2|ifenv = EMPTY|if-env = EMPTY=|if-env = ONE = 1|if-env ="),
  oneOf("if-not-env", "if-not-env = ONE|if-not-env = NONE|if-not-env = ONE=2"),
  oneOf(
    "if-opt",
    "if-opt = a|if-opt = a=1|if-opt = b=x|if-opt = zzz|if-opt = foo=|if-not-opt = a|if-not-opt = a=1|if-not-opt = zzz|if-opt = x=%(a)",
  ),
  oneOf(
    "if-exists",
    "if-exists = data.txt|if-exists = none|if-exists = sub|ifexists = /|if-not-exists = none|if-not-exists = sub|if-exists =",
  ),
  oneOf("if-file", "if-file = data.txt|if-file = sub|if-file = none|if-not-file = data.txt|if-not-file = sub|if-file = ./sub/../data.txt"),
  oneOf("if-dir", "if-dir = sub|if-dir = data.txt|if-not-dir = sub|ifdir = .|if-directory = none|if-dir = sub/"),
  oneOf("if-plugin", "if-plugin = cgi|if-not-plugin = cgi|ifplugin = python|if-not-plugin = x"),
  oneOf("if-hostname", "if-hostname = nowhere|if-not-hostname = nowhere|if-hostname = %h|if-not-hostname = %h"),
  oneOf("if-hostname-match", "if-hostname-match = ^no|if-not-hostname-match = ^no|if-hostname-match = .*"),
  oneOf("if-reload", "if-reload = true|if-reload|if-not-reload = true"),
);

const body: fc.Arbitrary<Line> = fc.oneof(
  weigh(5, setting),
  weigh(2, oneOf("body", "v = <%(_)>|%(_) = x|set = %(_)=1|w%(_) = %(a)|include = sub/inner.ini|plain|include = %(_)")),
  weigh(1, known),
);
const closer = oneOf("closer", `${CLOSERS}|endif = x|end = `);
const block: fc.Arbitrary<Line> = fc.tuple(openers, fc.array(body, { maxLength: 3 }), closer).map((parts) => join(parts.flat(), "\n"));
const unclosed = fc.tuple(openers, body).map((parts) => ({ ...join(parts, "\n"), seen: [...join(parts).seen, "unclosed block"] }));
const nested = fc.tuple(openers, block, closer).map((parts) => ({ ...join(parts, "\n"), seen: [...join(parts).seen, "nested block"] }));

const set = fc
  .tuple(
    fc.constantFrom("set", "set", "set-ph", "set-placeholder"),
    key,
    fc.constantFrom("=", "=", "=", "=", "=", "=", " = ", " = ", " = ", "= ", "= ", " "),
    value,
  )
  .map(([option, name, equals, text]) => ({ text: `${option} = ${name}${equals}${text.text}`, seen: [option, ...text.seen] }));
const define: fc.Arbitrary<Line> = fc.oneof(
  weigh(3, set),
  weigh(
    1,
    oneOf(
      "set of an option",
      "set = processes=3|set-ph = processes=3|set = endif=x|set = include=base.ini|set = ini=:two|set = strict=true",
    ),
  ),
  weigh(
    1,
    oneOf("declare-option", "declare-option = foo=a=1;b=$1|declare-option = my-key=set=x=$1 $2;c=$3;broken;x=$1|declare-option = y=y=$1"),
  ),
  weigh(
    1,
    oneOf(
      "declare-option",
      "declare-option = d=include=$1|declare-option = none|declare-option = processes=a=1|declare-option2 = x=set=c=7",
    ),
  ),
  weigh(1, oneOf("use of a declared option", "foo = p q r|my-key = one  two|y = 1|d = base.ini|foo|my-key = %(a) b")),
  weigh(1, oneOf("resolve", "resolve = r=127.0.0.1|resolve = nothing|resolve = r=10.0.0.1")),
);

const load: fc.Arbitrary<Line> = fc.oneof(
  oneOf("include", "include = base.ini|include = sub/inner.ini|include = ./base.ini|include = %dbase.ini"),
  oneOf("inherit", "inherit = base.ini|inherit = sub/inner.ini|inherit = ./base.ini|inherit = %(foo).ini"),
  oneOf("ini", "ini = base.ini|ini = base.ini:two|ini = :two|ini = sub/inner.ini:|ini = sub/inner.ini:zzz|ini = data.txt"),
  oneOf("inject", "inject-before = piece.txt|inject-after = piece.txt"),
);
const badLoad: fc.Arbitrary<Line> = fc.oneof(
  oneOf(
    "load refused",
    "include = none.ini|include = data.txt|include = base.ini:two|include = :two|include = %(a)/base.ini|include =|inherit = none.ini",
  ),
  oneOf("ini in a circle", "ini = :|ini = main.ini|ini = :uwsgi"),
  oneOf("inject refused", "inject-before = none.txt"),
);

const guard: fc.Arbitrary<Line> = fc.oneof(
  oneOf("blacklist", "blacklist = foo x\na = 1\nend-blacklist =|blacklist = Foo|blacklist = a|blacklist =|end-blacklist ="),
  oneOf("whitelist", "whitelist = a b c d x y foo end-whitelist\na = 2\nend-whitelist = |whitelist = a|end-whitelist ="),
  oneOf("strict", "strict = true|strict = false|strict"),
  oneOf("plugin", "plugin = cgi|plugins = none|need-plugin = none|plugin = cgi,ping|plugins = ping ,cgi|need-plugins = ping, cgi|plugin ="),
  oneOf(
    "plugin",
    "plugin = router_redirect\nroute = ^/ redirect:x|plugin = http\nhttp = :80|plugin = http,corerouter\nif-plugin = corerouter\nv = 1\nendif",
  ),
  oneOf("exit", "exit = 0|exit = 3|exit|version = x"),
  oneOf("closer alone", CLOSERS),
  oneOf("environment", "early-envdir = envdir|early-envdir = none|unenv = ONE|env = ONE=9"),
  oneOf("others at once", "umask = 002|iprint = x|print = x|autoload = false|command-mode = true"),
);

export const line: fc.Arbitrary<Line> = fc.oneof(
  weigh(90, setting),
  weigh(22, known),
  weigh(4, refused),
  weigh(28, define),
  weigh(30, block),
  weigh(3, unclosed),
  weigh(2, nested),
  weigh(18, load),
  weigh(4, badLoad),
  weigh(14, guard),
  weigh(8, oneOf("comment", "; comment|# comment|  ; a = 1|; 100%|#%z")),
  weigh(6, oneOf("blank line", "|   |\t")),
  weigh(4, oneOf("header", "[two]|[uwsgi]| [uwsgi] |[uwsgix|[uwsgi] ; c|[ uwsgi ]|[]|[|[%n]|[two] |[a]=b")),
  weigh(4, oneOf("% at the end of a line", "a = 50%|b = %(x) %|x = 1%%")),
  weigh(3, oneOf("NUL", "a = 1\x002|\0|b\0 = 3")),
);
