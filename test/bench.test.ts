// The figures in the documentation are the ones that were measured.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { plotOf, readResults, report } from "../bench/report.mjs";

const docs = join(import.meta.dirname, "../docs");

describe("benchmarks", () => {
  const results = readResults();
  test("the page says what the raw figures say", () => expect(readFileSync(join(docs, "benchmarks.md"), "utf8")).toBe(report(results)));
  test("the plot shows them", () => {
    const file = join(docs, "pictures/cost-per-file.svg");
    if (existsSync(file)) expect(readFileSync(file, "utf8")).toBe(plotOf(results));
  });
});
