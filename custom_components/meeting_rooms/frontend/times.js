// @ts-check
/** Format times as the user's profile says: language, 12 or 24 hours, and time zone. */

/** @import { Hass } from "./types.d.ts" */

/** @typedef {Pick<Hass, "locale" | "config">} Settings */

/** @type {Map<string, Intl.DateTimeFormat>} */
const FORMATS = new Map();

/**
 * Return the time zone of the user; undefined is that of the browser.
 * @param {Settings} hass
 */
export function timeZoneOf({ locale, config }) {
  return locale.time_zone === "server" ? config.time_zone : undefined;
}

/**
 * Return a time of day, such as 14:30 or 2:30 PM.
 * @param {Settings} hass
 * @param {Date} date
 */
export function formatTime(hass, date) {
  const { language, time_format: format } = hass.locale;
  const minute = /** @type {const} */ ("2-digit");
  if (format === "24") {
    return formatter(hass, language, { hour: "2-digit", minute, hourCycle: "h23" }).format(date);
  }
  const system = format === "system" ? undefined : language;
  const hour12 = format === "12" ? true : undefined;
  return formatter(hass, system, { hour: "numeric", minute, hour12 }).format(date);
}

/**
 * Return a full hour, such as 14:00 or 2 PM.
 * @param {Settings} hass
 * @param {Date} date
 */
export function formatHour(hass, date) {
  const { language, time_format: format } = hass.locale;
  if (format === "24") return formatTime(hass, date);
  const system = format === "system" ? undefined : language;
  const hour12 = format === "12" ? true : undefined;
  const hours = formatter(hass, system, { hour: "numeric", hour12 });
  return hours.resolvedOptions().hour12 ? hours.format(date) : formatTime(hass, date);
}

/**
 * Return a date without its year, such as Nov 28.
 * @param {Settings} hass
 * @param {Date} date
 */
export function formatDate(hass, date) {
  return formatter(hass, hass.locale.language, { month: "short", day: "numeric" }).format(date);
}

/**
 * Return a time of day, with the date if it is not of the same day as another one.
 * @param {Settings} hass
 * @param {Date} date
 * @param {Date} now
 */
export function formatMoment(hass, date, now) {
  const time = formatTime(hass, date);
  return daysBetween(hass, date, now) === 0 ? time : `${formatDate(hass, date)} ${time}`;
}

/**
 * Return how many days after another a date is, in the user's time zone.
 * @param {Settings} hass
 * @param {Date} date
 * @param {Date} other
 */
export function daysBetween(hass, date, other) {
  return dayOf(hass, date) - dayOf(hass, other);
}

/**
 * Return the number of a date's day.
 * @param {Settings} hass
 * @param {Date} date
 */
function dayOf(hass, date) {
  const options = /** @type {const} */ ({ year: "numeric", month: "2-digit", day: "2-digit" });
  return Date.parse(`${formatter(hass, "sv", options).format(date)}T00:00:00Z`) / 86_400_000;
}

/**
 * @param {Settings} hass
 * @param {string | undefined} language
 * @param {Intl.DateTimeFormatOptions} options
 */
function formatter(hass, language, options) {
  const timeZone = timeZoneOf(hass);
  const key = JSON.stringify([language, timeZone, options]);
  let format = FORMATS.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(language, { ...options, timeZone });
    FORMATS.set(key, format);
  }
  return format;
}
