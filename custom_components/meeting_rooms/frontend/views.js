// @ts-check
/** The view strategy `custom:meeting_rooms`: one view, built when it is opened. */

import { boardView } from "./view_board.js";
import { operationsView } from "./view_operations.js";
import { roomView } from "./view_room.js";
import { timelineView } from "./view_timeline.js";
import { filterRooms, findRooms, groupRooms, loadPlaces } from "./rooms.js";
import { loadTexts } from "./texts.js";

/** @import { Hass, Place, Room, RoomGroup, Texts } from "./types.d.ts" */
/** @import { Options, ViewName } from "./options.js" */

/**
 * What a view is built from.
 * @typedef {object} ViewContext
 * @property {Hass} hass
 * @property {Texts} texts
 * @property {Room[]} rooms
 * @property {RoomGroup[]} groups
 */

/** @typedef {Options & { type: string, view: ViewName, device_id?: string, subviews?: boolean }} ViewConfig */

/** @type {Record<ViewName, (config: ViewConfig, context: ViewContext) => object>} */
const BUILDERS = {
  board: boardView,
  timeline: timelineView,
  room: roomView,
  operations: operationsView,
};

/**
 * Return a view.
 * @param {ViewConfig} config
 * @param {Hass} hass
 * @param {Texts} texts
 * @param {Record<string, Place | undefined>} places
 */
export function buildView(config, hass, texts, places) {
  const rooms = filterRooms(findRooms(hass), config);
  if (!rooms.length) return messageView(texts("strategy.no_rooms"));
  const groups = nameGroups(groupRooms(hass, rooms, config.group_by ?? "floor", places), texts);
  return BUILDERS[config.view](config, { hass, texts, rooms, groups });
}

/**
 * Name the rooms whose place is not known.
 * @param {RoomGroup[]} groups
 * @param {Texts} texts
 */
function nameGroups(groups, texts) {
  const unnamed = texts(groups.length === 1 ? "board.rooms" : "board.other_rooms");
  return groups.map((group) => ({ ...group, name: group.name || unnamed }));
}

/** @param {string} content */
function messageView(content) {
  return { cards: [{ type: "markdown", content }] };
}

export class ViewStrategy extends HTMLElement {
  static registryDependencies = ["entities", "devices", "areas", "floors"];

  /**
   * @param {ViewConfig} config
   * @param {Hass} hass
   */
  static async generate(config, hass) {
    const [texts, places] = await Promise.all([loadTexts(hass), loadPlaces(hass)]);
    return buildView(config, hass, texts, places);
  }
}
