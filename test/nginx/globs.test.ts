// What a pattern of an `include` means: files known to be nginx's are read, and what the others say is not known.
import { describe, expect, it } from "vitest";
import { diagnose } from "../../server/src/ide/diagnose";
import { stackOf } from "../../server/src/stack/stack";
import { Workspace } from "../../server/src/workspace/workspace";

const ROOT = "file:///w";

function codes(files: Readonly<Record<string, string>>): readonly string[] {
  const workspace = new Workspace([ROOT]);
  for (const [path, text] of Object.entries(files)) workspace.set(`${ROOT}/${path}`, text);
  const context = { workspace, stack: stackOf(workspace) };
  return [...workspace.documents].flatMap((document) => diagnose(document, context).map(({ code }) => code));
}

const SITE = "server {\n  listen 80;\n  location / {\n    limit_req zone=slow;\n    return 200 $colour;\n  }\n}\n";
const whole = (include: string) => `events {}\nhttp {\n  include ${include};\n}\n`;
/** Nothing in it says nginx: its words are those of a module few have. */
const OTHER = "js_set $colour main.colour;\n";

describe("an include with a pattern", () => {
  it.each(["conf.d/*.conf", "/etc/nginx/conf.d/*.conf", "conf.d/*", "conf.d/[a-z].conf"])(
    "%s: knows what it read, and no more",
    (include) => {
      const known = { "deploy/main.conf": whole(include), "deploy/conf.d/a.conf": SITE };
      expect(codes(known)).toContain("nginx-unknown-variable");
      expect(codes({ ...known, "deploy/conf.d/b.conf": OTHER })).not.toContain("nginx-unknown-variable");
      // Elsewhere, or under a name that the pattern does not mean, it changes nothing.
      expect(codes({ ...known, "deploy/conf.e/b.conf": OTHER })).toEqual(codes(known));
      expect(codes({ ...known, "deploy/conf.d/.b.conf": OTHER })).toEqual(codes(known));
    },
  );

  it("on a machine's own paths", () => {
    const known = { "etc/nginx/nginx.conf": whole("/etc/nginx/conf.d/*.conf"), "etc/nginx/conf.d/a.conf": SITE };
    expect(codes(known)).toContain("nginx-unknown-variable");
    expect(codes({ ...known, "etc/nginx/conf.d/b.conf": OTHER })).not.toContain("nginx-unknown-variable");
  });
});
