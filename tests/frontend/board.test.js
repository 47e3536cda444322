// @ts-check
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { BoardCard } from "../../custom_components/meeting_rooms/frontend/board_card.js";
import { addEntity, addRoom, emptyHass, localizer, setState } from "./house.js";

/** @import { Hass } from "../../custom_components/meeting_rooms/frontend/types.d.ts" */

const NOW = "2026-11-27T04:00:00Z"; // noon in Shanghai

customElements.define("meeting-rooms-board", BoardCard);

beforeEach(() => vi.useFakeTimers({ now: new Date(NOW) }));
afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, "", "/");
  vi.useRealTimers();
});

/**
 * @param {Hass} hass
 * @param {Partial<import("../../custom_components/meeting_rooms/frontend/board_card.js").BoardConfig>} [config]
 */
async function board(hass, config = {}) {
  const card = /** @type {BoardCard} */ (document.createElement("meeting-rooms-board"));
  card.setConfig({ type: "custom:meeting-rooms-board", ...config });
  card.hass = { ...hass };
  document.body.append(card);
  await vi.advanceTimersByTimeAsync(0);
  return card;
}

/**
 * @param {BoardCard} card
 * @param {string} selector
 */
const all = (card, selector) =>
  /** @type {HTMLElement[]} */ ([...(card.shadowRoot?.querySelectorAll(selector) ?? [])]);

/**
 * @param {BoardCard} card
 * @param {string} selector
 */
const texts = (card, selector) => all(card, selector).map((element) => element.textContent);

/** @param {BoardCard} card */
const labels = (card) => all(card, ".room").map((room) => room.getAttribute("aria-label"));

/** @param {BoardCard} card */
const tones = (card) => all(card, ".room").map((room) => room.dataset.tone);

describe("a room on the board", () => {
  const TOMORROW = "2026-11-28T01:00:00+00:00";
  it.each([
    ["free", "unknown", "free", "Room, Free all day"],
    ["free", "2026-11-27T06:30:00+00:00", "free", "Room, Free until 14:30"],
    ["free", TOMORROW, "free", "Room, Free until 09:00 tomorrow"],
    ["free", "unavailable", "free", "Room, Free"],
    ["starting_soon", "2026-11-27T04:10:00+00:00", "soon", "Room, Starting soon at 12:10"],
    ["ended_early", "unknown", "soon", "Room, Ended early"],
    ["ended_early", TOMORROW, "soon", "Room, Ended early (free until 09:00 tomorrow)"],
    ["booked", "2026-11-27T05:00:00+00:00", "busy", "Room, Booked until 13:00"],
    ["in_use", "unknown", "busy", "Room, In use"],
    ["running_over", "2026-11-27T05:00:00+00:00", "busy", "Room, Running over"],
    ["no_show", "2026-11-27T05:00:00+00:00", "notice", "Room, No-show until 13:00"],
    ["unbooked_use", "unknown", "notice", "Room, In use without booking"],
    ["offline", "unknown", "off", "Room, Offline"],
    ["unavailable", "unknown", "off", "Room, unavailable"],
    ["unknown", "unknown", "off", "Room, unknown"],
    ["anything", "unknown", "off", "Room, anything"],
  ])("that is %s until %s is %s: %s", async (state, until, tone, label) => {
    const hass = emptyHass();
    addRoom(hass, "room", { name: "Room", state });
    setState(hass, "sensor.room_until", until);
    const card = await board(hass);
    expect(labels(card)).toEqual([label]);
    expect(tones(card)).toEqual([tone]);
  });

  it("has its times in the user's language and format", async () => {
    const hass = emptyHass({ language: "zh-Hans" });
    addRoom(hass, "room", { name: "会议室", state: "booked" });
    setState(hass, "sensor.room_until", "2026-11-28T06:30:00+00:00");
    expect(labels(await board(hass))).toEqual(["会议室, 已预订 至明天 14:30"]);
    hass.locale.time_format = "12";
    hass.locale.language = "en";
    expect(labels(await board(hass))[0]).toMatch(/2:30\sPM/);
  });

  it.each([
    ["starting_soon", "2026-11-27T04:10:00+00:00", "会议室, 即将开始 12:10"],
    ["starting_soon", TOMORROW, "会议室, 即将开始 明天 09:00"],
    ["ended_early", "2026-11-27T06:30:00+00:00", "会议室, 提前结束 空闲至 14:30"],
    ["ended_early", TOMORROW, "会议室, 提前结束 空闲至明天 09:00"],
  ])("that is %s until %s reads naturally in Chinese", async (state, until, label) => {
    const hass = emptyHass({ language: "zh-Hans" });
    addRoom(hass, "room", { name: "会议室", state });
    setState(hass, "sensor.room_until", until);
    expect(labels(await board(hass))).toEqual([label]);
  });

  it("has no end where there is no source of bookings", async () => {
    const hass = emptyHass();
    addRoom(hass, "room", { name: "Room" });
    delete hass.entities["sensor.room_until"];
    hass.entities = { ...hass.entities };
    expect(labels(await board(hass))).toEqual(["Room, Free"]);
  });

  it("that was removed, or that the user may not read, is not shown", async () => {
    const hass = emptyHass();
    const room = addRoom(hass, "room", { name: "Room" });
    const card = await board(hass, { entities: ["sensor.removed", room] });
    expect(all(card, "li").map(({ hidden }) => hidden)).toEqual([true, false]);
    expect(texts(card, ".count")).toEqual(["1 of 1 free"]);
  });

  it("says that its bookings are not known", async () => {
    const hass = emptyHass();
    addRoom(hass, "room", { name: "Room" });
    setState(hass, addEntity(hass, "room", "calendar", "bookings"), "unavailable");
    expect(labels(await board(hass))).toEqual(["Room, Free bookings not known"]);
  });

  it("is booked until a date that is not of today or tomorrow", async () => {
    const hass = emptyHass();
    addRoom(hass, "room", { name: "Room", state: "booked" });
    setState(hass, "sensor.room_until", "2026-12-04T10:00:00+00:00");
    expect(labels(await board(hass))[0]).toContain("Dec 4");
  });

  it("has a mark with words for an issue", async () => {
    const hass = emptyHass();
    addRoom(hass, "room", { name: "Room" });
    setState(hass, addEntity(hass, "room", "binary_sensor", "not_ready"), "on");
    hass.formatEntityState = ({ state }) => (state === "on" ? "Not ready" : "Free");
    const card = await board(hass);
    expect(labels(card)).toEqual(["Room, Free all day, Not ready"]);
    expect(all(card, ".mark").map(({ hidden }) => hidden)).toEqual([false]);
    expect(texts(card, ".issues span")).toEqual(["With issues: 1"]);
  });

  it("shows a name as text", async () => {
    const hass = emptyHass();
    addRoom(hass, "room", { name: "<img src=x>" });
    expect(texts(await board(hass), ".name")).toEqual(["<img src=x>"]);
  });
});

describe("the board", () => {
  /** Return four rooms in different states. */
  function house() {
    const hass = emptyHass();
    addRoom(hass, "a", { state: "in_use" });
    addRoom(hass, "b", { state: "free" });
    addRoom(hass, "c", { state: "offline" });
    addRoom(hass, "d", { state: "starting_soon" });
    return hass;
  }

  it("counts rooms as free that are free now", async () => {
    const card = await board(house(), { title: "Ground" });
    expect(texts(card, "h2")).toEqual(["Ground"]);
    expect(texts(card, ".count")).toEqual(["1 of 4 free"]);
    expect(all(card, ".issues").map(({ hidden }) => hidden)).toEqual([true]);
  });

  it("shows the rooms of its configuration, in groups", async () => {
    const groups = [
      { title: "One", entities: ["sensor.a_availability"] },
      { title: "Two", entities: ["sensor.c_availability", "sensor.d_availability"] },
    ];
    const card = await board(house(), { groups });
    expect(texts(card, "h2")).toEqual(["One", "Two"]);
    expect(texts(card, ".count")).toEqual(["0 of 1 free", "0 of 2 free"]);
  });

  it("brings free rooms to the front if asked to, and keeps the focus", async () => {
    const hass = house();
    const card = await board(hass, { free_first: true });
    expect(texts(card, ".name")).toEqual(["b", "d", "a", "c"]);
    const room = /** @type {HTMLElement} */ (all(card, ".room")[0]);
    room.focus();
    setState(hass, "sensor.b_availability", "in_use");
    setState(hass, "sensor.c_availability", "free");
    card.hass = { ...hass };
    expect(texts(card, ".name")).toEqual(["c", "d", "a", "b"]);
    expect(card.shadowRoot?.activeElement).toBe(room);
  });

  it("draws only the rooms that changed", async () => {
    const hass = house();
    const format = vi.fn(hass.formatEntityState);
    hass.formatEntityState = format;
    const card = await board(hass);
    format.mockClear();
    setState(hass, "light.foreign", "on");
    card.hass = { ...hass };
    expect(format).not.toHaveBeenCalled();
    setState(hass, "sensor.b_availability", "in_use");
    card.hass = { ...hass };
    expect(format).toHaveBeenCalledTimes(1);
    expect(texts(card, ".count")).toEqual(["0 of 4 free"]);
  });

  it("shows the words of the states as soon as Home Assistant has loaded them", async () => {
    const hass = house();
    const card = await board(hass, { entities: ["sensor.b_availability"] });
    card.hass = { ...hass, formatEntityState: () => "Libre" };
    expect(texts(card, ".state")).toEqual(["Libre"]);
  });

  it("follows a new name and a new room", async () => {
    const hass = house();
    const card = await board(hass);
    addRoom(hass, "e");
    hass.devices = { ...hass.devices, a: { ...hass.devices.a, name_by_user: "Aachen" } };
    card.hass = { ...hass };
    expect(texts(card, ".name")).toEqual(["Aachen", "b", "c", "d", "e"]);
  });

  it("keeps its elements while the registries of other devices change", async () => {
    const hass = house();
    const card = await board(hass);
    const rooms = all(card, ".room");
    hass.entities = { ...hass.entities };
    hass.devices = { ...hass.devices, a: { ...hass.devices.a, name_by_user: "Aachen" } };
    card.hass = { ...hass };
    expect(all(card, ".room")).toEqual(rooms);
    expect(all(card, ".room")[0]).toBe(rooms[0]);
    expect(texts(card, ".name")).toEqual(["Aachen", "b", "c", "d"]);
  });

  it("says tomorrow as long as it is", async () => {
    const hass = emptyHass();
    addRoom(hass, "room", { name: "Room", state: "free" });
    setState(hass, "sensor.room_until", "2026-11-28T01:00:00+00:00");
    const card = await board(hass);
    await vi.advanceTimersByTimeAsync(12 * 3_600_000);
    expect(labels(card)).toEqual(["Room, Free until 09:00"]);
  });

  it("stops its clock when it is removed", async () => {
    const card = await board(house());
    card.remove();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("rejects a configuration that is not a list of rooms", () => {
    const card = /** @type {BoardCard} */ (document.createElement("meeting-rooms-board"));
    expect(() => card.setConfig({ type: "x", entities: /** @type {any} */ ("sensor.a") })).toThrow(
      "list",
    );
  });

  it("has a form with a label for each option", () => {
    const { schema, computeLabel } = BoardCard.getConfigForm();
    const labels = schema.map((field) => computeLabel(field, localizer("en")));
    expect(labels).toEqual(["Title", "Rooms", "Free rooms first", "Show when data is out of date"]);
  });

  it("is dark with a dark theme", async () => {
    const card = await board(emptyHass({ themes: { darkMode: true } }));
    expect(card.hasAttribute("dark")).toBe(true);
  });
});

describe("a tap on a room", () => {
  it("opens its view on our dashboard", async () => {
    history.replaceState(null, "", "/meeting-rooms/board");
    const hass = emptyHass();
    addRoom(hass, "room");
    const card = await board(hass, { subviews: true });
    const moved = vi.fn();
    window.addEventListener("location-changed", moved, { once: true });
    all(card, "a.room")[0].click();
    expect(location.pathname).toBe("/meeting-rooms/room-room");
    expect(moved).toHaveBeenCalledOnce();
  });

  it("opens its dialog on another dashboard", async () => {
    const hass = emptyHass();
    addRoom(hass, "room");
    const card = await board(hass);
    const opened = vi.fn();
    document.body.addEventListener("hass-more-info", opened, { once: true });
    all(card, "button.room")[0].click();
    expect(opened.mock.calls[0][0].detail).toEqual({ entityId: "sensor.room_availability" });
  });
});

describe("an alert", () => {
  /** Return a room whose account was updated completely a minute ago. */
  function house() {
    const hass = emptyHass();
    addRoom(hass, "room");
    hass.devices.account = { id: "account", name: "Tencent", config_entries: ["account"] };
    hass.devices.other = { id: "other", name: "Other", config_entries: ["other"] };
    setState(hass, addEntity(hass, "other", "sensor", "rooms_free"), "unavailable");
    setState(hass, addEntity(hass, "account", "sensor", "rooms_free"), "1");
    addEntity(hass, "account", "sensor", "oldest_reading");
    setState(hass, "sensor.account_oldest_reading", "2026-11-27T03:59:00+00:00", NOW);
    return hass;
  }

  it("is not shown while all is well, nor for accounts of other rooms", async () => {
    expect(texts(await board(house(), { alerts: true }), ".alert")).toEqual([]);
  });

  it("names an account that is unavailable, and since when", async () => {
    const hass = house();
    setState(hass, "sensor.account_rooms_free", "unavailable", "2026-11-27T03:50:00+00:00");
    const card = await board(hass, { alerts: true });
    expect(texts(card, ".alert")[0]).toContain("Tencent has been unavailable since 11:50");
    setState(hass, "sensor.account_rooms_free", "1");
    card.hass = { ...hass };
    expect(texts(card, ".alert")).toEqual([]);
  });

  it("has the date of an earlier day", async () => {
    const hass = house();
    setState(hass, "sensor.account_rooms_free", "unavailable", "2026-11-25T03:50:00+00:00");
    expect(texts(await board(hass, { alerts: true }), ".alert")[0]).toContain("Nov 25 11:50");
  });

  it("is shown when a room was updated late", async () => {
    const hass = house();
    setState(hass, "sensor.account_oldest_reading", "2026-11-27T03:54:00+00:00", NOW);
    expect(texts(await board(hass, { alerts: true }), ".alert")[0]).toContain("at 11:54");
  });

  it("appears by itself when updates stop", async () => {
    const card = await board(house(), { alerts: true });
    await vi.advanceTimersByTimeAsync(8 * 60_000);
    expect(texts(card, ".alert")).toEqual([]);
    await vi.advanceTimersByTimeAsync(2 * 60_000);
    expect(texts(card, ".alert")[0]).toContain("Tencent");
  });

  it("is an option", async () => {
    const hass = house();
    setState(hass, "sensor.account_rooms_free", "unavailable");
    expect(texts(await board(hass), ".alert")).toEqual([]);
  });
});

describe("a wall", () => {
  it("leaves the controls of Home Assistant while the dashboard is edited", async () => {
    history.replaceState(null, "", "/meeting-rooms/board?edit=1");
    expect(all(await board(emptyHass(), { wall: true }), ".wall")).toEqual([]);
  });

  it("fills the screen without controls but one to leave", async () => {
    const hass = emptyHass();
    addRoom(hass, "room", { name: "Room" });
    const card = await board(hass, { wall: true, subviews: true });
    expect(all(card, "a, button").map(({ textContent }) => textContent)).toEqual([
      "Exit full screen",
    ]);
    expect(labels(card)).toEqual(["Room, Free all day"]);
    all(card, ".leave")[0].click();
    expect(all(card, ".wall")).toEqual([]);
    expect(all(card, "a.room")).toHaveLength(1);
    expect(all(await board(hass, { wall: true }), ".wall")).toEqual([]);
  });
});
