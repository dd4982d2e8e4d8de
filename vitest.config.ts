import { defineConfig } from "vitest/config";

const project = (name: string, include: string[], exclude: string[], testTimeout: number) => ({
  test: { name, include, exclude, testTimeout },
});

export default defineConfig({
  test: {
    projects: [
      project("unit", ["test/**/*.test.ts"], ["test/vscode/**", "test/live/**", "test/oracle/**"], 30_000),
      project("oracle", ["test/oracle/**/*.test.ts"], [], 60_000),
      project("live", ["test/live/**/*.test.ts"], [], 60_000),
    ],
    passWithNoTests: true,
  },
});
