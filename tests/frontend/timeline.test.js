// @ts-check
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { TimelineCard } from "../../custom_components/meeting_rooms/frontend/timeline_card.js";
import { suggestTimeline } from "../../custom_components/meeting_rooms/frontend/timeline_config.js";
import {
  addArea,
  addEntity,
  addFloor,
  addRoom,
  emptyHass,
  setState,
  TRANSLATIONS,
} from "./house.js";

/** @import { Hass } from "../../custom_components/meeting_rooms/frontend/types.d.ts" */
/** @import { TimelineConfig } from "../../custom_components/meeting_rooms/frontend/timeline_config.js" */

const NOW = "2026-11-27T04:00:00Z"; // noon in Shanghai
const HOUR = 3600;
const MINUTE = 60_000;

customElements.define("meeting-rooms-timeline", TimelineCard);

beforeEach(() => vi.useFakeTimers({ now: new Date(NOW) }));
afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, "", "/");
  vi.useRealTimers();
});

/** @param {number} hours from now on */
const at = (hours) => Date.parse(NOW) / 1000 + hours * HOUR;

/**
 * @param {number} start
 * @param {number} end
 * @param {string | null} [title]
 */
const booking = (start, end, title = null) => ({
  start: at(start),
  end: at(end),
  tentative: false,
  title,
});

/** A connection to Home Assistant, whose subscriptions a test answers. */
class Wire {
  /** @type {{ message: any, options: any, send: (event: any) => void, end: import("vitest").Mock }[]} */
  subscriptions = [];
  /** @type {Set<() => void>} */
  ready = new Set();
  fails = false;

  /**
   * @param {(event: any) => void} send
   * @param {object} message
   * @param {object} [options]
   */
  async subscribeMessage(send, message, options) {
    if (this.fails) throw new Error("unknown_command");
    const end = vi.fn();
    this.subscriptions.push({ message, options, send, end });
    return end;
  }

  /**
   * @param {string} _event
   * @param {() => void} listener
   */
  addEventListener(_event, listener) {
    this.ready.add(listener);
  }

  /**
   * @param {string} _event
   * @param {() => void} listener
   */
  removeEventListener(_event, listener) {
    this.ready.delete(listener);
  }

  get last() {
    return this.subscriptions[this.subscriptions.length - 1];
  }
}

/** @param {Hass} hass */
function wired(hass) {
  const wire = new Wire();
  hass.connection = /** @type {any} */ (wire);
  return wire;
}

const frame = () => vi.advanceTimersByTimeAsync(20);

/**
 * @param {Hass} hass
 * @param {Partial<TimelineConfig>} [config]
 */
async function timeline(hass, config = {}) {
  const card = /** @type {TimelineCard} */ (document.createElement("meeting-rooms-timeline"));
  card.setConfig({ type: "custom:meeting-rooms-timeline", ...config });
  card.hass = { ...hass };
  document.body.append(card);
  await frame();
  return card;
}

/**
 * @param {TimelineCard} card
 * @param {string} selector
 */
const all = (card, selector) =>
  /** @type {HTMLElement[]} */ ([...(card.shadowRoot?.querySelectorAll(selector) ?? [])]);

/**
 * @param {TimelineCard} card
 * @param {string} selector
 */
const texts = (card, selector) => all(card, selector).map((element) => element.textContent);

/** @param {TimelineCard} card */
const names = (card) => texts(card, "tbody .name");

/** @param {TimelineCard} card */
const message = (card) =>
  all(card, ".message")
    .filter(({ hidden }) => !hidden)
    .map(({ textContent }) => textContent);

/**
 * Return a card with a room, and what it shows.
 * @param {any} rooms
 * @param {Partial<TimelineConfig>} [config]
 * @param {Partial<Hass>} [changes]
 */
async function oneRoom(rooms, config = {}, changes = {}) {
  const hass = emptyHass(changes);
  addRoom(hass, "room", { name: "Room" });
  const wire = wired(hass);
  const card = await timeline(hass, config);
  wire.last.send({ rooms: { "sensor.room_availability": rooms } });
  await frame();
  return { hass, wire, card };
}

describe("a room", () => {
  it("has its bookings and uses in words", async () => {
    const { card } = await oneRoom({
      bookings: [booking(-0.25, 1), { ...booking(2, 3), tentative: true }],
      used: [
        { start: at(-0.4), end: at(-0.3) },
        { start: at(-0.2), end: null },
      ],
    });
    expect(texts(card, "li .words")).toEqual([
      "Booked from 11:45 to 13:00",
      "Requested from 14:00 to 15:00",
      "Used without a booking from 11:36 to 11:42",
      "Used since 11:48",
    ]);
    expect(all(card, ".bar").map(({ title }) => title)).toEqual(texts(card, "li .words"));
  });

  it("is not free before the day whose bookings are known", async () => {
    vi.setSystemTime(new Date("2026-11-27T16:10:00Z"));
    const { card } = await oneRoom({ bookings: [], used: [] });
    expect(texts(card, "tbody .words")).toEqual([
      "Free",
      "Bookings not known from Nov 27 23:30 to Nov 28 00:00",
    ]);
  });

  it("is free without bookings, and unknown where they are", async () => {
    const { card, wire } = await oneRoom({ bookings: [], used: [] });
    expect(texts(card, "td li")).toEqual(["Free"]);
    wire.last.send({ rooms: { "sensor.room_availability": { bookings: null, used: [] } } });
    await frame();
    expect(texts(card, "td li")).toEqual(["Bookings not known"]);
    expect(all(card, "td.unknown")).toHaveLength(1);
  });

  it("is not free while nothing is loaded", async () => {
    const hass = emptyHass();
    addRoom(hass, "room");
    wired(hass);
    const card = await timeline(hass);
    expect(texts(card, "td li")).toEqual([]);
    expect(all(card, "tbody.loading")).toHaveLength(1);
  });

  it("has no known bookings if Home Assistant does not send it", async () => {
    const hass = emptyHass();
    addRoom(hass, "room");
    const wire = wired(hass);
    const card = await timeline(hass);
    wire.last.send({ rooms: {} });
    await frame();
    expect(texts(card, "td li")).toEqual(["Bookings not known"]);
  });

  it.each([
    [true, "Weekly", "Booked from 13:00 to 14:00: Weekly"],
    [false, "\u200b13:00\u200b–\u206014:00", "Booked from 13:00 to 14:00"],
  ])("has titles as far as the option says: %s", async (show_titles, label, words) => {
    const rooms = { bookings: [booking(1, 2, "Weekly")], used: [] };
    const { card } = await oneRoom(rooms, { show_titles });
    expect(texts(card, ".label")).toEqual([label]);
    expect(texts(card, ".bar .words")).toEqual([words]);
  });

  it("shows its state, which changes at once", async () => {
    const { card, hass } = await oneRoom({ bookings: [], used: [] });
    expect(texts(card, ".state")).toEqual(["Free all day"]);
    setState(hass, "sensor.room_availability", "in_use");
    card.hass = { ...hass };
    await frame();
    expect(texts(card, ".state")).toEqual(["In use"]);
    expect(all(card, "tbody tr").map(({ dataset }) => dataset.tone)).toEqual(["busy"]);
  });

  it("has times as the user's settings say", async () => {
    const locale = /** @type {const} */ ({
      language: "en",
      time_format: "12",
      time_zone: "server",
    });
    const config = { time_zone: "America/New_York" };
    const rooms = { bookings: [booking(1, 2)], used: [] };
    const { card } = await oneRoom(rooms, { hours: 2 }, { locale, config });
    expect(texts(card, ".bar .words").join().replaceAll("\u202f", " ")).toBe(
      "Booked from 12:00 AM to 1:00 AM",
    );
    expect(texts(card, ".tick").join().replaceAll("\u202f", " ")).toBe("11 PM,Nov 27");
  });

  it.each([
    ["12", "en", "1 PM"],
    ["24", "en", "13:00"],
    ["language", "en", "1 PM"],
    ["language", "zh-Hans", "13:00"],
  ])("has short hours: %s, %s", async (time_format, language, hour) => {
    const locale = /** @type {any} */ ({ language, time_format, time_zone: "server" });
    const { card } = await oneRoom({ bookings: [], used: [] }, {}, { locale });
    expect(texts(card, ".tick")[1]?.replaceAll("\u202f", " ")).toBe(hour);
  });

  it("alone needs no legend", async () => {
    const { card } = await oneRoom({ bookings: [], used: [] });
    expect(all(card, ".legend").map(({ hidden }) => hidden)).toEqual([true]);
  });

  it("is in the user's language", async () => {
    const rooms = { bookings: [booking(1, 2, "周会")], used: [] };
    const { card } = await oneRoom(rooms, {}, { language: "zh-Hans" });
    expect(texts(card, ".bar .words")).toEqual(["13:00 至 14:00 已预订，主题：周会"]);
  });
});

describe("the rooms", () => {
  /** @returns {{ hass: Hass, wire: Wire }} */
  function house() {
    const hass = emptyHass();
    addFloor(hass, "f1", "Floor 1", 1);
    addFloor(hass, "f2", "Floor 2", 2);
    addArea(hass, "a1", "Area 1", "f1");
    addArea(hass, "a2", "Area 2", "f2");
    addRoom(hass, "a", { name: "A", area: "a2", state: "in_use" });
    addRoom(hass, "b", { name: "B", area: "a1", account: "other" });
    addRoom(hass, "c", { name: "C", area: "a1", state: "starting_soon" });
    return { hass, wire: wired(hass) };
  }

  it.each([
    [{}, ["B", "C", "A"]],
    [{ areas: ["a2"] }, ["A"]],
    [{ floors: ["f1"] }, ["B", "C"]],
    [{ accounts: ["other"] }, ["B"]],
    [{ entities: ["sensor.a_availability", "sensor.b_availability"] }, ["A", "B"]],
    [{ hide_busy: true }, ["B", "C"]],
  ])("are those that the options select: %o", async (config, expected) => {
    const { hass } = house();
    expect(names(await timeline(hass, config))).toEqual(expected);
  });

  it("are all asked for without a filter, and otherwise those that are shown", async () => {
    const { hass, wire } = house();
    const card = await timeline(hass);
    expect(wire.last.message).toEqual({ type: "meeting_rooms/timeline/subscribe" });
    const first = wire.last;
    card.setConfig({ type: "custom:meeting-rooms-timeline", floors: ["f1"] });
    await frame();
    expect(first.end).toHaveBeenCalledOnce();
    expect(wire.last.message.entity_ids).toEqual([
      "sensor.b_availability",
      "sensor.c_availability",
    ]);
    card.hass = { ...hass, areas: { ...hass.areas } };
    await frame();
    expect(wire.subscriptions).toHaveLength(2);
  });

  it("that are busy are hidden when they become so", async () => {
    const { hass } = house();
    const card = await timeline(hass, { hide_busy: true });
    setState(hass, "sensor.b_availability", "booked");
    setState(hass, "sensor.a_availability", "unavailable");
    card.hass = { ...hass };
    await frame();
    expect(names(card)).toEqual(["C"]);
    setState(hass, "sensor.c_availability", "in_use");
    card.hass = { ...hass };
    await frame();
    expect(message(card)).toEqual(["No room is free now"]);
  });

  it("may be none", async () => {
    const hass = emptyHass();
    wired(hass);
    expect(message(await timeline(hass))).toEqual(["There are no meeting rooms to show"]);
  });

  it("follow the registries", async () => {
    const { hass } = house();
    const card = await timeline(hass);
    addRoom(hass, "d", { name: "D", area: "a1" });
    card.hass = { ...hass };
    await frame();
    expect(names(card)).toEqual(["B", "C", "D", "A"]);
  });

  it("are a table with headers for screen readers", async () => {
    const { hass } = house();
    const card = await timeline(hass, { title: "Level 1" });
    expect(texts(card, "h2")).toEqual(["Level 1"]);
    expect(texts(card, "caption")).toEqual(["Meeting rooms by time, rooms: 3"]);
    expect(texts(card, "thead th > .words")).toEqual(["Room", "Bookings and use"]);
    expect(all(card, "[role=row] > [role=rowheader][scope=row]")).toHaveLength(3);
    expect(all(card, "[role=row] > [role=cell]")).toHaveLength(3);
    expect(all(card, "table[role=table] > [role=rowgroup]")).toHaveLength(2);
  });
});

describe("only what changed is drawn", () => {
  /** @param {TimelineCard} card */
  function observed(card) {
    /** @type {MutationRecord[]} */
    const records = [];
    const observer = new MutationObserver((list) => records.push(...list));
    const options = { subtree: true, childList: true, attributes: true, characterData: true };
    observer.observe(/** @type {ShadowRoot} */ (card.shadowRoot), options);
    return () => {
      records.push(...observer.takeRecords());
      return records.splice(0).map(({ target }) => /** @type {HTMLElement} */ (target));
    };
  }

  /** @param {number} count */
  async function manyRooms(count) {
    const hass = emptyHass();
    const entities = Array.from({ length: count }, (_, index) => addRoom(hass, `r${index}`));
    const wire = wired(hass);
    const card = await timeline(hass);
    const rooms = entities.map((entity) => [entity, { bookings: [booking(1, 2)], used: [] }]);
    wire.last.send({ rooms: Object.fromEntries(rooms) });
    await frame();
    return { hass, wire, card, entities };
  }

  it("each minute, the line of the present moment", async () => {
    const { card } = await manyRooms(40);
    const changes = observed(card);
    await vi.advanceTimersByTimeAsync(MINUTE);
    await frame();
    expect(
      changes().map((element) => element.parentElement?.className || element.className),
    ).toEqual(["now", "dot"]);
  });

  it("each half an hour, all that moves", async () => {
    const { card } = await manyRooms(3);
    const before = texts(card, ".tick");
    await vi.advanceTimersByTimeAsync(31 * MINUTE);
    await frame();
    expect(before[0]).toBe("12:00");
    expect(all(card, ".tick")[0].style.getPropertyValue("--at")).toBe("0");
    expect(all(card, ".bar")[0].style.getPropertyValue("--at")).toBe(String(1 / 8));
  });

  it("with a change of a room, its row", async () => {
    const { card, wire, entities } = await manyRooms(40);
    const changes = observed(card);
    wire.last.send({ rooms: { [entities[7]]: { bookings: [], used: [] } } });
    await frame();
    const rows = new Set(changes().map((element) => element.closest("tr")));
    expect(rows.size).toBe(1);
  });

  it("with a state of another entity, nothing", async () => {
    const { card, hass } = await manyRooms(40);
    const changes = observed(card);
    setState(hass, "light.kitchen", "on");
    card.hass = { ...hass };
    await frame();
    expect(changes()).toEqual([]);
  });

  it("with a use that goes on, its end", async () => {
    const used = [{ start: at(-0.25), end: null }];
    const { card } = await oneRoom({ bookings: [], used });
    const [bar] = all(card, ".open");
    const before = Number(bar.style.getPropertyValue("--size"));
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(Number(bar.style.getPropertyValue("--size")) - before).toBeCloseTo(1 / 48, 3);
  });
});

describe("the keyboard", () => {
  /** @param {Partial<TimelineConfig>} [config] */
  async function threeRooms(config = {}) {
    const hass = emptyHass();
    ["A", "B", "C"].forEach((name) => addRoom(hass, name.toLowerCase(), { name }));
    wired(hass);
    return timeline(hass, config);
  }

  /**
   * @param {TimelineCard} card
   * @param {string} key
   */
  function press(card, key) {
    const target = card.shadowRoot?.activeElement ?? all(card, ".room")[0];
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    target.dispatchEvent(event);
    return event;
  }

  /** @param {TimelineCard} card */
  const focused = (card) => card.shadowRoot?.activeElement?.querySelector(".name")?.textContent;

  it("reaches one room by Tab, and the others by arrows", async () => {
    const card = await threeRooms();
    expect(all(card, ".room").map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
    all(card, ".room")[0].focus();
    const seen = ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Home", "End", "PageUp"].map(
      (key) => {
        expect(press(card, key).defaultPrevented).toBe(true);
        return focused(card);
      },
    );
    expect(seen).toEqual(["B", "C", "C", "B", "A", "C", "A"]);
    press(card, "ArrowDown");
    expect(all(card, ".room").map(({ tabIndex }) => tabIndex)).toEqual([-1, 0, -1]);
  });

  it("scrolls the time by the other arrows", async () => {
    const card = await threeRooms();
    const [scroller] = all(card, ".scroller");
    const scrollBy = (scroller.scrollBy = vi.fn());
    expect(press(card, "ArrowRight").defaultPrevented).toBe(true);
    expect(scrollBy).toHaveBeenCalledWith({ left: 120, behavior: "smooth" });
    expect(press(card, "x").defaultPrevented).toBe(false);
  });

  it("stays on its room when others come and go", async () => {
    const card = await threeRooms();
    all(card, ".room")[1].focus();
    card.setConfig({
      type: "custom:meeting-rooms-timeline",
      entities: ["sensor.c_availability", "sensor.b_availability"],
    });
    await frame();
    expect(names(card)).toEqual(["C", "B"]);
    expect(focused(card)).toBe("B");
  });

  it("opens the dialog of a room, as a click on its row does", async () => {
    const card = await threeRooms();
    const opened = vi.fn();
    document.body.addEventListener("hass-more-info", (event) =>
      opened(/** @type {CustomEvent} */ (event).detail),
    );
    all(card, ".room")[1].click();
    all(card, "td")[2].click();
    expect(opened.mock.calls).toEqual([
      [{ entityId: "sensor.b_availability" }],
      [{ entityId: "sensor.c_availability" }],
    ]);
  });

  it("opens the view of a room in our dashboard", async () => {
    history.replaceState(null, "", "/our-rooms/timeline");
    const card = await threeRooms({ subviews: true });
    const [link] = all(card, "a.room");
    expect(link.getAttribute("href")).toBe("/our-rooms/room-a");
    link.click();
    expect(location.pathname).toBe("/our-rooms/room-a");
  });
});

describe("the connection", () => {
  async function lost() {
    const found = await oneRoom({ bookings: [], used: [] });
    return { ...found, first: found.wire.last };
  }

  it("ends with the card, and begins again with it", async () => {
    const { card, wire, first } = await lost();
    card.remove();
    await frame();
    expect(first.end).toHaveBeenCalledOnce();
    expect(wire.ready.size).toBe(0);
    document.body.append(card);
    await frame();
    expect(wire.subscriptions).toHaveLength(2);
    expect(texts(card, "td li")).toEqual([]);
    wire.last.send({ rooms: { "sensor.room_availability": { bookings: [], used: [] } } });
    await frame();
    expect(texts(card, "td li")).toEqual(["Free"]);
  });

  it("that was lost is followed by another, with all rooms anew", async () => {
    const { card, wire, first } = await lost();
    expect(first.options).toEqual({ resubscribe: false });
    wire.ready.forEach((listener) => listener());
    await frame();
    expect(wire.subscriptions).toHaveLength(2);
    wire.last.send({ rooms: {} });
    first.send({ rooms: { "sensor.room_availability": { bookings: [], used: [] } } });
    await frame();
    expect(texts(card, "td li")).toEqual(["Bookings not known"]);
  });

  it("is tried again until the integration is loaded", async () => {
    const { card, wire } = await lost();
    wire.fails = true;
    wire.ready.forEach((listener) => listener());
    await frame();
    expect(message(card)).toEqual([TRANSLATIONS.en.config_panel.timeline.failed]);
    expect(texts(card, "td li")).toEqual([]);
    wire.fails = false;
    await vi.advanceTimersByTimeAsync(10_000);
    wire.last.send({ rooms: { "sensor.room_availability": { bookings: [], used: [] } } });
    await frame();
    expect(message(card)).toEqual([]);
    expect(texts(card, "td li")).toEqual(["Free"]);
  });

  it("of a card that is removed meanwhile is ended", async () => {
    const hass = emptyHass();
    addRoom(hass, "room");
    const wire = wired(hass);
    const card = /** @type {TimelineCard} */ (document.createElement("meeting-rooms-timeline"));
    card.setConfig({ type: "custom:meeting-rooms-timeline" });
    card.hass = hass;
    await frame();
    document.body.append(card);
    card.remove();
    await frame();
    expect(wire.last.end).toHaveBeenCalledOnce();
  });

  it("sends rooms that were removed", async () => {
    const { card, wire } = await lost();
    wire.last.send({ rooms: {}, removed: ["sensor.room_availability"] });
    await frame();
    expect(texts(card, "td li")).toEqual(["Bookings not known"]);
  });
});

describe("the options", () => {
  it.each([
    [{ hours: 1 }, "hours must be a number from 2 to 24"],
    [{ hours: 25 }, "hours must be a number from 2 to 24"],
    [{ hours: "8" }, "hours must be a number from 2 to 24"],
    [{ start: "noon" }, 'start must be "now" or "day"'],
    [{ areas: "a1" }, "areas must be a list of IDs"],
    [{ entities: [1] }, "entities must be a list of IDs"],
    [{ hide_busy: "yes" }, "hide_busy must be true or false"],
  ])("that are wrong are named: %o", (config, fault) => {
    const card = /** @type {any} */ (document.createElement("meeting-rooms-timeline"));
    expect(() => card.setConfig({ type: "custom:meeting-rooms-timeline", ...config })).toThrow(
      fault,
    );
  });

  it("have a form with a text for each", async () => {
    const hass = emptyHass();
    addRoom(hass, "room");
    hass.devices.account = { id: "account", name: "Account", config_entries: ["account"] };
    addEntity(hass, "account", "sensor", "rooms_free");
    const app = Object.assign(document.createElement("home-assistant"), { hass });
    document.body.append(app);
    const form = await TimelineCard.getConfigForm();
    const fields = form?.schema ?? [];
    expect(fields.map(({ name }) => name).sort()).toEqual([
      "accounts",
      "areas",
      "entities",
      "floors",
      "hide_busy",
      "hours",
      "show_titles",
      "start",
      "title",
    ]);
    fields.forEach((field) => expect(form?.computeLabel(field)).not.toBe(""));
    expect(JSON.stringify(fields)).toContain('{"value":"account","label":"Account"}');
    expect(JSON.stringify(fields)).toContain('"include_entities":["sensor.room_availability"]');
    expect(form?.computeHelper({ name: "hours" })).not.toBe("");
    expect(form?.computeHelper({ name: "title" })).toBeUndefined();
  });

  it("of a new card are valid", () => {
    const card = /** @type {any} */ (document.createElement("meeting-rooms-timeline"));
    const config = TimelineCard.getStubConfig();
    expect(() => card.setConfig({ type: "x", ...config })).not.toThrow();
    expect(card.getGridOptions().columns).toBe("full");
    expect(card.getCardSize()).toBeGreaterThan(0);
  });
});

describe("the card picker", () => {
  it("offers the card for the entities of a room and of an account", () => {
    const hass = emptyHass();
    addRoom(hass, "room");
    hass.devices.account = { id: "account", name: "Account", config_entries: ["account"] };
    const account = addEntity(hass, "account", "sensor", "rooms_free");
    const other = addEntity(hass, "conference", "sensor", "status");
    const type = "custom:meeting-rooms-timeline";
    expect(suggestTimeline(hass, "sensor.room_until")).toEqual({
      config: { type, entities: ["sensor.room_availability"] },
    });
    expect(suggestTimeline(hass, account)).toEqual({ config: { type, accounts: ["account"] } });
    expect(suggestTimeline(hass, other)).toBeNull();
    expect(suggestTimeline(hass, "light.kitchen")).toBeNull();
  });
});

it("has the same texts in both languages, all of them used", () => {
  const [english, chinese] = ["en", "zh-Hans"].map((language) =>
    Object.keys(TRANSLATIONS[language].config_panel.timeline),
  );
  expect(chinese).toEqual(english);
});
