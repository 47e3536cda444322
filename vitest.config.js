import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "jsdom",
    include: ["tests/frontend/**/*.test.js"],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
