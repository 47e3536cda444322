// @ts-check
/** The dashboard strategy `custom:meeting_rooms`: the list of views, from the registries alone. */

import { faultsOf, optionsOf, VIEWS } from "./options.js";
import { filterRooms, findRooms } from "./rooms.js";
import { loadTexts } from "./texts.js";

/** @import { Hass, Room, Texts } from "./types.d.ts" */
/** @import { Options, ViewName } from "./options.js" */

const TYPE = "custom:meeting_rooms";

/** @type {Partial<Record<ViewName, string>>} */
const ICONS = {
  board: "mdi:door-open",
  timeline: "mdi:chart-timeline",
  operations: "mdi:wrench-outline",
};

/**
 * Return the views of a dashboard.
 * @param {Record<string, unknown> & { type: string }} config
 * @param {Hass} hass
 * @param {Texts} texts
 */
export function buildDashboard(config, hass, texts) {
  const faults = faultsOf(config, texts);
  if (faults.length) return { views: [faultView(faults, texts)] };
  const options = optionsOf(config);
  const names = options.wall ? VIEWS.slice(0, 1) : (options.views ?? VIEWS);
  const rooms = filterRooms(findRooms(hass), options);
  const hasRooms = names.includes("room");
  const main = VIEWS.filter((name) => name !== "room" && names.includes(name));
  const views = main.map((name) => mainView(name, options, hasRooms, texts));
  return { views: [...views, ...(hasRooms ? rooms.map((room) => roomView(room, options)) : [])] };
}

/**
 * @param {ViewName} view
 * @param {Options} options
 * @param {boolean} subviews
 * @param {Texts} texts
 */
function mainView(view, options, subviews, texts) {
  return {
    title: texts(`strategy.view_${view}`),
    path: view,
    icon: ICONS[view],
    strategy: { ...options, type: TYPE, view, subviews },
  };
}

/**
 * @param {Room} room
 * @param {Options} options
 */
function roomView({ deviceId, name }, { show_titles = false }) {
  return {
    title: name,
    path: `room-${deviceId}`,
    subview: true,
    strategy: { type: TYPE, view: "room", device_id: deviceId, show_titles },
  };
}

/**
 * @param {string[]} faults
 * @param {Texts} texts
 */
function faultView(faults, texts) {
  const content = [texts("strategy.faults"), ...faults.map((fault) => `- ${fault}`)].join("\n");
  return { title: texts("strategy.name"), cards: [{ type: "markdown", content }] };
}

export class DashboardStrategy extends HTMLElement {
  static registryDependencies = ["entities", "devices", "areas", "floors"];

  /** @param {Hass} hass */
  static getCreateSuggestions(hass) {
    const title = hass.localize("component.meeting_rooms.config_panel.strategy.name");
    return { title, icon: "mdi:door-open" };
  }

  static getConfigElement() {
    return document.createElement("meeting-rooms-strategy-editor");
  }

  /**
   * @param {Record<string, unknown> & { type: string }} config
   * @param {Hass} hass
   */
  static async generate(config, hass) {
    return buildDashboard(config, hass, await loadTexts(hass));
  }
}
