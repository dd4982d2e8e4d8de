import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { options } from "../server/src/facts/uwsgi";
import { htmlOf } from "../server/src/ide/html";
import { optionPages } from "../server/src/ide/option-pages";
import { rulePage, rulesReadme } from "../server/src/ide/rule-page";
import { RULES } from "../server/src/rules/index";

const folder = join(__dirname, "../docs/rules");
const page = (name: string): string => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "");

describe("docs/rules", () => {
  it("is fresh: npm run generate", () => {
    const stale = RULES.filter((rule) => page(`${rule.id}.md`) !== rulePage(rule)).map((rule) => rule.id);
    expect(stale).toEqual([]);
    expect(page("README.md") === rulesReadme(RULES)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["README.md", ...RULES.map((rule) => `${rule.id}.md`)].sort());
  });

  it("shows what the examples lead to", () => {
    const text = page("socket-permission.md");
    expect(text).toContain("**nginx/nginx.conf:7** error:");
    expect(text).toContain("(13: Permission denied)");
  });
});

describe("docs/options", () => {
  it("has every option on one page that asks nobody for anything", async () => {
    const { "index.html": html = "" } = await optionPages();
    for (const { name } of options()) expect(html, name).toContain(`<article id="${name}"`);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)=/);
  });

  it("escapes what it is given", () => {
    expect(htmlOf('a <b> & "c" `<d>` **e** [f](https://x/?a=1&b) [g](javascript:1)')).toBe(
      '<p>a &lt;b&gt; &amp; &quot;c&quot; <code>&lt;d&gt;</code> <strong>e</strong> <a href="https://x/?a=1&amp;b">f</a> [g](javascript:1)</p>',
    );
    expect(htmlOf("- a\n- b\n\nc\nd\n\n```ini\nx = <1>\n```")).toBe(
      "<ul><li>a</li><li>b</li></ul><p>c d</p><pre><code>x = &lt;1&gt;</code></pre>",
    );
  });
});
