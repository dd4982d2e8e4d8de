/** Makes wrong (and sometimes still right) configurations out of right ones: token, context, number of arguments, value, name. */
import { parseNginx } from "../../../server/src/syntax/nginx";
import { type Directive, flatten, type Word } from "../../../server/src/syntax/tree";

export type Random = () => number;

/** The same numbers for the same seed. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = <T>(list: readonly T[], next: Random): T => list[Math.floor(next() * list.length)]!;

export const VALUES = [
  "on",
  "off",
  "yes",
  "ON",
  "10",
  "0",
  "1",
  "-1",
  "10x",
  "64K",
  "1g",
  "1m",
  "10ms",
  "5y",
  "1h 30m",
  "1d12h",
  "60sec",
  "1.5",
  "$host",
  "$hots",
  "$foo",
  "${host",
  "${host}",
  "$",
  "$1",
  "$arg_a",
  '""',
  '"a b"',
  "'$uri'",
  "/a/b",
  "/a/",
  "a",
  "unix:/a",
  "unix:",
  "unix:/a:/b",
  "http://a",
  "http://127.0.0.1:1",
  "https://127.0.0.1",
  "127.0.0.1",
  "127.0.0.1:80",
  "127.0.0.1:99999",
  "[::1]:80",
  "[::1",
  "*:80",
  "443",
  "~(",
  "~^/(a|b)$",
  '"~a{2}"',
  "[",
  "*.a.b",
  "a.*",
  "*",
  "**",
  "=",
  "=200",
  "200",
  "404",
  "499",
  "700",
  "1000",
  "all",
  "10.0.0.0/8",
  "10.0.0.0/33",
  "::1/64",
  "zone=a:10m",
  "zone=a",
  "zone=a:1k",
  "rate=1r/s",
  "rate=1r/h",
  "burst=5",
  "max=10",
  "inactive=5m",
  "levels=1:2",
  "levels=9",
  "always",
  "default",
  "last",
  "break",
  "permanent",
  "ssl",
  "http2",
  "default_server",
  "weight=2",
  "weight=0",
  "backup",
  "down",
  "keys_zone=b:10m",
  "shared:a:10m",
  "shared:a:1k",
  "msie6",
  "epoll",
  "any",
  "max",
  "epoch",
  "+1h",
  "@15h",
  "@25h",
  "modified",
  "if_not_empty",
  "syslog:server=127.0.0.1",
  "warn",
  "loud",
  "buffer=32k",
  "escape=json",
  "combined",
] as const;

type Mutation = (text: string, all: readonly Directive[], next: Random) => string;
const replace = (text: string, { span }: { readonly span: { readonly start: number; readonly end: number } }, by: string): string =>
  text.slice(0, span.start) + by + text.slice(span.end);
const wordsOf = (it: Directive): readonly Word[] => [it.name, ...it.args];
const written = (text: string, it: Directive): string => text.slice(it.span.start, it.span.end);

/** A slip in a word: a letter left out, doubled, swapped or changed. */
function slip(word: string, next: Random): string {
  if (word.length < 2) return `${word}x`;
  const at = Math.floor(next() * (word.length - 1));
  const letter = pick([..."abcdefghijklmnopqrstuvwxyz0123456789_-:/.$"], next);
  return pick(
    [
      word.slice(0, at) + word.slice(at + 1),
      word.slice(0, at) + word[at] + word.slice(at),
      word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
      word.slice(0, at) + letter + word.slice(at + 1),
    ],
    next,
  );
}

const token: Mutation = (text, all, next) => {
  const marks = [...text.matchAll(/[;{}"']/g)].map((match) => match.index);
  const at = marks.length > 0 ? pick(marks, next) : 0;
  const it = pick(all, next);
  const word = pick(wordsOf(it), next);
  return pick(
    [
      () => text.slice(0, at) + text.slice(at + 1),
      () => text.slice(0, at) + text[at] + text.slice(at),
      () => text.slice(0, at) + pick([";", "{", "}", '"', "'", "#"], next) + text.slice(at + 1),
      () =>
        replace(
          text,
          word,
          `${text.slice(word.span.start, word.span.end)}${pick(['"', "'", "{", "}", ";", "\\", "#", '"a"b', "${"], next)}`,
        ),
      () => replace(text, word, `"${text.slice(word.span.start, word.span.end)}"${pick(["", "x", "#"], next)}`),
      () => replace(text, word, pick(['"', "'"], next) + text.slice(word.span.start, word.span.end)),
      () => `${text.slice(0, it.span.start)}${pick(["}", "{", ";", '"', "$"], next)} ${text.slice(it.span.start)}`,
    ],
    next,
  )();
};

const context: Mutation = (text, all, next) => {
  const it = pick(all, next);
  const blocks = all.filter((one) => one.bodySpan && !one.raw);
  const to = blocks.length > 0 ? pick(blocks, next).bodySpan!.start + 1 : 0;
  return `${text.slice(0, to)} ${written(text, it)} ${text.slice(to)}`;
};

const arity: Mutation = (text, all, next) => {
  const it = pick(all, next);
  const last = wordsOf(it).at(-1)!;
  if (it.args.length > 0 && next() < 0.5) return replace(text, pick(it.args, next), "");
  return `${text.slice(0, last.span.end)} ${pick([pick(VALUES, next), text.slice(last.span.start, last.span.end)], next)}${text.slice(last.span.end)}`;
};

const value: Mutation = (text, all, next) => {
  const it = pick(all.filter((one) => one.args.length > 0).length > 0 ? all.filter((one) => one.args.length > 0) : all, next);
  const word = it.args.length > 0 ? pick(it.args, next) : it.name;
  const own = text.slice(word.span.start, word.span.end);
  const others = all.filter((one) => one.name.text === it.name.text && one.args.length > 0);
  return replace(
    text,
    word,
    pick(
      [
        () => pick(VALUES, next),
        () => slip(own, next),
        () =>
          pick(
            pick(others.length > 0 ? others : [it], next)
              .args.map((one) => text.slice(one.span.start, one.span.end))
              .concat(own),
            next,
          ),
      ],
      next,
    )(),
  );
};

const name: Mutation = (text, all, next) => {
  const it = pick(all, next);
  const other = pick(all, next);
  return replace(
    text,
    it.name,
    pick(
      [
        slip(it.name.text, next),
        other.name.text,
        `${it.name.text}s`,
        it.name.text.toUpperCase(),
        it.name.text.replace(/^[a-z]+_/, pick(["proxy_", "uwsgi_", "fastcgi_", "ssl_", "client_"], next)),
      ],
      next,
    ),
  );
};

const twice: Mutation = (text, all, next) => {
  const it = pick(all, next);
  return `${text.slice(0, it.span.end)} ${written(text, it)}${text.slice(it.span.end)}`;
};

const gone: Mutation = (text, all, next) => replace(text, pick(all, next), "");

const MUTATIONS: readonly (readonly [string, Mutation])[] = [
  ["token", token],
  ["context", context],
  ["arity", arity],
  ["value", value],
  ["value", value],
  ["name", name],
  ["twice", twice],
  ["gone", gone],
];

/** One change of a configuration that nginx accepts. */
export function mutate(text: string, next: Random): { readonly kind: string; readonly text: string } {
  const all = flatten(parseNginx(text).directives).map((it) => it.directive);
  const [kind, change] = pick(MUTATIONS, next);
  return { kind, text: all.length > 0 ? change(text, all, next) : text };
}
