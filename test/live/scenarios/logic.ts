/** Blocks, placeholders, variables and includes of an ini that do not do what they look like. */
import type { Scenario } from "../scenario";

const UNIX = "/run/uwsgi/app.sock";
const people = "uid = www-data\ngid = www-data\n";
const usual = `${people}socket = ${UNIX}\n`;
const ABSENT = { status: 502, nginx: /connect\(\) to unix:\S+ failed \(2: No such file or directory\)/ } as const;
const NO_SOCKET = { ...ABSENT, uwsgi: /The -s\/--socket option is missing/ } as const;
/** So that what grows without end stops soon. */
const SMALL = "LimitAS=400000000";
const common = { "/srv/app/common.ini": `[common]\n${usual}\n[uwsgi]\n${usual}` };

/** Answers 200 only where a variable of the environment has the value. */
const withVariable = (name: string, value: string): string => `import os


def application(environ, start_response):
    value = os.environ.get("${name}", "")
    start_response("200 OK" if value == "${value}" else "500 Wrong", [("Content-Type", "text/plain")])
    return [value.encode()]
`;

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "an option that the blacklist names",
    rule: "blacklisted-option",
    ini: `blacklist = vacuum\n${usual}vacuum = true\nend-blacklist =`,
    byHand: { "vacuum = true\n": "" },
    broken: { ...ABSENT, uwsgi: /forbidden option/ },
  },
  {
    name: "declare-option without options",
    rule: "declare-without-value",
    ini: `${usual}declare-option = mode`,
    byHand: { "declare-option = mode": "declare-option = mode=env=MODE=$1" },
    broken: { ...ABSENT, uwsgi: /invalid mode syntax, must be newoption=template/ },
  },
  {
    name: "a loop of a thousand million turns",
    rule: "evaluation-limit",
    ini: `${usual}for-times = 999999999\nenv = A=1\nendfor =`,
    unit: SMALL,
    byHand: { "999999999": "2" },
    broken: { ...ABSENT, lacks: /Starting uWSGI/ },
  },
  {
    name: "a value that contains itself",
    rule: "self-reference",
    ini: `${usual}base = z%(base)`,
    unit: SMALL,
    byHand: { "z%(base)": "/srv/app" },
    broken: { ...ABSENT, lacks: /Starting uWSGI/ },
  },
  {
    name: "a placeholder in the name of an included file",
    rule: "immediate-placeholder",
    ini: "base = /srv/app\nini = %(base)/common.ini",
    files: common,
    byHand: { "%(base)/": "%d" },
    broken: { ...ABSENT, uwsgi: /realpath\(\) of %\(base\)\/common\.ini failed: No such file/ },
  },
  {
    name: "a file that includes itself",
    rule: "include-cycle",
    ini: `${usual}ini = :uwsgi`,
    unit: "LimitSTACK=1000000",
    byHand: { "ini = :uwsgi": "" },
    patience: 8000,
    broken: { ...ABSENT, uwsgi: /main process ended with SIGSEGV/ },
  },
  {
    name: "include with a section behind it",
    rule: "include-extension",
    ini: "include = /srv/app/common.ini:common",
    files: common,
    byHand: { "include = ": "ini = " },
    broken: { ...ABSENT, uwsgi: /unable to load configuration from/ },
  },
  {
    name: "a section of another name",
    rule: "section-missing",
    ini: "ini = :prod\n[production]\nsocket = /run/uwsgi/app.sock\nuid = www-data\ngid = www-data",
    byHand: { ":prod\n": ":production\n" },
    broken: { ...NO_SOCKET, uwsgi: /Can't find section "prod" in INI configuration file/ },
  },
  {
    name: "a placeholder of another ini dialect",
    rule: "interpolation",
    ini: `${people}name = app\nsocket = /run/uwsgi/%(name)s.sock`,
    broken: ABSENT,
  },
  {
    name: "a percent sign in a password",
    rule: "magic-percent",
    app: withVariable("PASSWORD", "a%w1"),
    ini: `${usual}env = PASSWORD=a%w1`,
    broken: { status: 500, body: /^a1$/ },
  },
  {
    name: "a comment that ends with a percent sign",
    rule: "percent-at-line-end",
    whole: `[uwsgi]\nplugins = python3\nwsgi-file = /srv/app/app.py\nmaster = true\n${people}; always 100%\nsocket = ${UNIX}\n`,
    byHand: { "100%": "100%%" },
    broken: NO_SOCKET,
  },
  {
    name: "a loop in a loop",
    rule: "nested-block",
    ini: `${usual}for = a b\nfor = c d\nenv = X=%(_)\nendfor =\nendfor =`,
    byHand: { "for = a b\nfor = c d\n": "for = a b c d\n", "endfor =\nendfor =": "endfor =" },
    broken: { ...ABSENT, uwsgi: /recursive logic in options is not supported/ },
  },
  {
    name: "a block without its end swallows the socket",
    rule: "unclosed-block",
    ini: `${people}if-env = DEBUG\npy-autoreload = 1\nsocket = ${UNIX}`,
    byHand: { "py-autoreload = 1\n": "py-autoreload = 1\nendif =\n" },
    broken: NO_SOCKET,
  },
  {
    name: "a block without its beginning",
    rule: "stray-closer",
    app: withVariable("MODE", ""),
    ini: `${usual}env = MODE=debug\nendif =`,
    byHand: { "env = MODE=debug": "if-env = DEBUG\nenv = MODE=debug" },
    broken: { status: 500, body: /^debug$/ },
  },
  {
    name: "a placeholder that begins with another one",
    rule: "placeholder-order",
    ini: `${people}socket = %(base)/app.sock\nbase = %(root)/uwsgi\nroot = /run`,
    byHand: {
      "socket = %(base)/app.sock\nbase = %(root)/uwsgi\nroot = /run": "root = /run\nbase = %(root)/uwsgi\nsocket = %(base)/app.sock",
    },
    broken: ABSENT,
  },
  {
    name: "a placeholder that nothing defines",
    rule: "undefined-placeholder",
    ini: `${people}name = app\nsocket = /run/uwsgi/%(nam).sock`,
    broken: ABSENT,
  },
  {
    name: "a placeholder for a variable of the environment",
    rule: "undefined-placeholder",
    ini: `${people}socket = /run/uwsgi/%(APP_NAME).sock`,
    unit: "Environment=APP_NAME=app",
    broken: ABSENT,
  },
  {
    name: "set-placeholder of an option",
    rule: "set-known-option",
    ini: `${usual}set-placeholder = processes=4`,
    byHand: { "set-placeholder = processes=4": "processes = 4" },
    broken: { ...ABSENT, uwsgi: /you cannot use processes as a placeholder, it is already available as an option/ },
  },
  {
    name: "set without a value",
    rule: "set-without-value",
    ini: `${usual}set-placeholder = base`,
    byHand: { "set-placeholder = base": "set-placeholder = base=/srv/app" },
    broken: { ...ABSENT, uwsgi: /invalid placeholder\/--set value/ },
  },
  {
    name: "exit in the file",
    rule: "stops-here",
    ini: `${usual}exit = 0`,
    byHand: { "exit = 0": "" },
    broken: { ...ABSENT, uwsgi: /main process ended with 0/ },
  },
  {
    name: "a plugin that is needed twice",
    rule: "plugin-twice",
    ini: `${usual}need-plugin = python3`,
    byHand: { "need-plugin = python3": "" },
    broken: { ...ABSENT, uwsgi: /unable to load plugin "python3"/ },
  },
  {
    name: "an option of the HTTP router where there is none",
    rule: "option-without-listener",
    whole: `[uwsgi]\nplugins = python3,http\nwsgi-file = /srv/app/app.py\nmaster = true\n${usual}http-timeout = 1\n`,
    requests: [{ path: "/slow" }],
    broken: { status: 200, body: /slow/ },
  },
];
