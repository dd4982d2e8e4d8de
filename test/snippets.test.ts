// Every snippet, taken with its defaults, is a file that the rules have nothing against.
import { describe, expect, it } from "vitest";
import { findingsIn } from "../server/src/ide/rule-page";
import { workspaceOf } from "./support/fixture";
import { snippetsOf } from "./support/snippets";

const FILES = { uwsgi: "etc/uwsgi/vassals/shop.ini", nginx: "etc/nginx/sites-enabled/shop", system: "etc/systemd/system/shop.service" };
/** What a snippet belongs into, as far as it is not a file by itself. */
const around = (kind: keyof typeof FILES, text: string): string => {
  if (kind === "nginx" && text.startsWith("location")) return `server {\n    listen 80;\n    include uwsgi_params;\n${text}}\n`;
  return kind === "uwsgi" && !/^\[/m.test(text) ? `[uwsgi]\n${text}` : text;
};

describe.each(["uwsgi", "nginx", "system"] as const)("snippets/%s.json", (kind) => {
  it.each([...snippetsOf(kind)])("%s", (_, text) => {
    const path = /^emperor\b.*=/m.test(text) ? "etc/uwsgi/emperor.ini" : FILES[kind]; // an emperor in its own folder would start itself
    const findings = findingsIn(workspaceOf({ files: new Map([[path, around(kind, text)]]) }));
    const wrong = findings.filter(({ severity }) => severity === "error" || severity === "warning");
    expect(wrong.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  });
});
