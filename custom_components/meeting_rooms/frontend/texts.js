// @ts-check
/** The texts of the dashboard, from the translations of the integration. */

/** @import { Hass, Texts } from "./types.d.ts" */

/**
 * Load the texts in the user's language; Home Assistant keeps them after the first time.
 * @param {Pick<Hass, "loadBackendTranslation">} hass
 * @returns {Promise<Texts>}
 */
export async function loadTexts(hass) {
  const localize = await hass.loadBackendTranslation("config_panel", "meeting_rooms");
  return (key, values) => localize(`component.meeting_rooms.config_panel.${key}`, values);
}
