// Every parser takes any text: it returns, loses nothing, and needs no more than four times the time for four times the length.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PARSERS } from "./parsers";
import { breaks, fuzzGrowth, fuzzParsers } from "./parsing";
import { RUNS } from "./runs";
import { seedsOf } from "./seeds";

const seeds = seedsOf(join(import.meta.dirname, "../.."));

test("any text", () => {
  const { numRuns, seed } = RUNS(20_000);
  expect(fuzzParsers(seed, numRuns, seeds)).toEqual([]);
}, 3_600_000);

test("any text that repeats itself", () => {
  const { numRuns, seed } = RUNS(150);
  expect(fuzzGrowth(seed, numRuns, seeds)).toEqual([]);
}, 3_600_000);

/** What once took the square of its length, or a place beyond the end. */
const ONCE: readonly (readonly [parser: string, text: string])[] = [
  ["language", "\n  ".repeat(50_000)],
  ["language", "\n".repeat(100_000)],
  ["option values", " ".repeat(100_000)],
  ["address", "{{".repeat(50_000)],
  ["shell", "{% if ".repeat(20_000)],
  ["uwsgi format", " \rExecStart".repeat(10_000)],
  ["uwsgi yaml", "{"],
  ["uwsgi json", "/*\r\n"],
  ["uwsgi json", '{""/*\r\n'],
  ["uwsgi xml", "}"],
  ["uwsgi xml", ""],
];

describe("what once went wrong", () => {
  test.each(ONCE)("%s %#", (parser, text) => {
    const from = process.cpuUsage();
    expect(breaks(parser, text)).toBeUndefined();
    const { user, system } = process.cpuUsage(from);
    expect((user + system) / 1000).toBeLessThan(3_000);
  });

  test("each names a parser", () => {
    expect(ONCE.filter(([parser]) => !Object.hasOwn(PARSERS, parser))).toEqual([]);
  });
});
