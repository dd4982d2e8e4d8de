// Half-typed and broken texts: whatever stands there, every feature answers, and soon.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { actions } from "../../server/src/ide/actions";
import { complete } from "../../server/src/ide/completion";
import { diagnose } from "../../server/src/ide/diagnose";
import { effectiveDocument } from "../../server/src/ide/effective";
import { inlays } from "../../server/src/ide/glance/inlays";
import { lenses } from "../../server/src/ide/glance/lenses";
import { tokens } from "../../server/src/ide/glance/tokens";
import { hover } from "../../server/src/ide/hover";
import { callablesAt, incoming, outgoing } from "../../server/src/ide/navigate/calls";
import { fileLinks } from "../../server/src/ide/navigate/files";
import { folds, selections } from "../../server/src/ide/navigate/folding";
import { definition } from "../../server/src/ide/navigate/go";
import { namedAt, renamed } from "../../server/src/ide/navigate/named";
import { documentSymbols, workspaceSymbols } from "../../server/src/ide/navigate/symbols";
import type { At } from "../../server/src/ide/place";
import { loadTexts } from "../../server/src/ide/texts";
import type { LanguageId } from "../../server/src/model/language";
import { stackOf } from "../../server/src/stack/stack";
import { applyEdits } from "../../server/src/text/span";
import { Workspace } from "../../server/src/workspace/workspace";
import { costOf } from "../support/cost";

const texts = await loadTexts();
const example = (path: string): string => readFileSync(join(import.meta.dirname, "../../examples/broken", path), "utf8");
const files: Record<string, string> = Object.fromEntries(
  ["etc/uwsgi-emperor/emperor.ini", "etc/uwsgi-emperor/vassals/shop.ini", "etc/nginx/nginx.conf", "etc/nginx/sites-enabled/shop"].map(
    (path) => [path, example(path)],
  ),
);

function everything(at: At): void {
  const { workspace, document, offset } = at;
  const whole = { start: 0, end: document.text.length };
  const inside = ({ start, end }: { readonly start: number; readonly end: number }): void => {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(document.text.length);
    expect(start).toBeLessThanOrEqual(end);
  };
  const about = hover(at, texts);
  if (about) inside(about.span);
  const offered = complete(at, texts);
  if (offered) {
    inside(offered.span);
    expect(offered.span.start).toBeLessThanOrEqual(offset);
    expect(offered.span.end).toBeGreaterThanOrEqual(offset);
  }
  const named = namedAt(at);
  if (named) {
    inside(named.span);
    for (const { uri, edits } of renamed(named, "x")) applyEdits(workspace.get(uri)?.text ?? "", edits);
  }
  definition(at);
  for (const span of selections(document, offset)) inside(span);
  for (const node of callablesAt(at)) void [incoming(workspace, node), outgoing(workspace, node)];
  for (const span of tokens(workspace, document)) inside(span);
  for (const one of inlays(workspace, document, whole)) inside({ start: one.offset, end: one.offset });
  for (const link of fileLinks(workspace, document)) inside(link.span);
  folds(document);
  documentSymbols(document);
  workspaceSymbols(workspace, "s");
  effectiveDocument(workspace, document, {});
  const findings = diagnose(
    document,
    { workspace, stack: stackOf(workspace) },
    {
      onError: (_, error) => {
        throw error;
      },
    },
  );
  for (const lens of lenses(workspace, document, findings)) inside(lens.span);
  actions(document, findings, whole);
}

function worldWith(path: string, text: string, language: LanguageId): { readonly workspace: Workspace; readonly document: At["document"] } {
  const workspace = new Workspace(["file:///w"]);
  for (const [other, own] of Object.entries(files)) if (other !== path) workspace.set(`file:///w/${other}`, own);
  return { workspace, document: workspace.set(`file:///w/${path}`, text, { language }) };
}

const language = (path: string): LanguageId => (path.endsWith(".ini") ? "uwsgi" : "nginx");

for (const [path, text] of Object.entries(files)) {
  test(`${path}: every beginning, with the cursor at its end`, () => {
    for (let end = 0; end <= text.length; end += 7) {
      const { workspace, document } = worldWith(path, text.slice(0, end), language(path));
      everything({ workspace, document, offset: end });
    }
  });

  test(`${path}: without one character, the cursor anywhere`, () => {
    for (let gap = 0; gap < text.length; gap += 13) {
      const { workspace, document } = worldWith(path, text.slice(0, gap) + text.slice(gap + 1), language(path));
      everything({ workspace, document, offset: (gap * 31) % document.text.length });
    }
  });
}

const ODD: readonly string[] = [
  "",
  "\0",
  "\uFEFF[uwsgi]\n",
  "[",
  "]",
  "=",
  "%",
  "%(",
  "%(a",
  "$(",
  "@(",
  "[uwsgi]\n%",
  "[uwsgi]\nsocket",
  "[uwsgi]\r\nsocket = \r",
  "a{b{c",
  "}}}",
  "'",
  '"',
  "${",
  "location ~ (",
  "\ud800",
  "[uwsgi]\n= x\n",
  "[uwsgi]\nroute = \n",
  "[uwsgi]\nlog-format = %(\n",
  "{{ x }}",
  "server { listen",
  "map $a $b { default",
];

test("odd texts in both languages, the cursor everywhere", () => {
  for (const text of ODD)
    for (const path of ["x/uwsgi.ini", "x/nginx.conf", "x/uwsgi.yaml", "x/uwsgi.json", "x/uwsgi.xml"]) {
      const { workspace, document } = worldWith(path, text, path.endsWith(".conf") ? "nginx" : "uwsgi");
      for (let offset = 0; offset <= text.length; offset++) everything({ workspace, document, offset });
    }
});

test("long lines and many signs take no long time", () => {
  const long = [
    `[uwsgi]\nenv = ${"%(a)".repeat(20_000)}`,
    `[uwsgi]\nroute = ${"a ".repeat(50_000)}`,
    `[uwsgi]\ncache2 = ${"name=a,".repeat(20_000)}`,
    `[uwsgi]\nlog-format = ${"%(uri) ".repeat(20_000)}`,
    `server { return 200 "${"$uri".repeat(20_000)}"; }`,
  ];
  for (const text of long) {
    const path = text.startsWith("[") ? "x/uwsgi.ini" : "x/nginx.conf";
    const { workspace, document } = worldWith(path, text, language(path));
    expect(costOf(() => everything({ workspace, document, offset: text.length - 3 }))).toBeLessThan(20_000);
  }
}, 120_000);
