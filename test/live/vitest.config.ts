import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Real nginx and uWSGI, two stages at a time. */
export default defineConfig({
  test: { name: "live", root: fileURLToPath(new URL(".", import.meta.url)), include: ["*.test.ts"], testTimeout: 40_000, maxWorkers: 2 },
});
