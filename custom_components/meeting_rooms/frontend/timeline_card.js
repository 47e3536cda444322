// @ts-check
/** The card `meeting-rooms-timeline`: when rooms are booked, used and free. */

import { currentHass } from "./application.js";
import { describeRoom, panelOf, statesOf } from "./board_model.js";
import { Card } from "./card.js";
import { isSame } from "./changes.js";
import { openPath, roomPath, showMoreInfo } from "./navigation.js";
import { filterRooms, findRooms } from "./rooms.js";
import { loadTexts } from "./texts.js";
import { timeZoneOf } from "./times.js";
import { checkConfig, configForm, HOURS } from "./timeline_config.js";
import { CONTENT, drawHours, drawNow, drawTexts } from "./timeline_frame.js";
import { TimelineFeed } from "./timeline_feed.js";
import { fraction, layOut, startOfDay, windowOf } from "./timeline_layout.js";
import { TimelineRow } from "./timeline_row.js";
import { STYLE } from "./timeline_style.js";

/** @import { Hass, Room, Texts } from "./types.d.ts" */
/** @import { Panel, PanelText } from "./board_model.js" */
/** @import { TimelineConfig } from "./timeline_config.js" */
/** @import { Window } from "./timeline_layout.js" */

/**
 * @typedef {object} Line
 * @property {TimelineRow} row
 * @property {Panel} panel
 * @property {unknown[]} states as they were drawn
 * @property {PanelText | undefined} text
 * @property {boolean} stale whether its bars must be drawn again
 */

const MINUTE = 60_000;
/** What a change of requires to build the rows anew. */
const STRUCTURE = /** @type {const} */ (["entities", "devices", "areas", "floors", "locale"]);
/** Steps of the keys that go from room to room. @type {Record<string, number>} */
const KEYS = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};

export class TimelineCard extends Card {
  #root = this.attachShadow({ mode: "open" });
  /** @type {TimelineConfig | undefined} */
  #config;
  /** @type {TimelineFeed | undefined} */
  #feed;
  /** What the feed is of: the connection and the rooms. @type {unknown[]} */
  #feedOf = [];
  /** All lines by their entity, also the hidden ones. @type {Map<string, Line>} */
  #lines = new Map();
  /** @type {Line[]} */
  #shown = [];
  /** @type {Window} */
  #window = { start: 0, end: 0 };
  /** The entity of the room that the Tab key reaches. */
  #active = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** Whether the card is to be drawn in the next frame. */
  #waits = false;
  #loading = true;
  /** The message and what goes with it, as they were drawn. @type {unknown[]} */
  #drawn = [];
  #failed = false;

  constructor() {
    super();
    const style = document.createElement("style");
    style.textContent = STYLE;
    const card = document.createElement("ha-card");
    card.innerHTML = CONTENT;
    this.#root.append(style, card);
    card.addEventListener("keydown", (event) => this.#onKey(event));
    card.addEventListener("click", (event) => this.#onClick(event));
    card.addEventListener("focusin", (event) => this.#onFocus(event));
  }

  static getStubConfig() {
    return { hours: HOURS, start: "now" };
  }

  static async getConfigForm() {
    const hass = currentHass();
    return hass && configForm(hass, await loadTexts(hass));
  }

  /** @param {TimelineConfig} config */
  setConfig(config) {
    checkConfig(config);
    this.#config = config;
    this.#build();
  }

  /**
   * @override
   * @param {Hass} hass
   * @param {Hass | undefined} before
   */
  onHass(hass, before) {
    const zone = before?.config.time_zone !== hass.config.time_zone;
    if (zone || STRUCTURE.some((key) => before?.[key] !== hass[key])) this.#build();
    else this.#drawSoon();
  }

  connectedCallback() {
    this.#build();
    this.#wait();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#feed?.stop();
    this.#feed = undefined;
    this.#feedOf = [];
    this.#loading = true;
  }

  getCardSize() {
    return 2 + this.#shown.length;
  }

  getGridOptions() {
    return { columns: "full", rows: "auto", min_columns: 6, min_rows: 4 };
  }

  /** @override */
  onTexts() {
    this.#build();
  }

  /** Build all rows, after the configuration, the registries or the language changed. */
  #build() {
    if (!this.isConnected || !this.hass || !this.#config || !this.texts) return;
    const rooms = inOrder(filterRooms(findRooms(this.hass), this.#config), this.#config.entities);
    const before = this.#lines;
    this.#lines = new Map(rooms.map((room) => [room.entityId, this.#line(room, before)]));
    this.#follow(rooms);
    this.#moveWindow(true);
    drawTexts(this.#root, this.#config, this.texts, rooms.length);
    this.#drawSoon();
  }

  /**
   * @param {Room} room
   * @param {Map<string, Line>} before
   * @returns {Line}
   */
  #line(room, before) {
    const hass = /** @type {Hass} */ (this.hass);
    const known = before.get(room.entityId);
    const path = this.#config?.subviews ? roomPath(room.deviceId) : null;
    const same = known && known.row.link.getAttribute("href") === path;
    const row = same ? known.row : new TimelineRow(room, path);
    const panel = panelOf(hass, room.entityId);
    return { row, panel, states: [], text: undefined, stale: true };
  }

  /**
   * Subscribe to the rooms, unless that is done.
   * @param {Room[]} rooms
   */
  #follow(rooms) {
    const { connection } = /** @type {Hass} */ (this.hass);
    const chosen = this.#isFiltered() ? rooms.map(({ entityId }) => entityId) : undefined;
    const feedOf = [connection, ...(chosen ?? ["all"])];
    if (this.#feed && isSame(feedOf, this.#feedOf)) return;
    this.#feed?.stop();
    this.#feedOf = feedOf;
    this.#loading = true;
    this.#feed = new TimelineFeed(connection, chosen, {
      onChange: (changed) => this.#onTimelines(changed),
      onError: () => this.#onError(),
    });
    this.#feed.start();
  }

  #isFiltered() {
    const { areas, floors, accounts, entities } = this.#config ?? {};
    return [areas, floors, accounts, entities].some((list) => list?.length);
  }

  /** @param {string[] | null} changed */
  #onTimelines(changed) {
    if (this.#loading || this.#failed) changed = null;
    this.#loading = false;
    this.#failed = false;
    for (const entity of changed ?? this.#lines.keys()) {
      const line = this.#lines.get(entity);
      if (line) line.stale = true;
    }
    this.#drawSoon();
  }

  #onError() {
    this.#failed = true;
    this.#loading = true;
    for (const line of this.#lines.values()) line.stale = true;
    this.#drawSoon();
  }

  /** Wait for the next full minute. */
  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tick(), MINUTE - (Date.now() % MINUTE));
  }

  /** Move the line of the present moment; each half an hour, all that is shown. */
  #tick() {
    this.#wait();
    if (this.#moveWindow(false)) this.#drawSoon();
    else this.#drawNow();
  }

  /**
   * Find the window of time, and return whether it has moved.
   * @param {boolean} always whether to draw it even if it has not
   */
  #moveWindow(always) {
    if (!this.hass || !this.#config) return false;
    const { hours = HOURS, start = "now" } = this.#config;
    const zone = timeZoneOf(this.hass);
    const next = windowOf(Date.now(), { hours, start }, zone);
    const moved = next.start !== this.#window.start || next.end !== this.#window.end;
    if (!moved && !always) return false;
    this.#window = next;
    for (const line of this.#lines.values()) line.states = [];
    drawHours(this.#root, this.#window, this.hass);
    this.#drawNow();
    return true;
  }

  #drawSoon() {
    if (this.#waits) return;
    this.#waits = true;
    requestAnimationFrame(() => {
      this.#waits = false;
      this.#draw();
    });
  }

  /** Draw the rooms that have changed. */
  #draw() {
    const [hass, texts, config] = [this.hass, this.texts, this.#config];
    if (!hass || !texts || !config || !this.isConnected) return;
    const now = new Date();
    for (const line of this.#lines.values()) {
      const states = statesOf(hass, line.panel);
      if (!isSame(states, line.states)) {
        line.states = states;
        line.text = describeRoom(hass, line.panel, texts, now);
        line.row.showState(line.text);
        // A booking or a use may begin or end with the state.
        line.stale = true;
      }
    }
    // Without a state, the user may not read the room.
    const lines = [...this.#lines.values()].filter(({ states }) => states[0]);
    this.#show(config.hide_busy ? lines.filter(isFree) : lines);
    for (const line of this.#shown.filter(({ stale }) => stale)) {
      this.#drawBars(line, hass, texts, now.getTime());
    }
    this.#drawMessage(texts);
  }

  /**
   * @param {Line} line
   * @param {Hass} hass
   * @param {Texts} texts
   * @param {number} now
   */
  #drawBars(line, hass, texts, now) {
    line.stale = false;
    const { entityId } = line.row.room;
    const timeline = this.#feed?.rooms.get(entityId) ?? { bookings: null, used: [] };
    const known = startOfDay(now, hass.config.time_zone);
    const layout = this.#loading ? null : layOut(timeline, this.#window, now, known);
    line.row.showBars(layout, hass, texts, this.#config?.show_titles ?? true);
  }

  /**
   * Show lines in their order; the focus stays on its room.
   * @param {Line[]} lines
   */
  #show(lines) {
    if (isSame(lines, this.#shown)) return;
    this.#shown = lines;
    const focused = /** @type {HTMLElement | null} */ (this.#root.activeElement);
    this.#part("tbody").replaceChildren(...lines.map(({ row }) => row.element));
    if (focused?.isConnected) focused.focus({ preventScroll: true });
    const active = lines.find(({ row }) => row.room.entityId === this.#active) ?? lines[0];
    if (active) this.#activate(active);
  }

  /** @param {Texts} texts */
  #drawMessage(texts) {
    const empty = this.#shown.length === 0;
    const none = this.#lines.size === 0 ? "no_rooms" : "none_free";
    const key = this.#failed ? "failed" : empty ? none : "";
    const text = key && texts(`timeline.${key}`);
    const drawn = [text, this.#shown.length, this.#loading];
    if (isSame(drawn, this.#drawn)) return;
    this.#drawn = drawn;
    this.#part(".message").textContent = text;
    this.#part(".message").hidden = !text;
    this.#part(".scroller").hidden = empty;
    this.#part(".legend").hidden = this.#shown.length < 2;
    this.#part("tbody").classList.toggle("loading", this.#loading);
    this.#part("table").setAttribute("aria-busy", String(this.#loading));
  }

  /** Move the line of the present moment, and the end of the uses that go on with it. */
  #drawNow() {
    const now = fraction(this.#window, Date.now());
    drawNow(this.#root, now);
    for (const { row } of this.#shown) row.grow(now);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const step = KEYS[event.key];
    const index = this.#shown.findIndex(({ row }) => row.room.entityId === this.#active);
    if (!step || index < 0 || event.ctrlKey || event.metaKey || event.altKey) {
      this.#scrollByKey(event);
      return;
    }
    event.preventDefault();
    const next = Math.min(Math.max(index + step, 0), this.#shown.length - 1);
    const { link, element } = this.#shown[next].row;
    link.focus({ preventScroll: true });
    element.scrollIntoView?.({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #scrollByKey(event) {
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#part(".scroller").scrollBy?.({ left: direction * 120, behavior: "smooth" });
  }

  /** @param {Event} event */
  #onFocus(event) {
    const line = this.#lineOf(event);
    if (line) this.#activate(line);
  }

  /**
   * Let the Tab key reach the room of a line, and no other.
   * @param {Line} line
   */
  #activate(line) {
    const before = this.#lines.get(this.#active);
    if (before) before.row.link.tabIndex = -1;
    this.#active = line.row.room.entityId;
    line.row.link.tabIndex = 0;
  }

  /**
   * Open the room of a row.
   * @param {MouseEvent} event
   */
  #onClick(event) {
    const line = this.#lineOf(event);
    if (!line || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { entityId, deviceId } = line.row.room;
    if (this.#config?.subviews) openPath(roomPath(deviceId));
    else showMoreInfo(this, entityId);
  }

  /** @param {Event} event */
  #lineOf(event) {
    const element = /** @type {Element} */ (event.target).closest("tbody tr");
    return this.#shown.find(({ row }) => row.element === element);
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(selector));
  }
}

/**
 * Return whether a room is free now, perhaps not for long.
 * @param {Line} line
 */
function isFree({ text }) {
  return text?.tone === "free" || text?.tone === "soon";
}

/**
 * Return rooms in the order of the entities, if these are chosen.
 * @param {Room[]} rooms
 * @param {string[] | undefined} entities
 */
function inOrder(rooms, entities) {
  if (!entities?.length) return rooms;
  const order = new Map(entities.map((entity, index) => [entity, index]));
  return rooms.sort((a, b) => Number(order.get(a.entityId)) - Number(order.get(b.entityId)));
}
