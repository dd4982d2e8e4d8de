import { defineConfig } from "vitest/config";

/** `retry`: real servers on a busy machine may miss a moment once; what fails twice is broken. */
const project = (name: string, include: string[], exclude: string[], testTimeout: number, retry = 0) => ({
  test: { name, include, exclude, testTimeout, retry },
});

export default defineConfig({
  test: {
    projects: [
      project("unit", ["test/**/*.test.ts"], ["test/vscode/**", "test/live/**", "test/oracle/**", "test/editors/**"], 30_000),
      project("oracle", ["test/oracle/**/*.test.ts"], [], 60_000),
      project("editors", ["test/editors/**/*.test.ts"], [], 60_000),
      project("live", ["test/live/**/*.test.ts"], [], 60_000, 1),
    ],
    passWithNoTests: true,
  },
});
