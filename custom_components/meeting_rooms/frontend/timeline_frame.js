// @ts-check
/** The frame of the timeline: its texts, the hours, and the line of the present moment. */

import { ticksOf } from "./timeline_layout.js";
import { formatDate, formatHour, timeZoneOf } from "./times.js";

/** @import { Hass, Texts } from "./types.d.ts" */
/** @import { TimelineConfig } from "./timeline_config.js" */
/** @import { Window } from "./timeline_layout.js" */

const HOUR = 3_600_000;
const LEGEND = ["free", "booked", "requested", "used", "unbooked", "unknown"];

export const CONTENT = `
  <h2></h2>
  <p class="message" role="status"></p>
  <div class="scroller"><div class="canvas">
    <div class="grid" aria-hidden="true"></div>
    <table role="table">
      <caption class="words"></caption>
      <thead role="rowgroup"><tr role="row">
        <th role="columnheader" scope="col"><span class="words"></span></th>
        <th role="columnheader" scope="col"><span class="words"></span><span class="ticks" aria-hidden="true"></span><i class="dot"></i></th>
      </tr></thead>
      <tbody role="rowgroup"></tbody>
    </table>
    <div class="now" aria-hidden="true"><i></i></div>
  </div></div>
  <ul class="legend" aria-hidden="true"></ul>
`;

/**
 * Draw the texts that do not depend on rooms and time.
 * @param {ShadowRoot} root
 * @param {TimelineConfig} config
 * @param {Texts} texts
 * @param {number} count of the rooms
 */
export function drawTexts(root, { title }, texts, count) {
  const heading = part(root, "h2");
  heading.textContent = title ?? "";
  heading.hidden = !title;
  part(root, "caption").textContent = texts("timeline.caption", { count });
  part(root, "th:first-child .words").textContent = texts("timeline.room");
  part(root, "th:last-child .words").textContent = texts("timeline.bars");
  const items = LEGEND.map((kind) => {
    const item = document.createElement("li");
    item.dataset.kind = kind;
    item.textContent = texts(`timeline.${kind}`);
    return item;
  });
  part(root, ".legend").replaceChildren(...items);
}

/**
 * Draw the hours of a window.
 * @param {ShadowRoot} root
 * @param {Window} shown
 * @param {Hass} hass
 */
export function drawHours(root, shown, hass) {
  const ticks = ticksOf(shown, timeZoneOf(hass));
  const labels = ticks.map(({ at, position, midnight }) => {
    const label = document.createElement("span");
    label.className = "tick";
    const date = new Date(at);
    label.textContent = midnight ? formatDate(hass, date) : formatHour(hass, date);
    return placed(label, position);
  });
  const lines = ticks.map(({ position }) => placed(document.createElement("i"), position));
  part(root, ".ticks").replaceChildren(...labels);
  part(root, ".grid").replaceChildren(...lines);
  const hours = (shown.end - shown.start) / HOUR;
  part(root, ".canvas").style.setProperty("--hours", String(hours));
}

/**
 * Draw the line of the present moment.
 * @param {ShadowRoot} root
 * @param {number} now as a fraction of the window
 */
export function drawNow(root, now) {
  for (const selector of [".now i", ".dot"]) placed(part(root, selector), now);
}

/**
 * @param {HTMLElement} element
 * @param {number} position
 */
function placed(element, position) {
  element.style.setProperty("--at", String(position));
  return element;
}

/**
 * @param {ShadowRoot} root
 * @param {string} selector
 */
function part(root, selector) {
  return /** @type {HTMLElement} */ (root.querySelector(selector));
}
