import { join } from "node:path";
import { expect, it } from "vitest";
import { progressOn } from "../../server/src/host/node/progress";
import { folderWith, hasTerminal, run, runOnTerminal } from "./run";

function watched(isTTY: boolean) {
  let clock = 0;
  let shown = "";
  const progress = progressOn({ isTTY, write: (text: string) => (shown += text) }, () => clock);
  const work = (ticks: number, each: number): void => {
    for (let tick = 0; tick < ticks; tick++) {
      clock += each;
      progress.tick();
    }
  };
  return { progress, work, shown: () => shown.split("\r\u001b[K").slice(1) };
}

it("is silent for the first second, then says how far it is, and takes its words away", () => {
  const { progress, work, shown } = watched(true);
  progress.begin("reading files:");
  work(96, 10);
  expect(shown()).toEqual([]);
  work(32, 10);
  progress.begin("checking files:", 50);
  work(32, 10);
  progress.end();
  expect(shown()).toEqual(["reading files: 112 …", "reading files: 128 …", "checking files: 16 of 50 …", "checking files: 32 of 50 …", ""]);
});

it("says at most ten things a second", () => {
  const { progress, work, shown } = watched(true);
  progress.begin("reading files:");
  work(1_600_000, 0.01);
  expect(shown().length).toBeLessThan(160);
});

it("says nothing to who is no terminal, and takes nothing away that was not there", () => {
  const { progress, work, shown } = watched(false);
  progress.begin("reading files:");
  work(10_000, 10);
  progress.end();
  expect(shown()).toEqual([]);
});

/** Every look at the clock takes a fifth of a second. */
const slow = `let time = Date.now(); Date.now = () => (time += 200);`;
const files = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`${at}.ini`, "[uwsgi]\nhttp-socket = :8080\nmaster = true\n"]));

it.skipIf(!hasTerminal)("is seen on a terminal", () => {
  const cwd = folderWith(files);
  const node = ["--require", join(folderWith({ "slow.cjs": slow }), "slow.cjs")];
  const shown = runOnTerminal(["check", "--level", "error"], { cwd, node });
  expect(shown).toMatch(/\r\u001b\[Kreading files: \d+ …/);
  expect(shown).toMatch(/\r\u001b\[Kchecking files: \d+ of 200 …/);
  expect(shown.endsWith("\r\u001b[K0 findings in 200 files\r\n")).toBe(true);
  expect(run(["check", "--level", "error"], { cwd, node }).err).toBe("");
});
