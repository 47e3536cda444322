// @ts-check
/** The texts of the dashboard, from the translations of the integration. */

/** @import { Hass, Texts } from "./types.d.ts" */

/** @typedef {Hass["loadBackendTranslation"]} Load */

/**
 * The texts that each page loads, by language.
 * @type {WeakMap<Load, Map<string | undefined, ReturnType<Load>>>}
 */
const loaded = new WeakMap();

/**
 * Load the texts in the user's language.
 *
 * All elements share one request: Home Assistant answers a second one, made before the first has
 * finished, at once and without the texts.
 * @param {Pick<Hass, "loadBackendTranslation"> & { language?: string }} hass
 * @returns {Promise<Texts>}
 */
export async function loadTexts({ loadBackendTranslation: load, language }) {
  const languages = loaded.get(load) ?? new Map();
  loaded.set(load, languages);
  if (!languages.has(language)) {
    const request = load("config_panel", "meeting_rooms");
    languages.set(language, request);
    request.catch(() => languages.delete(language));
  }
  const localize = await languages.get(language);
  return (key, values) => localize(`component.meeting_rooms.config_panel.${key}`, values);
}
