// Inputs made to hurt: each must end soon, with a finding or with silence, never with a crash.
import { describe, expect, test } from "vitest";
import { diagnose } from "../server/src/ide/diagnose";
import { stackOf } from "../server/src/stack/stack";
import { Workspace } from "../server/src/workspace/workspace";

/** Milliseconds; generous, for shared machines. */
const SOON = 5_000;

function check(files: Readonly<Record<string, string>>): readonly string[] {
  const workspace = new Workspace(["file:///w"]);
  for (const [path, text] of Object.entries(files)) workspace.set(`file:///w/${path}`, text);
  const stack = stackOf(workspace);
  const onError = (_rule: unknown, error: unknown): never => {
    throw error;
  };
  return [...workspace.documents].flatMap((document) => diagnose(document, { workspace, stack }, { onError }).map((one) => one.code));
}

const NGINX = "server { location / { include uwsgi_params; uwsgi_pass unix:/run/a.sock; } }\n";
const chain = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`c${at}.ini`, `[uwsgi]\nini = c${at + 1}.ini\n`]));

const CASES: Readonly<Record<string, { files: Readonly<Record<string, string>>; finds?: string }>> = {
  "a placeholder that grows without end": { files: { "a.ini": "[uwsgi]\nx = z%(x)\nsocket = :1\n" }, finds: "self-reference" },
  "a loop of a billion turns": {
    files: { "a.ini": "[uwsgi]\nfor-times = 999999999\nenv = A=%(_)\nendfor =\n" },
    finds: "evaluation-limit",
  },
  "files that include one another": {
    files: { "a.ini": "[uwsgi]\nini = b.ini\n", "b.ini": "[uwsgi]\nini = a.ini\n" },
    finds: "include-cycle",
  },
  "a chain of 200 includes": { files: chain },
  "a line of 10 MB": { files: { "a.ini": `[uwsgi]\nsocket = ${"x".repeat(10_000_000)}\n` } },
  "blocks 100,000 deep": { files: { "nginx.conf": `${"a {".repeat(100_000)}\n` } },
  "100,000 closing braces": { files: { "nginx.conf": "}".repeat(100_000) } },
  "NUL, BOM and lone surrogates": { files: { "uwsgi.ini": "\uFEFF[uwsgi]\n\0a = b\0c\n\uD800 = \uDFFF\n" } },
  "only carriage returns": { files: { "uwsgi.ini": "[uwsgi]\rsocket = :1\r" } },
  "keys named like parts of objects": {
    files: {
      "a.ini": "[uwsgi]\n__proto__ = 1\nconstructor = 2\ntoString = %(valueOf)\nhasOwnProperty = :1\nsocket = /run/a.sock\n",
      "nginx.conf":
        "http { upstream __proto__ { server unix:/run/a.sock; } server { location / { uwsgi_pass constructor; set $toString 1; } } }\n",
      "compose.yaml": "services:\n  __proto__:\n    image: nginx\n  constructor:\n    build: .\n    networks: [toString]\n",
    },
  },
  "patterns made for backtracking": {
    files: {
      "nginx.conf": `http { server { location ~ ${"(a+)+".repeat(50)}$ { return 200; } } }\n`,
      "a.ini": `[uwsgi]\nroute = ${"(a*)*".repeat(50)} last:\nchmod-socket = ${" ".repeat(50_000)}x\n`,
    },
  },
  "braces and brackets without end": {
    files: { "a.ini": `[uwsgi]\nsocket = ${"%(".repeat(50_000)}\n`, "b.conf": `${NGINX}${"{{".repeat(50_000)}` },
  },
};

describe("hostile input", () => {
  for (const [name, { files, finds }] of Object.entries(CASES))
    test(name, { timeout: 30_000 }, () => {
      const from = Date.now();
      const found = check(files);
      expect(Date.now() - from).toBeLessThan(SOON);
      if (finds) expect(found).toContain(finds);
    });
});
