// @ts-check
/** Define the elements of the dashboard, and offer the dashboard and the cards in Home Assistant's pickers. */

import { currentHass } from "./application.js";
import { BoardCard } from "./board_card.js";
import { BookingCard } from "./booking_card.js";
import { DashboardStrategy } from "./strategy.js";
import { StrategyEditor } from "./strategy_editor.js";
import { loadTexts } from "./texts.js";
import { TimelineCard } from "./timeline_card.js";
import { suggestTimeline } from "./timeline_config.js";
import { ViewStrategy } from "./views.js";

/** @type {Record<string, CustomElementConstructor>} */
export const ELEMENTS = {
  "ll-strategy-dashboard-meeting_rooms": DashboardStrategy,
  "ll-strategy-view-meeting_rooms": ViewStrategy,
  "meeting-rooms-board": BoardCard,
  "meeting-rooms-booking": BookingCard,
  "meeting-rooms-strategy-editor": StrategyEditor,
  "meeting-rooms-timeline": TimelineCard,
};

for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}

/**
 * Return name and description from a group of the texts. Home Assistant reads them when it shows a picker, in the
 * language that the user has then.
 * @param {string} group
 */
function described(group) {
  const path = `component.meeting_rooms.config_panel.${group}`;
  return {
    get name() {
      return currentHass()?.localize(`${path}.name`) ?? "";
    },
    get description() {
      return currentHass()?.localize(`${path}.description`) ?? "";
    },
  };
}

/**
 * Offer a card or strategy.
 * @template {object} Offer
 * @param {Offer} offer
 * @param {string} group its texts
 * @returns {Offer & { name: string, description: string }}
 */
function offer(offer, group) {
  const getters = Object.getOwnPropertyDescriptors(described(group));
  return /** @type {any} */ (Object.defineProperties(offer, getters));
}

(window.customStrategies ??= []).push(
  offer({ type: "meeting_rooms", strategyType: /** @type {const} */ ("dashboard") }, "strategy"),
);
(window.customCards ??= []).push(
  offer({ type: "meeting-rooms-board", preview: true }, "board"),
  offer(
    { type: "meeting-rooms-timeline", preview: true, getEntitySuggestion: suggestTimeline },
    "timeline",
  ),
);

/** Load the texts of the pickers as soon as Home Assistant is connected. */
async function loadPickerTexts() {
  let hass = currentHass();
  while (!hass) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    hass = currentHass();
  }
  await loadTexts(hass);
}
loadPickerTexts();
