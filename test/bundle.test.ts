// What the built bundles may not hold: a way to start a process, to open a connection, or to run text as code.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const dist = join(import.meta.dirname, "../dist");
const MODULES = ["child_process", "http", "https", "http2", "net", "tls", "dgram", "cluster", "vm", "worker_threads"];

describe("bundles of the engine", () => {
  for (const name of ["cli.js", "server.js"]) {
    const file = join(dist, name);
    test(`${name} is built`, () => expect(existsSync(file)).toBe(true));
    // vscode-languageserver can start and watch processes and listen on sockets; only what is asked for by the command line is used.
    const allowed = new Set(["child_process", "net"]);
    for (const module of MODULES.filter((one) => !allowed.has(one)))
      test(`${name} does not load ${module}`, () => {
        expect(readFileSync(file, "utf8")).not.toMatch(new RegExp(`require\\(["'](?:node:)?${module}["']\\)`));
      });
    test(`${name} runs no text as code`, () => {
      const text = readFileSync(file, "utf8");
      expect(text).not.toMatch(/\bnew Function\s*\(/);
      expect(text).not.toMatch(/(?<![.\w])eval\s*\(/);
    });
  }
});
