// The server that ships, over a real pipe: whatever is opened, typed, asked and closed, it answers, soon, without an error, and lets go of the memory.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { play } from "./play";
import { fuzzProtocol } from "./protocol";
import { unknownCapabilities } from "./requests";
import { RUNS } from "./runs";
import { store, stored } from "./stored";
import { type Watched, watch } from "./watched";

const root = join(import.meta.dirname, "../..");
const server = join(root, "dist/server.js");
/** Bytes that caches of a warm server may gain. */
const LEEWAY = 30e6;

test("any documents", async () => {
  const { numRuns, seed } = RUNS(400);
  const report = await fuzzProtocol({ root, server, documents: numRuns, seed, keep: (found) => store(root, found) });
  expect(report.failures).toEqual([]);
  expect(report.documents).toBeGreaterThanOrEqual(numRuns);
  const [first = 0] = report.heaps;
  expect(Math.max(...report.heaps) - first).toBeLessThan(LEEWAY);
}, 3_600_000);

describe("inputs that once failed", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "fuzz-")));
  let watched: Watched;
  beforeAll(async () => {
    watched = await watch(server, pathToFileURL(folder).href);
  });
  afterAll(async () => {
    await watched.stop();
    rmSync(folder, { recursive: true });
  });

  test("every capability is asked for", () => {
    expect(unknownCapabilities(watched.capabilities)).toEqual([]);
  });

  for (const [name, found] of stored(root))
    test(name, async () => {
      expect(await play(watched, found, folder)).toBeUndefined();
    });
});
