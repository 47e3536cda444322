// @ts-check
/** One room on the timeline: a row of the table. */

import { formatMoment } from "./times.js";

/** @import { PanelText } from "./board_model.js" */
/** @import { Bar, RowLayout } from "./timeline_layout.js" */
/** @import { Hass, Room, Texts } from "./types.d.ts" */

const CONTENT = `
  <th role="rowheader" scope="row"><span class="name"></span> <span class="state"></span></th>
  <td role="cell"><ul role="list"></ul></td>
`;

/** The elements of one room. */
export class TimelineRow {
  /** The bar of the use that goes on. @type {HTMLElement | null} */
  #open = null;

  /**
   * @param {Room} room
   * @param {string | null} path of the room's view; null for a button
   */
  constructor(room, path) {
    this.room = room;
    this.element = document.createElement("tr");
    this.element.setAttribute("role", "row");
    this.element.innerHTML = CONTENT;
    this.link = document.createElement(path ? "a" : "button");
    this.link.className = "room";
    this.link.tabIndex = -1;
    this.link.setAttribute(path ? "href" : "type", path ?? "button");
    const header = this.#part("th");
    this.link.append(...header.childNodes);
    header.append(this.link);
  }

  /**
   * Show the present state of the room.
   * @param {PanelText} text
   */
  showState({ tone, name, state, until }) {
    this.element.dataset.tone = tone;
    this.#part(".name").textContent = name;
    this.#part(".state").textContent = [state, until].filter(Boolean).join(" ");
  }

  /**
   * Show the bookings and uses.
   * @param {RowLayout | null} layout null while it is loaded
   * @param {Hass} hass
   * @param {Texts} texts
   * @param {boolean} titles
   */
  showBars(layout, hass, texts, titles) {
    const cell = this.#part("td");
    cell.classList.toggle("unknown", layout?.unknown ?? false);
    const bars = layout ? [...layout.past, ...layout.bookings, ...layout.uses] : [];
    const items = bars.map((bar) => barItem(bar, hass, texts, titles));
    if (layout?.unknown) items.unshift(wordsItem(texts("timeline.unknown")));
    else if (layout && !layout.bookings.length) items.unshift(wordsItem(texts("timeline.free")));
    this.#part("ul").replaceChildren(...items);
    this.#open = this.element.querySelector(".open");
  }

  /**
   * Let the use that goes on end now.
   * @param {number} now as a fraction of the window
   */
  grow(now) {
    const start = Number(this.#open?.style.getPropertyValue("--at"));
    this.#open?.style.setProperty("--size", String(Math.max(now - start, 0)));
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.element.querySelector(selector));
  }
}

/**
 * Return an item that only screen readers see.
 * @param {string} words
 */
function wordsItem(words) {
  const item = document.createElement("li");
  item.className = "words";
  item.textContent = words;
  return item;
}

/**
 * @param {Bar} bar
 * @param {Hass} hass
 * @param {Texts} texts
 * @param {boolean} titles
 */
function barItem(bar, hass, texts, titles) {
  const item = document.createElement("li");
  item.className = "bar";
  item.dataset.kind = bar.kind;
  item.classList.toggle("open", bar.open);
  item.style.setProperty("--at", String(bar.position));
  item.style.setProperty("--size", String(bar.size));
  const title = titles ? bar.titles.join(", ") : "";
  const words = document.createElement("span");
  words.className = "words";
  words.textContent = item.title = barWords(bar, hass, texts, title);
  item.append(words);
  if (bar.kind === "booked" || bar.kind === "requested") {
    const label = document.createElement("span");
    label.className = "label";
    label.setAttribute("aria-hidden", "true");
    label.classList.toggle("times", !title);
    label.textContent = title || shortTimes(timesOf(bar, hass));
    item.append(label);
  }
  return item;
}

/**
 * @param {Bar} bar
 * @param {Hass} hass
 */
function timesOf({ start, end }, hass) {
  const [from, to] = [new Date(start), new Date(end ?? start)];
  return [formatMoment(hass, from, to), formatMoment(hass, to, from)];
}

/**
 * Return the times for a bar that may be narrow: what does not fit wraps, out of sight, at zero-width spaces.
 * @param {string[]} times
 */
function shortTimes(times) {
  const [start, end] = times.map((time) => time.replaceAll(/\s/g, "\u00a0"));
  return `\u200b${start}\u200b–\u2060${end}`;
}

/**
 * Return what a bar means, in words.
 * @param {Bar} bar
 * @param {Hass} hass
 * @param {Texts} texts
 * @param {string} title
 */
function barWords(bar, hass, texts, title) {
  const [start, end] = timesOf(bar, hass);
  const key = bar.open ? "since" : "span";
  const span = texts(`timeline.${bar.kind}_${key}`, { start, end });
  return title ? texts("timeline.titled", { span, title }) : span;
}
