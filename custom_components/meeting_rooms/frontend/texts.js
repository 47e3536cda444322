// @ts-check
/** The texts of the dashboard, from the translations of the integration. */

/** @import { Hass, Texts } from "./types.d.ts" */

/** @typedef {Hass["loadBackendTranslation"]} Load */

/** How long after a failure to load them again: the connection may be lost. */
const RETRY = 5_000;

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
    languages.set(language, loadPersistently(load));
  }
  const localize = await languages.get(language);
  return (key, values) => localize(`component.meeting_rooms.config_panel.${key}`, values);
}

/**
 * Load the texts, again and again until they are there.
 * @param {Load} load
 * @returns {ReturnType<Load>}
 */
async function loadPersistently(load) {
  for (;;) {
    try {
      return await load("config_panel", "meeting_rooms");
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, RETRY);
      });
    }
  }
}
