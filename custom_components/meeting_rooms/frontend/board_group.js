// @ts-check
/** A group of rooms on the board, such as a floor. */

import { countRooms, describeRoom, freeFirst, panelOf, statesOf } from "./board_model.js";
import { RoomPanel } from "./board_panel.js";
import { isSame, setText } from "./changes.js";

/** @import { Hass, Texts } from "./types.d.ts" */
/** @import { Panel } from "./board_model.js" */
/** @import { PanelKind } from "./board_panel.js" */

/**
 * @typedef {object} Row
 * @property {Panel} panel
 * @property {RoomPanel} element
 * @property {unknown[]} states
 */

const CONTENT = `
  <header>
    <h2></h2>
    <span class="count"></span>
    <span class="issues" hidden><ha-icon icon="mdi:alert" aria-hidden="true"></ha-icon><span></span></span>
  </header>
  <ul role="list"></ul>
`;

export class BoardGroup {
  /** @type {Row[]} */
  #rows;
  /** @type {HTMLElement} */
  #list;

  /**
   * @param {Hass} hass
   * @param {{ title?: string, entities: string[] }} group
   * @param {PanelKind} kind
   */
  constructor(hass, { title, entities }, kind) {
    this.section = document.createElement("section");
    this.section.className = "group";
    this.section.innerHTML = CONTENT;
    this.#list = this.#part("ul");
    this.#part("h2").textContent = title ?? "";
    this.#part("h2").hidden = !title;
    this.#part("header").hidden = !title && entities.length === 1;
    this.#rows = entities.map((entity) => ({
      panel: panelOf(hass, entity),
      element: new RoomPanel(hass, entity, kind),
      states: [],
    }));
    this.#list.append(...this.#rows.map(({ element }) => element.item));
  }

  /** The number of rooms. */
  get size() {
    return this.#rows.length;
  }

  /**
   * Draw the rooms whose states changed; all of them when the time of day matters.
   * @param {Hass} hass
   * @param {Texts} texts
   * @param {{ now: Date, all: boolean, isFreeFirst: boolean }} options
   */
  update(hass, texts, { now, all, isFreeFirst }) {
    const changed = this.#rows.filter(
      ({ panel, states }) => all || !isSame(states, statesOf(hass, panel)),
    );
    if (!changed.length) return;
    for (const row of changed) {
      row.states = statesOf(hass, row.panel);
      // Without a state, the user may not read the room.
      if (row.states[0]) row.element.show(describeRoom(hass, row.panel, texts, now));
      else row.element.hide();
    }
    this.section.hidden = !this.#known.length;
    this.#showCounts(texts);
    if (isFreeFirst) this.#sort(changed);
  }

  /** Return the rooms that the user may read. */
  get #known() {
    return this.#rows.filter(({ element }) => element.text);
  }

  /** Return what these rooms show. */
  get #shown() {
    return this.#known.flatMap(({ element }) => element.text ?? []);
  }

  /** @param {Texts} texts */
  #showCounts(texts) {
    const { free, total, issues } = countRooms(this.#shown);
    setText(this.section, ".count", texts("board.free_of", { free, total }));
    setText(this.section, ".issues span", texts("board.issues", { count: issues }));
    this.#part(".issues").hidden = issues === 0;
  }

  /**
   * Bring the free rooms to the front; only rooms that changed are moved, and the focus stays on its room.
   * @param {Row[]} changed
   */
  #sort(changed) {
    const known = this.#known;
    const hidden = this.#rows.filter((row) => !known.includes(row));
    const sorted = freeFirst(this.#shown).map((index) => known[index]);
    const items = [...sorted, ...hidden].map(({ element }) => element.item);
    if (items.every((item, index) => item === this.#list.children[index])) return;
    const root = /** @type {ShadowRoot} */ (this.section.getRootNode());
    const focused = /** @type {HTMLElement | null} */ (root.activeElement ?? null);
    for (const { element } of changed) element.item.remove();
    /** @type {Element | null} */
    let next = null;
    for (const item of items.reverse()) {
      if (item.parentElement !== this.#list || item.nextElementSibling !== next) {
        this.#list.insertBefore(item, next);
      }
      next = item;
    }
    focused?.focus({ preventScroll: true });
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.section.querySelector(selector));
  }
}
