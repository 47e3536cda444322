// @ts-check
import { describe, expect, it, vi } from "vitest";

import { emptyHass } from "./house.js";

const application = Object.assign(document.createElement("home-assistant"), { hass: emptyHass() });
document.body.append(application);
const { ELEMENTS } = await import("../../custom_components/meeting_rooms/frontend/elements.js");

describe("the elements", () => {
  it("are all defined", () => {
    const missing = Object.keys(ELEMENTS).filter((name) => !customElements.get(name));
    expect(missing).toEqual([]);
  });

  it("offer the dashboard in the user's language", () => {
    const [strategy] = window.customStrategies ?? [];
    expect(strategy).toMatchObject({ type: "meeting_rooms", strategyType: "dashboard" });
    expect(strategy.name).toBe("Meeting rooms");
    application.hass = emptyHass({ language: "zh-Hans" });
    expect(strategy.name).toBe("会议室");
  });

  it("offer each card with a name, a description and a preview", () => {
    application.hass = emptyHass();
    for (const { type, name, description, preview } of window.customCards ?? []) {
      expect(customElements.get(type)).toBeDefined();
      expect(name).not.toBe("");
      expect(description).not.toBe("");
      expect(preview).toBe(true);
    }
    expect(window.customCards).not.toEqual([]);
  });

  it("are loaded after Home Assistant's application", async () => {
    const defined = vi.spyOn(customElements, "whenDefined");
    // @ts-expect-error: the loader exports nothing
    await import("../../custom_components/meeting_rooms/frontend/entry.js");
    expect(defined).toHaveBeenCalledExactlyOnceWith("home-assistant");
  });
});
