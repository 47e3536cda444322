// @ts-check
/** What the board shows of each room and account, from the states. */

import { accountOf, entitiesOf, findAccounts } from "./rooms.js";
import { daysBetween, formatMoment, formatTime } from "./times.js";

/** @import { Device, EntityState, Hass, Texts } from "./types.d.ts" */

/**
 * How prominent a room is: free rooms most, unavailable ones least.
 * @typedef {"free" | "soon" | "busy" | "notice" | "off"} Tone
 */

/**
 * The entities of a room that its panel shows.
 * @typedef {object} Panel
 * @property {string} availability
 * @property {string} [until]
 * @property {string} [bookings]
 * @property {string} [problem]
 * @property {string} [notReady]
 */

/**
 * @typedef {object} PanelText
 * @property {Tone} tone
 * @property {string} icon
 * @property {string} name
 * @property {string} state
 * @property {string} until empty where it is not known or not useful
 * @property {string} issue empty without an issue
 * @property {string} label all of it in words
 */

/** @type {Record<string, { tone: Tone, icon: string, until?: "until" | "free_until" | "at" }>} */
const STATES = {
  free: { tone: "free", icon: "mdi:door-open", until: "until" },
  starting_soon: { tone: "soon", icon: "mdi:clock-alert-outline", until: "at" },
  ended_early: { tone: "soon", icon: "mdi:account-arrow-right", until: "free_until" },
  booked: { tone: "busy", icon: "mdi:calendar-clock", until: "until" },
  in_use: { tone: "busy", icon: "mdi:account-group", until: "until" },
  running_over: { tone: "busy", icon: "mdi:timer-alert-outline" },
  no_show: { tone: "notice", icon: "mdi:account-question", until: "until" },
  unbooked_use: { tone: "notice", icon: "mdi:account-alert" },
  offline: { tone: "off", icon: "mdi:lan-disconnect" },
};

/** Every other state: an error never looks free. */
const UNKNOWN = /** @type {const} */ ({ tone: "off", icon: "mdi:help-circle-outline" });

/** The order with the free rooms first. @type {Tone[]} */
const TONES = ["free", "soon", "notice", "busy", "off"];

const MINUTE = 60_000;
/** The status of each room is updated at least every five minutes … */
const LATE = 5 * MINUTE;
/** … and the sensor that says so, too. */
const SENSOR_LATE = 10 * MINUTE;

/**
 * Return the entities of a room's panel.
 * @param {Pick<Hass, "entities">} hass
 * @param {string} availability
 * @returns {Panel}
 */
export function panelOf(hass, availability) {
  const deviceId = hass.entities[availability]?.device_id;
  const keys = deviceId ? entitiesOf(hass, deviceId) : {};
  const { until, bookings, problem, not_ready: notReady } = keys;
  return { availability, until, bookings, problem, notReady };
}

/**
 * Return the states that a panel shows; it must be drawn again when one is another object.
 * @param {Pick<Hass, "states">} hass
 * @param {Panel} panel
 */
export function statesOf({ states }, { availability, until, bookings, problem, notReady }) {
  return [availability, until, bookings, problem, notReady].map((id) =>
    id ? states[id] : undefined,
  );
}

/**
 * Describe a room.
 * @param {Hass} hass
 * @param {Panel} panel
 * @param {Texts} texts
 * @param {Date} now
 * @returns {PanelText}
 */
export function describeRoom(hass, panel, texts, now) {
  const [availability, until, bookings, problem, notReady] = statesOf(hass, panel);
  const kind = STATES[availability?.state ?? ""] ?? UNKNOWN;
  const name = nameOf(hass, panel.availability);
  const state = availability
    ? hass.formatEntityState(availability)
    : hass.localize("state.default.unavailable");
  const time = timeText(hass, { availability, until, bookings }, texts, now);
  const issue = [notReady, problem].find((entity) => entity?.state === "on");
  const words = issue ? hass.formatEntityState(issue) : "";
  const label = [name, [state, time].filter(Boolean).join(" "), words].filter(Boolean).join(", ");
  return { tone: kind.tone, icon: kind.icon, name, state, until: time, issue: words, label };
}

/**
 * Return what the time of a state means, if it has one.
 * @param {EntityState | undefined} availability
 */
function untilOf(availability) {
  return STATES[availability?.state ?? ""]?.until;
}

/**
 * Return the time at which the state changes, in words.
 * @param {Hass} hass
 * @param {Record<"availability" | "until" | "bookings", EntityState | undefined>} states
 * @param {Texts} texts
 * @param {Date} now
 */
function timeText(hass, { availability, until, bookings }, texts, now) {
  const key = untilOf(availability);
  if (!key || !until) return "";
  if (bookings?.state === "unavailable") return texts("board.bookings_unknown");
  const date = new Date(until.state);
  if (!Number.isNaN(date.getTime())) return untilText(hass, key, date, texts, now);
  // There is no booking until the end of tomorrow.
  const isAllDay = availability?.state === "free" && until.state === "unknown";
  return isAllDay ? texts("board.all_day") : "";
}

/**
 * @param {Hass} hass
 * @param {string} entityId
 */
function nameOf(hass, entityId) {
  const device = hass.devices[hass.entities[entityId]?.device_id ?? ""];
  return device?.name_by_user ?? device?.name ?? entityId;
}

/**
 * Return until or at what time the state changes.
 * @param {Hass} hass
 * @param {"until" | "free_until" | "at"} key
 * @param {Date} date
 * @param {Texts} texts
 * @param {Date} now
 */
function untilText(hass, key, date, texts, now) {
  if (daysBetween(hass, date, now) === 1) {
    return texts(`board.${key}_tomorrow`, { time: formatTime(hass, date) });
  }
  return texts(`board.${key}`, { time: formatMoment(hass, date, now) });
}

/**
 * Count the rooms of a group.
 * @param {PanelText[]} rooms
 */
export function countRooms(rooms) {
  return {
    total: rooms.length,
    free: rooms.filter(({ tone }) => tone === "free").length,
    issues: rooms.filter(({ issue }) => issue).length,
  };
}

/**
 * Return the positions of the rooms with the free ones first, otherwise in their order.
 * @param {PanelText[]} rooms
 */
export function freeFirst(rooms) {
  const rank = rooms.map(({ tone }) => TONES.indexOf(tone));
  return rooms.map((_, index) => index).sort((a, b) => rank[a] - rank[b] || a - b);
}

/**
 * Return the accounts of the rooms.
 * @param {Pick<Hass, "entities" | "devices">} hass
 * @param {string[]} availabilities
 * @returns {Device[]}
 */
export function accountsOf(hass, availabilities) {
  const ids = new Set(
    availabilities
      .map((id) => hass.devices[hass.entities[id]?.device_id ?? ""])
      .map((device) => device && accountOf(device)),
  );
  return findAccounts(hass).filter((account) => ids.has(accountOf(account)));
}

/**
 * Return the states of an account that say how old its data are.
 * @param {Pick<Hass, "entities" | "states">} hass
 * @param {Device} account
 */
export function accountStates(hass, account) {
  const { rooms_free: free, oldest_reading: oldest } = entitiesOf(hass, account.id);
  return [free, oldest].map((id) => (id ? hass.states[id] : undefined));
}

/**
 * Return an alert for each account that is unavailable or whose data are old.
 * @param {Hass} hass
 * @param {Device[]} accounts
 * @param {Texts} texts
 * @param {Date} now
 */
export function describeAlerts(hass, accounts, texts, now) {
  return accounts.flatMap((account) => {
    const [free, oldest] = accountStates(hass, account);
    const name = account.name_by_user ?? account.name ?? "";
    if (free?.state === "unavailable") {
      const time = formatMoment(hass, new Date(free.last_changed), now);
      return [texts("board.account_unavailable", { account: name, time })];
    }
    const updated = oldest && lateUpdate(oldest, now);
    if (!updated) return [];
    return [texts("board.account_late", { account: name, time: formatMoment(hass, updated, now) })];
  });
}

/**
 * Return the time of the oldest status update if it is late.
 * @param {EntityState} oldest
 * @param {Date} now
 */
function lateUpdate(oldest, now) {
  const time = Date.parse(oldest.state);
  const wasLate = Date.parse(oldest.last_updated) - time > LATE;
  return wasLate || now.getTime() - time > SENSOR_LATE ? new Date(time) : null;
}
