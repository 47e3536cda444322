// @ts-check
/** The view of one room: what it is now, what comes, what was, and its devices. */

import { WIDE, dailyGraph, heading, percentTile, section, tile } from "./cards.js";
import { entitiesOf } from "./rooms.js";

/** @import { Hass, Room, Texts } from "./types.d.ts" */
/** @import { ViewConfig, ViewContext } from "./views.js" */

/** @typedef {Record<string, string | undefined>} Keys the entities of a device by translation key */

/**
 * Return the view of a room.
 * @param {ViewConfig} config
 * @param {ViewContext} context
 */
export function roomView({ device_id: deviceId, show_titles = false }, { hass, texts, rooms }) {
  const room = rooms.find((each) => each.deviceId === deviceId);
  if (!room) return { cards: [{ type: "markdown", content: texts("room.not_found") }] };
  const keys = entitiesOf(hass, room.deviceId);
  return {
    type: "sections",
    max_columns: 3,
    sections: [
      ...section(heading(texts("room.now"), "mdi:door"), nowCards(room, keys)),
      ...section(
        heading(texts("room.bookings"), "mdi:calendar"),
        bookingCards(room, keys, show_titles),
        2,
      ),
      ...section(heading(texts("room.day"), "mdi:history"), [historyCard(room, keys)]),
      ...section(heading(texts("room.devices"), "mdi:devices"), deviceCards(hass, room, keys)),
      ...section(
        heading(texts("room.utilization"), "mdi:chart-timeline-variant"),
        statisticCards(keys, texts),
      ),
    ],
  };
}

/**
 * Return the state with what speaks against using the room.
 * @param {Room} room
 * @param {Keys} keys
 */
function nowCards(room, keys) {
  return [
    {
      type: "custom:meeting-rooms-board",
      entities: [room.entityId],
      alerts: true,
    },
    { type: "custom:meeting-rooms-booking", device_id: room.deviceId },
    ...knownTile(keys.until, WIDE),
    ...knownTile(keys.next_meeting_start, WIDE),
    ...reasonTile(keys.not_ready, keys.not_ready_reason, "amber"),
    ...reasonTile(keys.problem, keys.problem_reason, "red"),
    ...knownTile(keys.participants),
    ...knownTile(keys.capacity),
  ];
}

/**
 * Return a tile that is shown while its value is known.
 * @param {string | undefined} entity
 * @param {object} [options]
 */
function knownTile(entity, options = {}) {
  const visibility = [{ condition: "state", entity, state_not: ["unknown", "unavailable"] }];
  return tile(entity, { visibility, ...options });
}

/**
 * Return a reason, which is shown while there is one.
 * @param {string | undefined} entity
 * @param {string | undefined} reason
 * @param {string} color
 */
function reasonTile(entity, reason, color) {
  if (!entity) return [];
  const visibility = [{ condition: "state", entity, state: "on" }];
  return tile(reason ?? entity, { color, visibility });
}

/**
 * Return the bookings; with titles as a list, too. The rooms of a vendor without a source of bookings have none.
 * @param {Room} room
 * @param {Keys} keys
 * @param {boolean} show_titles
 */
function bookingCards(room, keys, show_titles) {
  if (!keys.bookings) return [];
  const timeline = {
    type: "custom:meeting-rooms-timeline",
    entities: [room.entityId],
    hours: 24,
    show_titles,
  };
  const list = { type: "calendar", entities: [keys.bookings], initial_view: "listWeek" };
  return [{ ...timeline, ...WIDE }, ...(show_titles ? [{ ...list, ...WIDE }] : [])];
}

/**
 * @param {Room} room
 * @param {Keys} keys
 */
function historyCard(room, keys) {
  return {
    type: "history-graph",
    hours_to_show: 24,
    entities: [room.entityId, keys.status].filter(Boolean),
    ...WIDE,
  };
}

/**
 * Return the Rooms device, its camera, microphone and speaker, and the controllers.
 * @param {Hass} hass
 * @param {Room} room
 * @param {Keys} keys
 */
function deviceCards(hass, room, keys) {
  const controllers = Object.values(hass.devices)
    .filter((device) => device.via_device_id === room.deviceId)
    .map((device) => ({
      name: device.name_by_user ?? device.name,
      of: entitiesOf(hass, device.id),
    }));
  return [
    ...tile(keys.online),
    ...tile(keys.health),
    ...tile(keys.camera),
    ...tile(keys.microphone),
    ...tile(keys.speaker),
    ...percentTile(keys.cpu_usage),
    ...controllers.flatMap(({ name, of }) => [
      ...tile(of.online, { name }),
      ...percentTile(of.cpu_usage, { name }),
    ]),
  ];
}

/**
 * @param {Keys} keys
 * @param {Texts} texts
 */
function statisticCards(keys, texts) {
  const graph = keys.utilization
    ? [
        dailyGraph([{ entity: keys.utilization, name: texts("room.daily_mean") }], "mean", {
          min_y_axis: 0,
          max_y_axis: 100,
        }),
      ]
    : [];
  return [...graph, ...tile(keys.no_shows)];
}
