// What is said to be shown on the real programs is all that is reported.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RULES } from "../server/src/rules/index";
import { AWAITING } from "./live/awaiting";
import { NOT_SHOWN } from "./live/not-shown";
import type { Scenario } from "./live/scenario";

const live = join(__dirname, "live");
const families = readdirSync(join(live, "scenarios")).map((file) => file.replace(/\.ts$/, ""));
const scenarios: readonly Scenario[] = (
  await Promise.all(
    families.map(async (family) => ((await import(join(live, "scenarios", family))) as { SCENARIOS: readonly Scenario[] }).SCENARIOS),
  )
).flat();
const shown = new Set(scenarios.flatMap(({ name, rule }) => (AWAITING.has(name) ? [] : rule)));

describe("live scenarios", () => {
  it("show every rule, or it is said why one cannot be shown", () => {
    expect(RULES.map(({ id }) => id).filter((id) => !shown.has(id) && !NOT_SHOWN.has(id))).toEqual([]);
    expect([...NOT_SHOWN.keys()].filter((id) => shown.has(id) || !RULES.some((rule) => rule.id === id))).toEqual([]);
  });

  it("have names of their own, and what they wait for names one", () => {
    const names = scenarios.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) < at)).toEqual([]);
    expect([...AWAITING.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });

  it("are played", () => {
    const played = readdirSync(live).flatMap((file) => (file.endsWith(".test.ts") ? file.replace(/\.test\.ts$/, "") : []));
    expect(families.filter((family) => !played.includes(family))).toEqual([]);
  });
});
