// @ts-check
import { beforeEach, describe, expect, it, vi } from "vitest";

import {
  buildSchema,
  StrategyEditor,
} from "../../custom_components/meeting_rooms/frontend/strategy_editor.js";
import { addEntity, emptyHass, TRANSLATIONS } from "./house.js";

customElements.define("meeting-rooms-strategy-editor", StrategyEditor);

const TYPE = "custom:meeting_rooms";

/** @param {Record<string, unknown>} options */
async function editor(options) {
  const hass = emptyHass();
  hass.devices.account = { id: "account", name: "Tencent", config_entries: ["entry"] };
  addEntity(hass, "account", "sensor", "rooms_free");
  const element = /** @type {StrategyEditor} */ (
    document.createElement("meeting-rooms-strategy-editor")
  );
  element.setConfig({ type: TYPE, ...options });
  element.hass = hass;
  document.body.append(element);
  await vi.waitFor(() => expect(element.firstElementChild).not.toBeNull());
  const form = /** @type {any} */ (element.firstElementChild);
  return { element, form, hass };
}

beforeEach(() => document.body.replaceChildren());

describe("the editor", () => {
  it("shows the options with their defaults", async () => {
    const { form } = await editor({ wall: true });
    expect(form.data).toMatchObject({ wall: true, group_by: "floor" });
    expect(form.data.views).toHaveLength(4);
  });

  it("offers the accounts by name", async () => {
    const { form } = await editor({});
    const accounts = form.schema.find((/** @type {any} */ { name }) => name === "accounts");
    expect(accounts.selector.select.options).toEqual([{ value: "entry", label: "Tencent" }]);
  });

  it.each(["en", "zh-Hans"])("has a label and a help for each option in %s", (language) => {
    const names = buildSchema(emptyHass(), (key) => key).map(({ name }) => name);
    const texts = TRANSLATIONS[language].config_panel.strategy;
    expect(names.filter((name) => !texts[name] || !texts[`${name}_help`])).toEqual([]);
  });

  it("labels the fields of the form", async () => {
    const { form } = await editor({});
    expect(form.computeLabel({ name: "wall" })).toBe("Fill the screen");
    expect(form.computeHelper({ name: "free_first" })).toContain("sorted");
  });

  it.each([
    [{ wall: true, free_first: false }, { wall: true }],
    [{ areas: [], floors: ["one"], accounts: undefined }, { floors: ["one"] }],
    [{ views: ["board", "timeline", "room", "operations"], group_by: "floor" }, {}],
    [
      { views: ["board"], group_by: "area" },
      { views: ["board"], group_by: "area" },
    ],
    [{ views: [] }, {}],
  ])("saves %j as %j", async (value, expected) => {
    const { element, form } = await editor({});
    const changed = vi.fn();
    element.addEventListener("config-changed", changed);
    const detail = { value: { type: TYPE, ...value } };
    form.dispatchEvent(new CustomEvent("value-changed", { detail }));
    expect(changed.mock.calls[0][0].detail).toEqual({ config: { type: TYPE, ...expected } });
  });

  it("follows Home Assistant without building the form again", async () => {
    const { element, form, hass } = await editor({});
    const next = { ...hass };
    element.hass = next;
    expect(element.firstElementChild).toBe(form);
    expect(form.hass).toBe(next);
  });
});
