// @ts-check
/** The options of the dashboard, with their checks. */

/** @import { GroupBy, RoomFilter, Texts } from "./types.d.ts" */

/** @typedef {"board" | "timeline" | "room" | "operations"} ViewName */

/**
 * @typedef {object} OwnOptions
 * @property {GroupBy} [group_by] default: floor
 * @property {boolean} [show_titles] default: false
 * @property {boolean} [free_first] default: false
 * @property {ViewName[]} [views] default: all
 * @property {boolean} [wall] only the board, which fills the screen
 */

/** @typedef {Omit<RoomFilter, "entities"> & OwnOptions} Options */

export const GROUPS = /** @type {const} */ (["floor", "area", "building"]);
export const VIEWS = /** @type {const} */ (["board", "timeline", "room", "operations"]);

/** @param {any} value */
const isBoolean = (value) => typeof value === "boolean";

/** @param {any} value */
const isList = (value) =>
  Array.isArray(value) && value.every((/** @type {any} */ item) => typeof item === "string");

/** @type {Record<keyof Options, (value: any) => boolean>} */
const CHECKS = {
  areas: isList,
  floors: isList,
  accounts: isList,
  group_by: (value) => GROUPS.includes(value),
  show_titles: isBoolean,
  free_first: isBoolean,
  views: (value) =>
    isList(value) && value.length > 0 && value.every((/** @type {any} */ v) => VIEWS.includes(v)),
  wall: isBoolean,
};

const NAMES = /** @type {(keyof Options)[]} */ (Object.keys(CHECKS));

/**
 * Return the options of a strategy's configuration without the rest of it.
 * @param {Record<string, unknown>} config
 * @returns {Options}
 */
export function optionsOf(config) {
  const names = NAMES.filter((name) => config[name] !== undefined && config[name] !== null);
  return Object.fromEntries(names.map((name) => [name, config[name]]));
}

/**
 * Return what is wrong with the options of a dashboard, in words.
 * @param {Record<string, unknown>} config
 * @param {Texts} texts
 */
export function faultsOf(config, texts) {
  return Object.entries(config).flatMap(([option, value]) => {
    if (option === "type") return [];
    if (!(option in CHECKS)) return [texts("strategy.unknown_option", { option })];
    if (value === undefined || value === null) return [];
    const isValid = CHECKS[/** @type {keyof Options} */ (option)](value);
    const text = JSON.stringify(value);
    return isValid ? [] : [texts("strategy.wrong_option", { option, value: text })];
  });
}
