import { describe, expect, it } from "vitest";
import { fitted, moved, seen, zoomed } from "../client/view/view-box";

describe("the part of the drawing that is seen", () => {
  it("is all of it, never enlarged, in the middle", () => {
    expect(fitted({ width: 100, height: 50 }, { width: 200, height: 200 })).toEqual([-50, -75, 200, 200]);
    expect(fitted({ width: 400, height: 100 }, { width: 200, height: 100 })).toEqual([0, -50, 400, 200]);
  });

  it("starts at the upper left where all of it could not be read", () => {
    expect(fitted({ width: 4000, height: 9000 }, { width: 200, height: 100 }, 1.5)).toEqual([0, 0, 300, 150]);
  });

  it("is zoomed around a point that stays, within limits", () => {
    expect(zoomed([0, 0, 200, 100], 0.5, 0.5, 0.5)).toEqual([50, 25, 100, 50]);
    expect(zoomed([0, 0, 200, 100], 0.5, 0, 0)).toEqual([0, 0, 100, 50]);
    expect(zoomed([0, 0, 200, 100], 0.0001, 0, 0)[2]).toBeCloseTo(60);
    expect(zoomed([0, 0, 200, 100], 10_000, 0, 0)[2]).toBeCloseTo(20_000);
    expect(moved([0, 0, 200, 100], 0.1, -0.1)).toEqual([20, -10, 200, 100]);
  });

  it("follows the box that has the focus", () => {
    const box = { x: 300, y: 40, width: 50, height: 20 };
    expect(seen([0, 0, 200, 100], box)).toEqual([170, 0, 200, 100]);
    expect(seen([500, 200, 200, 100], box)).toEqual([280, 20, 200, 100]);
    expect(seen([250, 0, 200, 100], box)).toEqual([250, 0, 200, 100]);
  });
});
