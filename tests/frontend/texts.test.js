// @ts-check
/// <reference types="vite/client" />
import { describe, expect, it, vi } from "vitest";

import { loadTexts } from "../../custom_components/meeting_rooms/frontend/texts.js";
import { emptyHass, TRANSLATIONS } from "./house.js";

/** @type {Record<string, string>} */
const SOURCES = import.meta.glob("../../custom_components/meeting_rooms/frontend/*.js", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Return the keys that the code names completely, and the beginnings of those that it composes. */
function usedKeys() {
  const code = Object.values(SOURCES).join("\n");
  const keys = [...code.matchAll(/texts\(\s*[`"]([\w.]+)["`]/g)].map(([, key]) => key);
  const prefixes = [...code.matchAll(/texts\(\s*`([\w.]+)\$\{/g)].map(([, key]) => key);
  return { keys, prefixes };
}

/** Return the keys of the texts of the dashboard, without those that a form or picker finds by its own names. */
function knownKeys() {
  return Object.entries(TRANSLATIONS.en.config_panel).flatMap(([group, texts]) =>
    Object.keys(texts).map((key) => `${group}.${key}`),
  );
}

describe("the texts", () => {
  it("are loaded with their values", async () => {
    const texts = await loadTexts(emptyHass());
    expect(texts("board.free_of", { free: 1, total: 2 })).toBe("1 of 2 free");
  });

  it("are complete for elements that load them at the same time", async () => {
    const hass = emptyHass();
    const load = hass.loadBackendTranslation;
    let requests = 0;
    // Home Assistant answers a second request before the first has finished.
    hass.loadBackendTranslation = async (...names) =>
      requests++ ? () => "" : await load(...names);
    const [first, second] = await Promise.all([loadTexts(hass), loadTexts(hass)]);
    expect([first("board.rooms"), second("board.rooms")]).toEqual([
      "Meeting rooms",
      "Meeting rooms",
    ]);
  });

  it("are loaded again after the connection was lost", async () => {
    vi.useFakeTimers();
    const hass = emptyHass();
    const load = hass.loadBackendTranslation;
    let requests = 0;
    hass.loadBackendTranslation = async (...names) => {
      if (!requests++) throw new Error("lost");
      return await load(...names);
    };
    const loading = loadTexts(hass);
    await vi.runAllTimersAsync();
    expect((await loading)("board.rooms")).toBe("Meeting rooms");
    vi.useRealTimers();
  });

  it("exist for each key of the code", () => {
    const { keys } = usedKeys();
    expect(keys.length).toBeGreaterThan(10);
    expect(keys.filter((key) => !knownKeys().includes(key))).toEqual([]);
  });

  it("exist for each beginning of a key of the code", () => {
    const { prefixes } = usedKeys();
    const isMissing = (/** @type {string} */ prefix) =>
      !knownKeys().some((key) => key.startsWith(prefix));
    expect(prefixes.filter(isMissing)).toEqual([]);
  });
});
