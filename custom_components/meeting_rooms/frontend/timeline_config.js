// @ts-check
/** The options of the timeline card, their form, and what the card picker suggests. */

import { accountOf, entitiesOf, findAccounts, findRooms } from "./rooms.js";

/** @import { Hass, RoomFilter, Texts } from "./types.d.ts" */

/**
 * @typedef {object} TimelineOptions
 * @property {string} type
 * @property {string} [title]
 * @property {number} [hours] how many hours to show, 2 to 24
 * @property {"now" | "day"} [start] from now on, or the working day
 * @property {boolean} [hide_busy] show only the rooms that are free
 * @property {boolean} [show_titles]
 * @property {boolean} [subviews] a room opens its view of this dashboard instead of its dialog
 */

/** @typedef {TimelineOptions & RoomFilter} TimelineConfig */

/** @typedef {{ name: string, default?: unknown, selector: object }} Field */

export const HOURS = 8;
const LEAST_HOURS = 2;
const MOST_HOURS = 24;
const LISTS = ["areas", "floors", "accounts", "entities"];
const FLAGS = ["hide_busy", "show_titles", "subviews"];

/**
 * Throw an error that names a wrong option.
 * @param {any} config
 */
export function checkConfig(config) {
  const { hours = HOURS, start = "now" } = config;
  demand(isHours(hours), `hours must be a number from ${LEAST_HOURS} to ${MOST_HOURS}`);
  demand(["now", "day"].includes(start), 'start must be "now" or "day"');
  for (const key of LISTS) demand(isList(config[key] ?? []), `${key} must be a list of IDs`);
  for (const key of FLAGS) demand(isFlag(config[key] ?? false), `${key} must be true or false`);
}

/**
 * @param {boolean} valid
 * @param {string} message
 */
function demand(valid, message) {
  if (!valid) throw new Error(message);
}

/** @param {unknown} value */
function isHours(value) {
  return typeof value === "number" && value >= LEAST_HOURS && value <= MOST_HOURS;
}

/** @param {unknown} value */
function isFlag(value) {
  return typeof value === "boolean";
}

/** @param {unknown} value */
function isList(value) {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/**
 * Return the form of the options.
 * @param {Hass} hass
 * @param {Texts} texts
 */
export function configForm(hass, texts) {
  /** @param {{ name: string }} field */
  const computeLabel = ({ name }) => texts(`timeline.${name}`);
  /** @param {{ name: string }} field */
  const computeHelper = ({ name }) => texts(`timeline.${name}_help`) || undefined;
  return { schema: schema(hass, texts), computeLabel, computeHelper, assertConfig: checkConfig };
}

/**
 * @param {Hass} hass
 * @param {Texts} texts
 * @returns {Field[]}
 */
function schema(hass, texts) {
  const hours = { min: LEAST_HOURS, max: MOST_HOURS, step: 1, mode: "slider" };
  const starts = ["now", "day"].map((value) => ({
    value,
    label: texts(`timeline.start_${value}`),
  }));
  const accounts = findAccounts(hass).map((device) => ({
    value: accountOf(device) ?? "",
    label: device.name_by_user ?? device.name ?? "",
  }));
  const ours = [{ integration: "meeting_rooms" }];
  const entities = findRooms(hass).map(({ entityId }) => entityId);
  return [
    { name: "title", selector: { text: {} } },
    { name: "hours", default: HOURS, selector: { number: hours } },
    { name: "start", default: "now", selector: { select: { mode: "list", options: starts } } },
    { name: "floors", selector: { floor: { multiple: true, entity: ours } } },
    { name: "areas", selector: { area: { multiple: true, entity: ours } } },
    { name: "accounts", selector: { select: { multiple: true, options: accounts } } },
    { name: "entities", selector: { entity: { multiple: true, include_entities: entities } } },
    { name: "hide_busy", default: false, selector: { boolean: {} } },
    { name: "show_titles", default: true, selector: { boolean: {} } },
  ];
}

/**
 * Return the card that shows the room or account of an entity, for the card picker.
 * @param {Hass} hass
 * @param {string} entityId
 */
export function suggestTimeline(hass, entityId) {
  const entity = hass.entities[entityId];
  const device = hass.devices[entity?.device_id ?? ""];
  if (entity?.platform !== "meeting_rooms" || !device) return null;
  const { availability, rooms_free: free } = entitiesOf(hass, device.id);
  const type = "custom:meeting-rooms-timeline";
  if (availability) return { config: { type, entities: [availability] } };
  const account = accountOf(device);
  return free && account ? { config: { type, accounts: [account] } } : null;
}
