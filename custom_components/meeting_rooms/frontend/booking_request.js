// @ts-check
/** Book and release a room by the actions of the integration, and say in words what became of it. */

/** @import { Hass, Texts } from "./types.d.ts" */

/** @typedef {{ booking_id: string, start: string, end: string }} Booked */

/**
 * An error of Home Assistant's connection.
 * @typedef {object} Fault
 * @property {string | number} [code] a number for an error of the connection itself
 * @property {string} [message]
 * @property {string} [translation_domain]
 * @property {string} [translation_key]
 * @property {Record<string, string>} [translation_placeholders]
 */

/**
 * Book a room from now on.
 * @param {Pick<Hass, "callWS">} hass
 * @param {string} deviceId
 * @param {number} minutes
 * @returns {Promise<Booked>}
 */
export function bookRoom(hass, deviceId, minutes) {
  return act(hass, "book_room", { device_id: deviceId, duration: { minutes } });
}

/**
 * Release a room from a booking: by its ID, because another one may have begun meanwhile.
 * @param {Pick<Hass, "callWS">} hass
 * @param {string} deviceId
 * @param {string} bookingId
 * @returns {Promise<{ start: string, end: string }>}
 */
export function releaseRoom(hass, deviceId, bookingId) {
  return act(hass, "release_room", { device_id: deviceId, booking_id: bookingId });
}

/**
 * Call an action. Home Assistant's own `callService` reports a lost connection as a success.
 * @param {Pick<Hass, "callWS">} hass
 * @param {string} service
 * @param {object} values
 */
async function act(hass, service, values) {
  /** @type {{ response: any }} */
  const { response } = await hass.callWS({
    type: "call_service",
    domain: "meeting_rooms",
    service,
    service_data: values,
    return_response: true,
  });
  return response;
}

/**
 * Return an error in the user's language.
 * @param {Pick<Hass, "loadBackendTranslation">} hass
 * @param {Texts} texts
 * @param {any} error what `callWS` was rejected with
 * @returns {Promise<string>}
 */
export async function describeFault(hass, texts, error) {
  /** @type {Fault} */
  const fault = error?.error ?? error ?? {};
  if (typeof fault.code !== "string") return texts("booking.connection_lost");
  if (fault.code === "unauthorized") return texts("booking.no_permission");
  return (await translate(hass, fault)) || fault.message || texts("booking.failed");
}

/**
 * Return the translation of an error, or nothing.
 * @param {Pick<Hass, "loadBackendTranslation">} hass
 * @param {Fault} fault
 */
async function translate(hass, fault) {
  const { translation_domain: domain, translation_key: key } = fault;
  if (!domain || !key) return "";
  try {
    const localize = await hass.loadBackendTranslation("exceptions", domain);
    const path = `component.${domain}.exceptions.${key}.message`;
    return localize(path, fault.translation_placeholders);
  } catch {
    return "";
  }
}
