// @ts-check
/** The card `meeting-rooms-board`: which rooms are free, readable from a distance. */

import {
  accountStates,
  accountsOf,
  countRooms,
  describeAlerts,
  describeRoom,
  freeFirst,
  panelOf,
  statesOf,
} from "./board_model.js";
import { RoomPanel } from "./board_panel.js";
import { STYLE } from "./board_style.js";
import { openPath, roomPath, showMoreInfo } from "./navigation.js";
import { findRooms } from "./rooms.js";
import { loadTexts } from "./texts.js";

/** @import { Device, Hass, Localize, Texts } from "./types.d.ts" */
/** @import { Panel } from "./board_model.js" */
/** @import { PanelKind } from "./board_panel.js" */

/**
 * @typedef {object} BoardConfig
 * @property {string} type
 * @property {string} [title]
 * @property {string[]} [entities] availability entities; all rooms if left out
 * @property {{ title?: string, entities: string[] }[]} [groups] several groups on one board, instead of `entities`
 * @property {boolean} [free_first]
 * @property {boolean} [wall] fill the screen
 * @property {boolean} [alerts] say when an account is unavailable or its data are old
 * @property {boolean} [subviews] a room opens its view of this dashboard instead of its dialog
 */

/**
 * @typedef {object} Row
 * @property {Panel} panel
 * @property {RoomPanel} element
 * @property {unknown[]} states
 */

/** @typedef {{ section: HTMLElement, list: HTMLElement, rows: Row[] }} Group */

const MINUTE = 60_000;
/** The scale of a wall by its number of rooms: 2, 3, 4 or 5 rooms side by side at 1920 × 1080. */
const SCALES = [
  [6, 2],
  [12, 1.5],
  [20, 1.2],
];
/** What a change of requires to build the board anew. */
const STRUCTURE = /** @type {const} */ (["entities", "devices", "locale", "language"]);

/** Whether the user left the full screen: the board stays in the page until that is loaded again. */
let hasLeft = false;

/**
 * Return the fault of a card's configuration.
 * @param {any} config
 */
function faultOf({ entities, groups }) {
  const lists = [
    entities ?? [],
    ...(groups ?? []).map((/** @type {any} */ group) => group?.entities),
  ];
  const valid = lists.every((list) => Array.isArray(list));
  return valid ? "" : "entities must be a list of availability entities";
}

export class BoardCard extends HTMLElement {
  /** @type {BoardConfig | undefined} */
  #config;
  /** @type {Hass | undefined} */
  #hass;
  /** @type {Texts | undefined} */
  #texts;
  /** @type {Group[]} */
  #groups = [];
  /** @type {Device[]} */
  #accounts = [];
  /** @type {unknown[]} */
  #accountStates = [];
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  #language = "";

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
  }

  static getStubConfig() {
    return { alerts: true };
  }

  static getConfigForm() {
    const availability = { integration: "meeting_rooms", domain: "sensor", device_class: "enum" };
    return {
      schema: [
        { name: "title", selector: { text: {} } },
        { name: "entities", selector: { entity: { multiple: true, filter: [availability] } } },
        { name: "free_first", selector: { boolean: {} } },
        { name: "alerts", selector: { boolean: {} } },
      ],
      /**
       * @param {{ name: string }} field
       * @param {Localize} localize
       */
      computeLabel: ({ name }, localize) =>
        localize(`component.meeting_rooms.config_panel.board.${name}`),
    };
  }

  /** @param {BoardConfig} config */
  setConfig(config) {
    const fault = faultOf(config);
    if (fault) throw new Error(fault);
    this.#config = config;
    this.#build();
  }

  /** @param {Hass} hass */
  set hass(hass) {
    const before = this.#hass;
    this.#hass = hass;
    this.toggleAttribute("dark", Boolean(hass.themes?.darkMode));
    if (hass.language !== this.#language) {
      this.#language = hass.language;
      this.#loadTexts(hass);
    }
    if (STRUCTURE.some((key) => before?.[key] !== hass[key])) this.#build();
    else this.#update(false);
  }

  connectedCallback() {
    this.#cover();
    this.#timer = setInterval(() => this.#update(true), MINUTE);
    this.#update(true);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  getCardSize() {
    return 2 + Math.ceil(this.#groups.reduce((sum, { rows }) => sum + rows.length, 0) / 2);
  }

  getGridOptions() {
    return { columns: "full", rows: "auto" };
  }

  /** @param {Hass} hass */
  async #loadTexts(hass) {
    this.#texts = await loadTexts(hass);
    this.#build();
  }

  /** Build all elements, after the configuration, the registries or the language changed. */
  #build() {
    if (!this.#hass || !this.#config || !this.#texts) return;
    const groups = groupsOf(this.#config, this.#hass);
    this.#groups = groups.map(({ title, entities }) => this.#buildGroup(title, entities));
    const entities = groups.flatMap((group) => group.entities);
    this.#accounts = this.#config.alerts ? accountsOf(this.#hass, entities) : [];
    const style = document.createElement("style");
    style.textContent = STYLE;
    this.shadowRoot?.replaceChildren(style, this.#buildBoard(entities.length));
    this.#cover();
    this.#update(true);
  }

  /** @param {number} rooms */
  #buildBoard(rooms) {
    const board = document.createElement("div");
    board.className = "board";
    board.innerHTML = `<div class="alerts" role="status"></div><div class="groups"></div>`;
    board.lastElementChild?.append(...this.#groups.map(({ section }) => section));
    if (this.#isWall()) {
      board.classList.add("wall");
      board.style.setProperty("--scale", String(wallScale(rooms, this.#groups.length)));
      board.setAttribute("popover", "manual");
      board.append(this.#buildLeave());
    }
    return board;
  }

  /** Build the button that ends the wall; it shows up under the pointer and for the keyboard. */
  #buildLeave() {
    const leave = document.createElement("button");
    leave.type = "button";
    leave.className = "leave";
    leave.textContent = this.#texts?.("board.leave") ?? "";
    leave.addEventListener("click", () => {
      hasLeft = true;
      this.#build();
    });
    return leave;
  }

  /** Return whether to fill the screen; a dashboard that is being edited needs its controls. */
  #isWall() {
    const isEdited = new URLSearchParams(location.search).has("edit");
    return Boolean(this.#config?.wall) && !hasLeft && !isEdited;
  }

  /** Put a wall on top of the page. */
  #cover() {
    const wall = /** @type {HTMLElement | null} */ (
      this.shadowRoot?.querySelector(".wall") ?? null
    );
    if (this.isConnected) wall?.showPopover?.();
  }

  /**
   * @param {string | undefined} title
   * @param {string[]} entities
   * @returns {Group}
   */
  #buildGroup(title, entities) {
    const section = document.createElement("section");
    section.className = "group";
    section.innerHTML = `<header><h2></h2><span class="count"></span><span class="issues" hidden>
      <ha-icon icon="mdi:alert" aria-hidden="true"></ha-icon><span></span></span></header><ul role="list"></ul>`;
    const heading = /** @type {HTMLElement} */ (section.querySelector("h2"));
    heading.textContent = title ?? "";
    heading.hidden = !title;
    const header = /** @type {HTMLElement} */ (section.querySelector("header"));
    header.hidden = !title && entities.length === 1;
    const list = /** @type {HTMLElement} */ (section.querySelector("ul"));
    const rows = entities.map((entity) => this.#buildRow(entity));
    list.append(...rows.map(({ element }) => element.item));
    return { section, list, rows };
  }

  /**
   * @param {string} entity
   * @returns {Row}
   */
  #buildRow(entity) {
    const hass = /** @type {Hass} */ (this.#hass);
    const deviceId = hass.entities[entity]?.device_id;
    const { subviews } = this.#config ?? {};
    /** @type {PanelKind} */
    const kind = this.#isWall() ? "text" : subviews && deviceId ? "link" : "button";
    const element = new RoomPanel(kind);
    if (kind === "link") {
      const path = roomPath(deviceId ?? "");
      element.room.setAttribute("href", path);
      element.room.addEventListener("click", (event) => followLink(event, path));
    }
    if (kind === "button") {
      element.room.addEventListener("click", () => showMoreInfo(this, entity));
    }
    return { panel: panelOf(hass, entity), element, states: [] };
  }

  /**
   * Draw the rooms whose states changed; all of them when the time of day matters.
   * @param {boolean} all
   */
  #update(all) {
    const hass = this.#hass;
    const texts = this.#texts;
    if (!hass || !texts) return;
    const now = new Date();
    for (const group of this.#groups) {
      const changed = group.rows.filter(
        (row) => all || !isSame(row.states, statesOf(hass, row.panel)),
      );
      for (const row of changed) {
        row.states = statesOf(hass, row.panel);
        row.element.show(describeRoom(hass, row.panel, texts, now));
      }
      if (!changed.length) continue;
      this.#updateGroup(group, texts);
      if (this.#config?.free_first) this.#sort(group, changed);
    }
    this.#updateAlerts(hass, texts, all, now);
  }

  /**
   * @param {Group} group
   * @param {Texts} texts
   */
  #updateGroup({ section, rows }, texts) {
    const shown = rows.flatMap(({ element }) => element.text ?? []);
    const { free, total, issues } = countRooms(shown);
    setText(section, ".count", texts("board.free_of", { free, total }));
    setText(section, ".issues span", texts("board.issues", { count: issues }));
    const badge = /** @type {HTMLElement} */ (section.querySelector(".issues"));
    badge.hidden = issues === 0;
  }

  /**
   * Bring the free rooms to the front; only rooms that changed are moved, and the focus stays on its room.
   * @param {Group} group
   * @param {Row[]} changed
   */
  #sort({ list, rows }, changed) {
    const items = freeFirst(rows.flatMap(({ element }) => element.text ?? [])).map(
      (index) => rows[index].element.item,
    );
    if (items.every((item, index) => item === list.children[index])) return;
    const focused = /** @type {HTMLElement | null} */ (this.shadowRoot?.activeElement ?? null);
    for (const { element } of changed) element.item.remove();
    /** @type {Element | null} */
    let next = null;
    for (const item of items.reverse()) {
      if (item.parentElement !== list || item.nextElementSibling !== next) {
        list.insertBefore(item, next);
      }
      next = item;
    }
    focused?.focus({ preventScroll: true });
  }

  /**
   * @param {Hass} hass
   * @param {Texts} texts
   * @param {boolean} all
   * @param {Date} now
   */
  #updateAlerts(hass, texts, all, now) {
    const states = this.#accounts.flatMap((account) => accountStates(hass, account));
    if (!all && isSame(states, this.#accountStates)) return;
    this.#accountStates = states;
    const alerts = describeAlerts(hass, this.#accounts, texts, now).map((text) => {
      const alert = document.createElement("div");
      alert.className = "alert";
      alert.innerHTML = `<ha-icon icon="mdi:cloud-alert" aria-hidden="true"></ha-icon><span></span>`;
      setText(alert, "span", text);
      return alert;
    });
    const region = this.shadowRoot?.querySelector(".alerts");
    if (region && region.textContent !== alerts.map(({ textContent }) => textContent).join("")) {
      region.replaceChildren(...alerts);
    }
  }
}

/**
 * Return the groups of a board with their rooms.
 * @param {BoardConfig} config
 * @param {Hass} hass
 */
function groupsOf({ groups, title, entities }, hass) {
  if (groups) return groups;
  return [{ title, entities: entities ?? findRooms(hass).map(({ entityId }) => entityId) }];
}

/**
 * Return how much larger than necessary a wall's panels may be, so that few rooms use the whole screen.
 * @param {number} rooms
 * @param {number} groups each but the first takes the place of some rooms
 */
function wallScale(rooms, groups) {
  const size = rooms + 3 * (groups - 1);
  return SCALES.find(([most]) => size <= most)?.[1] ?? 1;
}

/**
 * Open a room's view, unless a new tab or window is wanted.
 * @param {Event} event
 * @param {string} path
 */
function followLink(event, path) {
  if (!(event instanceof MouseEvent) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  openPath(path);
}

/**
 * @param {unknown[]} before
 * @param {unknown[]} after
 */
function isSame(before, after) {
  return before.length === after.length && before.every((item, index) => item === after[index]);
}

/**
 * @param {Element} parent
 * @param {string} selector
 * @param {string} text
 */
function setText(parent, selector, text) {
  const element = parent.querySelector(selector);
  if (element && element.textContent !== text) element.textContent = text;
}
