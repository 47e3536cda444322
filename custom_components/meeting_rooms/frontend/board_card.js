// @ts-check
/** The card `meeting-rooms-board`: which rooms are free, readable from a distance. */

import { BoardGroup } from "./board_group.js";
import { accountStates, accountsOf, describeAlerts, panelOf } from "./board_model.js";
import { STYLE } from "./board_style.js";
import { Card } from "./card.js";
import { isSame, setText } from "./changes.js";
import { findRooms } from "./rooms.js";
import { rowsOf, wallLayout } from "./wall_layout.js";

/** @import { Device, Hass, Localize, Texts } from "./types.d.ts" */

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

const MINUTE = 60_000;
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
  const valid = lists.every(
    (list) =>
      Array.isArray(list) &&
      list.every((/** @type {unknown} */ entity) => typeof entity === "string"),
  );
  return valid ? "" : "entities must be a list of availability entities";
}

export class BoardCard extends Card {
  /** @type {BoardConfig | undefined} */
  #config;
  /** @type {BoardGroup[]} */
  #groups = [];
  /** @type {Device[]} */
  #accounts = [];
  /** @type {unknown[]} */
  #accountStates = [];
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  /** What the elements were built for. */
  #shape = "";

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

  /**
   * @override
   * @param {Hass} hass
   * @param {Hass | undefined} before
   */
  onHass(hass, before) {
    if (STRUCTURE.some((key) => before?.[key] !== hass[key])) this.#build();
    else this.#update(before?.formatEntityState !== hass.formatEntityState);
  }

  connectedCallback() {
    this.#cover();
    window.addEventListener("resize", this.#fitWall);
    this.#timer = setInterval(() => this.#update(true), MINUTE);
    this.#update(true);
  }

  disconnectedCallback() {
    window.removeEventListener("resize", this.#fitWall);
    clearInterval(this.#timer);
  }

  getCardSize() {
    const rooms = this.shadowRoot?.querySelectorAll(".room").length ?? 0;
    return 2 + Math.ceil(rooms / 2);
  }

  getGridOptions() {
    return { columns: "full", rows: "auto" };
  }

  /** @override */
  onTexts() {
    this.#shape = "";
    this.#build();
  }

  /**
   * Build all elements, after the configuration, the registries or the language changed. A registry changes often while
   * Home Assistant starts, mostly without a change of what the board consists of: then its elements remain.
   */
  #build() {
    if (!this.hass || !this.#config || !this.texts) return;
    const groups = groupsOf(this.#config, this.hass);
    const hass = this.hass;
    const kind = this.#isWall() ? "text" : this.#config.subviews ? "link" : "button";
    const entities = groups.flatMap((group) => group.entities);
    this.#accounts = this.#config.alerts ? accountsOf(hass, entities) : [];
    const shape = JSON.stringify([kind, this.#config, partsOf(hass, entities)]);
    if (shape === this.#shape) {
      this.#update(true);
      return;
    }
    this.#shape = shape;
    this.#groups = groups.map((group) => new BoardGroup(hass, group, kind));
    const style = document.createElement("style");
    style.textContent = STYLE;
    this.shadowRoot?.replaceChildren(style, this.#buildBoard());
    this.#fitWall();
    this.#cover();
    this.#update(true);
  }

  #buildBoard() {
    const board = document.createElement("div");
    board.className = "board";
    board.innerHTML = `<div class="alerts" role="status"></div><div class="groups"></div>`;
    board.lastElementChild?.append(...this.#groups.map(({ section }) => section));
    if (this.#isWall()) {
      board.classList.add("wall");
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
    leave.textContent = this.texts?.("board.leave") ?? "";
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

  /** Choose the size of a wall's panels for the screen. */
  #fitWall = () => {
    const wall = /** @type {HTMLElement | null} */ (
      this.shadowRoot?.querySelector(".wall") ?? null
    );
    if (!wall) return;
    const alerts = /** @type {HTMLElement} */ (wall.querySelector(".alerts"));
    const sizes = this.#groups.map(({ size }) => size);
    const height = window.innerHeight - alerts.offsetHeight;
    const layout = wallLayout(sizes, window.innerWidth, height);
    wall.style.setProperty("--columns", String(layout.columns));
    wall.style.setProperty("--scale", String(layout.scale));
    wall.style.setProperty("--height", `${layout.height}px`);
    for (const { section, size } of this.#groups) {
      section.style.flexGrow = String(rowsOf(size, layout));
    }
  };

  /** Put a wall on top of the page. */
  #cover() {
    const wall = /** @type {HTMLElement | null} */ (
      this.shadowRoot?.querySelector(".wall") ?? null
    );
    if (this.isConnected) wall?.showPopover?.();
  }

  /**
   * Draw what changed; everything when the time of day matters.
   * @param {boolean} all
   */
  #update(all) {
    const hass = this.hass;
    const texts = this.texts;
    if (!hass || !texts) return;
    const now = new Date();
    const isFreeFirst = Boolean(this.#config?.free_first);
    for (const group of this.#groups) group.update(hass, texts, { now, all, isFreeFirst });
    this.#updateAlerts(hass, texts, all, now);
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
      this.#fitWall();
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
  const all = () => findRooms(hass).map(({ entityId }) => entityId);
  return [{ title, entities: entities?.length ? entities : all() }];
}

/**
 * Return the entities and the devices that the rooms of a board show.
 * @param {Hass} hass
 * @param {string[]} entities
 */
function partsOf(hass, entities) {
  return entities.map((entity) => [panelOf(hass, entity), hass.entities[entity]?.device_id]);
}
