// @ts-check
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { BookingCard } from "../../custom_components/meeting_rooms/frontend/booking_card.js";
import { addEntity, addRoom, emptyHass, localizer, setState } from "./house.js";

/** @import { Hass } from "../../custom_components/meeting_rooms/frontend/types.d.ts" */

const NOW = Date.parse("2026-11-27T04:07:00Z"); // 12:07 in Shanghai
const MINUTE = 60_000;
const ENTITY = "sensor.room_availability";

customElements.define("meeting-rooms-booking", BookingCard);

beforeEach(() => vi.useFakeTimers({ now: NOW }));
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

/**
 * Return a booking as the server sends it, in minutes from now.
 * @param {number} start
 * @param {number} end
 * @param {{ id?: string, tentative?: boolean }} [values] with an ID if the user may release it
 */
const booking = (start, end, { id, tentative = false } = {}) => ({
  start: (NOW + start * MINUTE) / 1000,
  end: (NOW + end * MINUTE) / 1000,
  tentative,
  booking_id: id ?? null,
  title: null,
});

/** An answer to a request, which a test gives later. */
function later() {
  /** @type {(value: any) => void} */
  let give = () => {};
  /** @type {(error: any) => void} */
  let fail = () => {};
  const answer = new Promise((resolve, reject) => {
    give = resolve;
    fail = reject;
  });
  return { answer, give, fail };
}

/** A room with its vendor, and the card of it. */
class Door {
  /** @type {any} */
  place = { book: [15, 30, 60], book_step: null };
  /** The actions that were called. @type {any[]} */
  calls = [];
  /** @type {(message: any) => any} */
  act = () => ({ response: {} });
  /** @type {(event: any) => void} */
  send = () => {};
  /** @type {string[][]} */
  followed = [];
  /** @type {Set<() => void>} */
  ready = new Set();
  ended = 0;
  /** @type {boolean[]} */
  visible = [];

  /** @param {Partial<Hass>} [changes] */
  constructor(changes = {}) {
    this.hass = emptyHass({
      callWS: async (/** @type {any} */ message) => this.#answer(message),
      connection: /** @type {any} */ ({
        subscribeMessage: async (/** @type {any} */ send, /** @type {any} */ message) => {
          this.send = send;
          this.followed.push(message.entity_ids);
          return () => (this.ended += 1);
        },
        addEventListener: (/** @type {string} */ _, /** @type {any} */ listener) =>
          this.ready.add(listener),
        removeEventListener: (/** @type {string} */ _, /** @type {any} */ listener) =>
          this.ready.delete(listener),
      }),
      ...changes,
    });
    addRoom(this.hass, "room", { name: "Orchid" });
  }

  /** @param {any} message */
  async #answer(message) {
    if (message.type === "meeting_rooms/places") return { room: this.place };
    this.calls.push(message);
    return await this.act(message);
  }

  /**
   * @param {any[] | null} [bookings]
   * @param {object} [config]
   */
  async open(bookings = [], config = { device_id: "room" }) {
    this.card = /** @type {BookingCard} */ (document.createElement("meeting-rooms-booking"));
    this.card.addEventListener("card-visibility-changed", (event) =>
      this.visible.push(/** @type {CustomEvent} */ (event).detail.value),
    );
    this.card.setConfig({ type: "custom:meeting-rooms-booking", ...config });
    this.card.hass = { ...this.hass };
    document.body.append(this.card);
    await this.settle();
    await this.book(bookings);
    return this.card;
  }

  /** @param {any[] | null} bookings */
  async book(bookings) {
    this.send({ rooms: { [ENTITY]: { bookings, used: [] } } });
    await this.settle();
  }

  /** @param {string} state */
  async become(state) {
    setState(this.hass, ENTITY, state);
    if (this.card) this.card.hass = { ...this.hass };
    await this.settle();
  }

  async settle() {
    await vi.advanceTimersByTimeAsync(0);
  }

  get root() {
    return /** @type {ShadowRoot} */ (this.card?.shadowRoot);
  }

  get buttons() {
    return [...this.root.querySelectorAll("button")].filter((each) => !each.closest("[hidden]"));
  }

  get labels() {
    return this.buttons.map((button) =>
      [...(button.children.length ? button.children : [button])]
        .map(({ textContent }) => textContent)
        .join(", "),
    );
  }

  get title() {
    return [...this.root.querySelectorAll(".title")].find((each) => !each.closest("[hidden]"))
      ?.textContent;
  }

  get focused() {
    return this.root.activeElement?.textContent?.trim();
  }

  /** @param {string} role */
  message(role) {
    return this.root.querySelector(`[role="${role}"]`)?.textContent;
  }

  /** @param {string} label */
  async click(label) {
    const button = this.buttons.find(({ textContent }) => textContent?.startsWith(label));
    button?.focus();
    button?.click();
    await this.settle();
  }
}

const ALL = ["15 min, until 12:22", "30 min, until 12:37", "60 min, until 13:07"];

describe("the buttons", () => {
  it("book from now on", async () => {
    const door = new Door();
    const card = await door.open();
    expect(door.title).toBe("Book now");
    expect(door.labels).toEqual(ALL);
    expect(card.hidden).toBe(false);
  });

  it("are found by the availability, too", async () => {
    const door = new Door();
    await door.open([], { entity: ENTITY });
    expect(door.labels).toEqual(ALL);
    expect(door.followed).toEqual([[ENTITY]]);
  });

  it("are in the user's language", async () => {
    const door = new Door({ language: "zh-Hans" });
    await door.open();
    expect(door.title).toBe("立即预订");
    expect(door.labels[0]).toBe("15 分钟, 至 12:22");
  });

  it("are in the latest language, whichever texts are loaded first", async () => {
    const english = later();
    const door = new Door({ loadBackendTranslation: () => english.answer });
    const card = await door.open();
    const { language, loadBackendTranslation } = emptyHass({ language: "zh-Hans" });
    card.hass = { ...door.hass, language, loadBackendTranslation };
    await door.settle();
    english.give(localizer("en"));
    await door.settle();
    expect(door.title).toBe("立即预订");
  });

  it.each(["free", "starting_soon"])("are there while the room is %s", async (state) => {
    const door = new Door();
    setState(door.hass, ENTITY, state);
    const card = await door.open();
    expect(door.labels).toEqual(ALL);
    expect(card.hidden).toBe(false);
  });

  it.each([
    "booked",
    "in_use",
    "running_over",
    "no_show",
    "ended_early",
    "unbooked_use",
    "offline",
    "unavailable",
    "unknown",
  ])("are not there while the room is %s", async (state) => {
    const door = new Door();
    setState(door.hass, ENTITY, state);
    const card = await door.open();
    expect(door.labels).toEqual([]);
    expect(card.hidden).toBe(true);
  });

  it.each([{}, { book: [] }, undefined])("are not there for a place of %j", async (place) => {
    const door = new Door();
    door.place = place;
    expect((await door.open()).hidden).toBe(true);
  });

  it("are those that the vendor can book", async () => {
    const door = new Door();
    door.place = { book: [30, 60], book_step: 30 };
    await door.open();
    expect(door.labels).toEqual(["30 min, until 13:00", "60 min, until 13:30"]);
  });

  it("that would meet another booking are disabled and say so", async () => {
    const door = new Door();
    await door.open([booking(25, 60), booking(-60, 0), booking(0, 10, { tentative: true })]);
    expect(door.labels).toEqual([ALL[0], "30 min, already booked", "60 min, already booked"]);
    expect(door.buttons.map(({ disabled }) => disabled)).toEqual([false, true, true]);
  });

  it("may end when the next booking starts", async () => {
    const door = new Door();
    await door.open([booking(30, 60)]);
    expect(door.buttons.map(({ disabled }) => disabled)).toEqual([false, false, true]);
  });

  it("see what was booked before at a vendor with steps", async () => {
    const door = new Door();
    door.place = { book: [30], book_step: 30 };
    await door.open([booking(-20, -5)]);
    expect(door.labels).toEqual(["30 min, already booked"]);
  });

  it("remain where the bookings are not known: the vendor decides", async () => {
    const door = new Door();
    await door.open(null);
    expect(door.labels).toEqual(ALL);
  });

  it("follow the time", async () => {
    const door = new Door();
    await door.open([booking(31, 60)]);
    const [before] = door.buttons;
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(door.labels).toEqual([
      "15 min, until 12:24",
      "30 min, already booked",
      "60 min, already booked",
    ]);
    expect(door.buttons[0]).toBe(before);
  });

  it("come and go with the state, and the card with them", async () => {
    const door = new Door();
    await door.open();
    await door.become("in_use");
    await door.become("free");
    expect(door.labels).toEqual(ALL);
    expect(door.visible).toEqual([false, true, false, true]);
  });

  it.each([
    ["calendar", "bookings", { supported_features: 3 }],
    ["binary_sensor", "bookable", {}],
  ])("come when the %s %s says so", async (platform, key, attributes) => {
    const door = new Door();
    const entity = addEntity(door.hass, "room", platform, key);
    door.place = { book: [] };
    const card = await door.open();
    door.place = { book: [15] };
    setState(door.hass, entity, "on");
    Object.assign(door.hass.states[entity].attributes, attributes);
    card.hass = { ...door.hass };
    await door.settle();
    expect(door.labels).toEqual([ALL[0]]);
  });
});

describe("a booking", () => {
  it("is asked about first, by the room and the time", async () => {
    const door = new Door();
    await door.open();
    await door.click("30 min");
    expect(door.calls).toEqual([]);
    expect(door.title).toBe("Book Orchid from 12:07 to 12:37?");
    expect(door.labels).toEqual(["Book", "Cancel"]);
    expect(door.focused).toBe("Book");
  });

  it("is made by the action, and says until when", async () => {
    const door = new Door();
    await door.open();
    door.act = () => ({ response: { booking_id: "1", end: "2026-11-27T12:37:00+08:00" } });
    await door.click("30 min");
    await door.click("Book");
    expect(door.calls).toEqual([
      {
        type: "call_service",
        domain: "meeting_rooms",
        service: "book_room",
        service_data: { device_id: "room", duration: { minutes: 30 } },
        return_response: true,
      },
    ]);
    expect(door.message("status")).toBe("Booked until 12:37");
    expect(door.message("alert")).toBe("");
    expect(door.focused).toBe("Booked until 12:37");
  });

  it("is called a request where it waits for an approval", async () => {
    const door = new Door();
    await door.open();
    door.act = () => ({ response: { booking_id: "1", end: "2026-11-27T12:37:00+08:00" } });
    await door.click("30 min");
    await door.click("Book");
    await door.book([booking(0, 30, { id: "1", tentative: true })]);
    expect(door.title).toBe("Requested in Home Assistant until 12:37");
    expect(door.message("status")).toBe("Requested; the room stays free until someone approves");
    expect(door.labels).toEqual(["Withdraw"]);
  });

  it("is no longer spoken of after a minute, whenever its request appears", async () => {
    const door = new Door();
    await door.open();
    door.act = () => ({ response: { booking_id: "1", end: "2026-11-27T12:37:00+08:00" } });
    await door.click("30 min");
    await door.click("Book");
    await vi.advanceTimersByTimeAsync(MINUTE);
    await door.book([booking(0, 30, { id: "1", tentative: true })]);
    expect(door.title).toBe("Requested in Home Assistant until 12:37");
    expect(door.message("status")).toBe("");
  });

  it("is no longer spoken of after the next question, whenever its request appears", async () => {
    const door = new Door();
    await door.open();
    door.act = () => ({ response: { booking_id: "1", end: "2026-11-27T12:37:00+08:00" } });
    await door.click("30 min");
    await door.click("Book");
    await door.click("15 min");
    await door.book([booking(0, 30, { id: "1", tentative: true })]);
    expect(door.message("status")).toBe("");
  });

  it.each([
    ["while it is made", 0],
    ["after it was made", 1],
  ])("is spoken of for a minute by a card that was removed %s", async (_, early) => {
    const door = new Door();
    const { answer, give } = later();
    const card = await door.open();
    door.act = () => answer;
    await door.click("30 min");
    await door.click("Book");
    const steps = [() => card.remove(), () => give({ response: { end: "2026-11-27T12:37:00" } })];
    for (const index of [early, 1 - early]) {
      steps[index]();
      await door.settle();
    }
    document.body.append(card);
    await door.settle();
    expect(door.message("status")).toContain("Booked until");
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(door.message("status")).toBe("");
  });

  it("is no longer said after another user released it", async () => {
    const door = new Door();
    await door.open();
    door.act = () => ({ response: { booking_id: "1", end: "2026-11-27T12:37:00+08:00" } });
    await door.click("30 min");
    await door.click("Book");
    await door.become("booked");
    await door.book([booking(0, 30, { id: "1" })]);
    expect(door.message("status")).toBe("Booked until 12:37");
    await door.book([]);
    await door.become("free");
    expect(door.message("status")).toBe("");
    expect(door.labels).toEqual(ALL);
  });

  it("is made once, whatever is clicked meanwhile", async () => {
    const door = new Door();
    const { answer, give } = later();
    await door.open();
    door.act = () => answer;
    await door.click("30 min");
    const [confirm, cancel] = door.buttons;
    for (const button of [confirm, confirm, cancel]) button.click();
    await door.settle();
    expect(door.message("status")).toBe("The room is being booked");
    expect(door.buttons.map(({ disabled }) => disabled)).toEqual([true, true]);
    await door.become("booked");
    expect(door.title).toBe("Book Orchid from 12:07 to 12:37?");
    give({ response: { end: "2026-11-27T12:37:00+08:00" } });
    await door.settle();
    expect(door.calls).toHaveLength(1);
    expect(door.message("status")).toBe("Booked until 12:37");
  });

  it("is not confirmed by a double click", async () => {
    const door = new Door();
    await door.open();
    await door.click("30 min");
    door.buttons[0].dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 2 }));
    await door.settle();
    expect(door.calls).toEqual([]);
  });

  it.each([
    [true, true],
    [false, false],
  ])("is not confirmed by a key that is held down: repeat %s", async (repeat, isIgnored) => {
    const door = new Door();
    await door.open();
    await door.click("30 min");
    const options = { key: "Enter", repeat, bubbles: true, cancelable: true, composed: true };
    const press = new KeyboardEvent("keydown", options);
    door.buttons[0].dispatchEvent(press);
    expect(press.defaultPrevented).toBe(isIgnored);
  });

  it("is cancelled by its button, and the focus returns", async () => {
    const door = new Door();
    await door.open();
    await door.click("60 min");
    await door.click("Cancel");
    expect(door.calls).toEqual([]);
    expect(door.labels).toEqual(ALL);
    expect(door.focused).toContain("60 min");
  });

  it("is cancelled by Escape, which closes nothing else", async () => {
    const door = new Door();
    const outside = vi.fn();
    document.body.addEventListener("keydown", outside);
    await door.open();
    await door.click("60 min");
    const escape = { key: "Escape", bubbles: true, composed: true };
    door.buttons[0].dispatchEvent(new KeyboardEvent("keydown", escape));
    expect(door.labels).toEqual(ALL);
    expect(door.focused).toContain("60 min");
    expect(outside).not.toHaveBeenCalled();
  });

  it("is no longer asked about when another user was first", async () => {
    const door = new Door();
    await door.open();
    await door.click("30 min");
    await door.book([booking(0, 60)]);
    expect(door.title).toBe("Book now");
    expect(door.calls).toEqual([]);
  });

  it("is no longer asked about after a minute", async () => {
    const door = new Door();
    await door.open();
    await door.click("30 min");
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(door.title).toBe("Book now");
  });
});

describe("a failure", () => {
  const account = { account: "Office" };
  const translated = {
    code: "home_assistant_error",
    message: "English of the server",
    translation_domain: "meeting_rooms",
    translation_key: "cannot_connect",
    translation_placeholders: account,
  };

  it.each([
    ["in the user's language", translated, "Office：无法连接到服务"],
    ["without a translation", { ...translated, translation_key: "other" }, translated.message],
    ["of another kind", { code: "invalid_format", message: "not valid" }, "not valid"],
    ["without a message", { code: "timeout" }, "请求失败"],
    ["of rights", { code: "unauthorized", message: "U" }, "你没有预订或释放此会议室的权限"],
    [
      "of the connection",
      { error: { code: 3, message: "Connection lost" } },
      "与 Home Assistant 的连接已断开，无法得知请求是否已执行",
    ],
  ])("%s is said in place", async (_, error, expected) => {
    const door = new Door({ language: "zh-Hans" });
    await door.open();
    door.act = () => Promise.reject(error);
    await door.click("30 分钟");
    await door.click("预订");
    expect(door.message("alert")).toBe(expected);
    expect(door.message("status")).toBe("");
    expect(door.focused).toBe(expected);
    expect(door.labels[0]).toBe("15 分钟, 至 12:22");
  });

  it("is said by the server's text where the texts cannot be loaded", async () => {
    const door = new Door({
      loadBackendTranslation: async (category) => {
        if (category === "exceptions") throw new Error("lost");
        return localizer("en");
      },
    });
    await door.open();
    door.act = () => Promise.reject(translated);
    await door.click("30 min");
    await door.click("Book");
    expect(door.message("alert")).toBe("English of the server");
  });

  it("is shown although the room is no longer free, for a minute", async () => {
    const door = new Door();
    const card = await door.open();
    door.act = () => Promise.reject(translated);
    await door.click("30 min");
    await door.click("Book");
    await door.become("booked");
    expect(card.hidden).toBe(false);
    expect(door.message("alert")).toBe("Office: the service cannot be reached");
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(card.hidden).toBe(true);
    expect(door.message("alert")).toBe("");
  });

  it("is forgotten with the next try", async () => {
    const door = new Door();
    await door.open();
    door.act = () => Promise.reject(translated);
    await door.click("30 min");
    await door.click("Book");
    await door.click("15 min");
    expect(door.message("alert")).toBe("");
  });

  it("does not take the focus from what the user does meanwhile", async () => {
    const door = new Door();
    const { answer, fail } = later();
    const field = document.createElement("input");
    document.body.append(field);
    await door.open();
    door.act = () => answer;
    await door.click("30 min");
    await door.click("Book");
    field.focus();
    fail(translated);
    await door.settle();
    expect(document.activeElement).toBe(field);
  });
});

describe("a release", () => {
  const OWN = [booking(-10, 20, { id: "1" }), booking(60, 90, { id: "2" })];

  it("is offered while the present booking is of Home Assistant", async () => {
    const door = new Door();
    setState(door.hass, ENTITY, "in_use");
    const card = await door.open(OWN);
    expect(card.hidden).toBe(false);
    expect(door.title).toBe("Booked in Home Assistant until 12:27");
    expect(door.labels).toEqual(["Release"]);
  });

  it("is not offered for another's booking, or a later one", async () => {
    const door = new Door();
    setState(door.hass, ENTITY, "booked");
    const card = await door.open([booking(-10, 20), OWN[1]]);
    expect(card.hidden).toBe(true);
  });

  it("is offered although the room cannot be booked any more", async () => {
    const door = new Door();
    door.place = { book: [] };
    setState(door.hass, ENTITY, "booked");
    await door.open(OWN);
    expect(door.labels).toEqual(["Release"]);
  });

  it("ends with the booking", async () => {
    const door = new Door();
    setState(door.hass, ENTITY, "booked");
    const card = await door.open(OWN);
    await vi.advanceTimersByTimeAsync(20 * MINUTE);
    expect(card.hidden).toBe(true);
  });

  it("is asked about, made by the action, and said", async () => {
    const door = new Door();
    setState(door.hass, ENTITY, "booked");
    await door.open(OWN);
    await door.click("Release");
    expect(door.title).toBe("Release Orchid now instead of at 12:27?");
    expect(door.labels).toEqual(["Release", "Cancel"]);
    expect(door.calls).toEqual([]);
    await door.click("Release");
    expect(door.calls.map(({ service, service_data }) => [service, service_data])).toEqual([
      ["release_room", { device_id: "room", booking_id: "1" }],
    ]);
    expect(door.message("status")).toBe("Released");
    await door.become("free");
    await door.book([OWN[1]]);
    expect(door.labels).toEqual(ALL);
  });

  it("is no longer said after another user booked the room again", async () => {
    const door = new Door();
    setState(door.hass, ENTITY, "booked");
    await door.open(OWN);
    await door.click("Release");
    await door.click("Release");
    await door.book([OWN[1]]);
    expect(door.message("status")).toBe("Released");
    await door.book([booking(0, 30, { id: "3" }), OWN[1]]);
    expect(door.message("status")).toBe("");
    expect(door.title).toBe("Booked in Home Assistant until 12:37");
  });

  it.each([
    [
      "en",
      "Withdraw",
      "Withdraw the request for Orchid until 12:27?",
      "The request is being withdrawn",
      "Withdrawn",
    ],
    ["zh-Hans", "撤回", "撤回「Orchid」的预订申请（至 12:27）？", "正在撤回预订申请", "已撤回"],
  ])("of a request is a withdrawal: %s", async (language, label, question, progress, done) => {
    const door = new Door({ language });
    const { answer, give } = later();
    await door.open([booking(-10, 20, { id: "1", tentative: true })]);
    expect(door.labels).toEqual([label]);
    door.act = () => answer;
    await door.click(label);
    expect(door.title).toBe(question);
    expect(door.labels[0]).toBe(label);
    await door.click(label);
    expect(door.message("status")).toBe(progress);
    give({ response: {} });
    await door.settle();
    expect(door.message("status")).toBe(done);
    expect(door.calls.map(({ service, service_data }) => [service, service_data])).toEqual([
      ["release_room", { device_id: "room", booking_id: "1" }],
    ]);
  });

  it("is not asked about as a withdrawal when the request was approved meanwhile", async () => {
    const door = new Door();
    await door.open([booking(-10, 20, { id: "1", tentative: true })]);
    await door.click("Withdraw");
    await door.book(OWN);
    expect(door.title).toBe("Booked in Home Assistant until 12:27");
    expect(door.labels).toEqual(["Release"]);
    expect(door.calls).toEqual([]);
  });

  it("is of the booking that was asked about, whatever overlaps it", async () => {
    const door = new Door();
    setState(door.hass, ENTITY, "in_use");
    await door.open([booking(-20, 5, { id: "former" }), OWN[0], booking(-5, 40)]);
    await door.click("Release");
    await door.click("Release");
    expect(door.calls.map(({ service_data }) => service_data.booking_id)).toEqual(["1"]);
  });

  it("is no longer asked about when another booking is the present one", async () => {
    const door = new Door();
    setState(door.hass, ENTITY, "booked");
    await door.open(OWN);
    await door.click("Release");
    await door.book([booking(-1, 40, { id: "3" })]);
    expect(door.title).toBe("Booked in Home Assistant until 12:47");
    expect(door.labels).toEqual(["Release"]);
    expect(door.calls).toEqual([]);
  });

  it("that is cancelled keeps the focus", async () => {
    const door = new Door();
    setState(door.hass, ENTITY, "booked");
    await door.open(OWN);
    await door.click("Release");
    await door.click("Cancel");
    expect(door.focused).toBe("Release");
  });
});

describe("the card", () => {
  it.each([{}, { entity: 1 }, { device_id: "" }])("refuses the configuration %j", (config) => {
    const card = /** @type {BookingCard} */ (document.createElement("meeting-rooms-booking"));
    expect(() => card.setConfig(/** @type {any} */ ({ type: "x", ...config }))).toThrow("entity");
  });

  it("is hidden while the room does not exist", async () => {
    const door = new Door();
    const card = await door.open([], { device_id: "another" });
    expect(card.hidden).toBe(true);
    expect(door.followed).toEqual([]);
  });

  it("is explained while the dashboard is edited", async () => {
    const door = new Door();
    door.place = { book: [] };
    const card = await door.open();
    card.preview = true;
    expect(card.hidden).toBe(false);
    expect(card.shadowRoot?.querySelector(".hint")?.hasAttribute("hidden")).toBe(false);
    card.preview = false;
    expect(card.hidden).toBe(true);
  });

  it("stays in the page while it is hidden, and follows nothing after it was removed", async () => {
    const door = new Door();
    const card = await door.open();
    expect(card.connectedWhileHidden).toBe(true);
    card.remove();
    await door.settle();
    expect(door.ended).toBe(1);
    expect(door.ready.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    document.body.append(card);
    await door.settle();
    expect(door.followed).toHaveLength(2);
  });

  it("asks again what can be booked when Home Assistant is back", async () => {
    const door = new Door();
    await door.open();
    door.place = { book: [15] };
    for (const listener of door.ready) listener();
    await door.settle();
    await door.book([]);
    expect(door.labels).toEqual([ALL[0]]);
  });

  it("follows a room whose availability is renamed", async () => {
    const door = new Door();
    const card = await door.open();
    const renamed = "sensor.renamed";
    const { [ENTITY]: entry, ...entities } = door.hass.entities;
    door.hass.entities = { ...entities, [renamed]: { ...entry, entity_id: renamed } };
    setState(door.hass, renamed, "free");
    card.hass = { ...door.hass };
    await door.settle();
    door.send({ rooms: { [renamed]: { bookings: [], used: [] } } });
    await door.settle();
    expect(door.followed).toEqual([[ENTITY], [renamed]]);
    expect(door.labels).toEqual(ALL);
  });

  it("takes the width of its section", () => {
    const card = /** @type {BookingCard} */ (document.createElement("meeting-rooms-booking"));
    expect(card.getGridOptions()).toEqual({ columns: "full", rows: "auto" });
    expect(card.getCardSize()).toBe(2);
  });
});
