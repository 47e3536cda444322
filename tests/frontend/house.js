// @ts-check
/** A house with rooms, as the frontend knows it. */

import en from "../../custom_components/meeting_rooms/translations/en.json";
import chinese from "../../custom_components/meeting_rooms/translations/zh-Hans.json";

/** @import { Hass } from "../../custom_components/meeting_rooms/frontend/types.d.ts" */

/** The texts of the integration. @type {Record<string, any>} */
export const TRANSLATIONS = { en, "zh-Hans": chinese };

/**
 * Return Home Assistant's `localize` for the texts of the integration.
 * @param {string} language
 * @returns {(key: string, values?: Record<string, string | number>) => string}
 */
export function localizer(language) {
  const texts = TRANSLATIONS[language];
  return (key, values = {}) => {
    const path = key.replace(/^component\.meeting_rooms\./, "").split(".");
    const text = path.reduce((node, part) => node?.[part], /** @type {any} */ (texts)) ?? "";
    return Object.entries(values).reduce(
      (result, [name, value]) => result.replaceAll(`{${name}}`, String(value)),
      text,
    );
  };
}

/**
 * Return a Home Assistant without rooms.
 * @param {Partial<Hass>} [changes]
 * @returns {Hass}
 */
export function emptyHass(changes = {}) {
  const language = changes.language ?? "en";
  const localize = localizer(language);
  return {
    states: {},
    entities: {},
    devices: {},
    areas: {},
    floors: {},
    config: { time_zone: "Asia/Shanghai" },
    locale: { language, time_format: "24", time_zone: "server" },
    language,
    user: { is_admin: true },
    connection: {
      subscribeMessage: async () => () => {},
      addEventListener: () => {},
      removeEventListener: () => {},
    },
    localize,
    callWS: async () => /** @type {any} */ ({}),
    loadBackendTranslation: async () => localize,
    formatEntityState: ({ state }) =>
      localize(`component.meeting_rooms.entity.sensor.availability.state.${state}`) || state,
    ...changes,
  };
}

/**
 * Add a room with its entities; `keys` are platform and translation key.
 * @param {Hass} hass
 * @param {string} id
 * @param {{ name?: string, area?: string | null, account?: string, keys?: string[], state?: string }} [room]
 * @returns {string} the availability entity
 */
export function addRoom(
  hass,
  id,
  { name = id, area = null, account = "account", keys = [], state = "free" } = {},
) {
  hass.devices[id] = { id, name, area_id: area, config_entries: [account] };
  const entities = ["sensor.availability", "sensor.until", ...keys].map((key) =>
    addEntity(hass, id, ...key.split(".")),
  );
  setState(hass, entities[0], state);
  setState(hass, entities[1], "unknown");
  return entities[0];
}

/**
 * Add an entity of the integration to a device.
 * @param {Hass} hass
 * @param {string} device
 * @param {string[]} key platform and translation key
 */
export function addEntity(hass, device, ...[platform, key]) {
  const entity_id = `${platform}.${device}_${key}`;
  hass.entities = {
    ...hass.entities,
    [entity_id]: { entity_id, device_id: device, platform: "meeting_rooms", translation_key: key },
  };
  return entity_id;
}

/**
 * Set the state of an entity, as a new object.
 * @param {Hass} hass
 * @param {string} entity_id
 * @param {string} state
 * @param {string} [changed]
 */
export function setState(hass, entity_id, state, changed = "2026-11-27T00:00:00+00:00") {
  hass.states = {
    ...hass.states,
    [entity_id]: { entity_id, state, attributes: {}, last_changed: changed, last_updated: changed },
  };
}

/**
 * Add an area, on a floor.
 * @param {Hass} hass
 * @param {string} area_id
 * @param {string} name
 * @param {string | null} [floor_id]
 */
export function addArea(hass, area_id, name, floor_id = null) {
  hass.areas[area_id] = { area_id, name, floor_id };
}

/**
 * Add a floor.
 * @param {Hass} hass
 * @param {string} floor_id
 * @param {string} name
 * @param {number | null} level
 */
export function addFloor(hass, floor_id, name, level) {
  hass.floors[floor_id] = { floor_id, name, level };
}
