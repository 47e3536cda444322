// @ts-check
/** The view of operations: what needs attention, and how the rooms are used. */

import { WIDE, dailyGraph, heading, percentTile, section, tile } from "./cards.js";
import { entitiesOf, findAccounts, accountOf } from "./rooms.js";

/** @import { Hass, Room, RoomGroup, Texts } from "./types.d.ts" */
/** @import { ViewConfig, ViewContext } from "./views.js" */

/** @typedef {{ entity: string, name: string }} NamedEntity */
/** @typedef {{ deviceId: string, name: string }} NamedDevice */

/** No reason, or none that is known. */
const NO_REASON = ["none", "unknown", "unavailable"];
/** So many lines of a graph can be told apart. */
const LINES = 8;
const WEEK = 7 * 24;

/**
 * Return the view of operations.
 * @param {ViewConfig} _config
 * @param {ViewContext} context
 */
export function operationsView(_config, { hass, texts, rooms, groups }) {
  const ids = new Set(rooms.map(({ accountId }) => accountId));
  const accounts = findAccounts(hass)
    .filter((account) => ids.has(accountOf(account)))
    .map(({ id, name_by_user, name }) => ({ deviceId: id, name: name_by_user ?? name ?? "" }));
  return {
    type: "sections",
    max_columns: 3,
    sections: [
      ...attentionSections(hass, texts, rooms, groups, accounts),
      ...section(heading(texts("operations.accounts"), "mdi:cloud-sync"), [
        ...accounts.flatMap((account) => accountCards(hass, account)),
        ...repairsCards(hass, texts),
      ]),
      ...usageSections(hass, texts, rooms, groups, accounts),
      ...offlineHistory(hass, texts, groups),
    ],
  };
}

/**
 * Return the rooms that are not ready, offline or have a problem, with the reasons.
 * @param {Hass} hass
 * @param {Texts} texts
 * @param {Room[]} rooms
 * @param {RoomGroup[]} groups
 * @param {NamedDevice[]} accounts
 */
function attentionSections(hass, texts, rooms, groups, accounts) {
  /** @param {string} key */
  const counts = (key) => named(hass, accounts, key).map(({ entity }) => entity);
  const hasReason = { condition: "state", state_not: NO_REASON };
  const isOffline = { condition: "state", state: "off" };
  return [
    ...section(
      heading(texts("operations.not_ready"), "mdi:calendar-alert", counts("rooms_not_ready")),
      filterCard(named(hass, rooms, "not_ready_reason"), hasReason),
    ),
    ...section(
      heading(texts("operations.offline"), "mdi:lan-disconnect", counts("rooms_offline")),
      groups.flatMap((group) =>
        filterCard(named(hass, group.rooms, "online"), isOffline, { title: group.name }),
      ),
    ),
    ...section(
      heading(texts("operations.problems"), "mdi:alert-circle-outline", counts("rooms_problem")),
      filterCard(named(hass, rooms, "problem_reason"), hasReason),
    ),
  ];
}

/**
 * Return the entities of rooms or accounts with a key, named like these.
 * @param {Hass} hass
 * @param {NamedDevice[]} devices
 * @param {string} key
 * @returns {NamedEntity[]}
 */
function named(hass, devices, key) {
  return devices.flatMap(({ deviceId, name }) => {
    const entity = entitiesOf(hass, deviceId)[key];
    return entity ? [{ entity, name }] : [];
  });
}

/**
 * Return a list of the entities that meet a condition; it is hidden while it is empty.
 * @param {NamedEntity[]} entities
 * @param {object} condition
 * @param {object} [options]
 */
function filterCard(entities, condition, options = {}) {
  if (!entities.length) return [];
  return [
    {
      type: "entity-filter",
      entities: entities.map((each) => ({ ...each, secondary_info: "last-changed" })),
      conditions: [condition],
      show_empty: false,
      card: { type: "entities", show_header_toggle: false, ...options },
      ...WIDE,
    },
  ];
}

/**
 * Return how many requests an account needs, and the age of its data.
 * @param {Hass} hass
 * @param {NamedDevice} account
 */
function accountCards(hass, { deviceId, name }) {
  const keys = entitiesOf(hass, deviceId);
  const cards = [
    ...tile(keys.oldest_reading, WIDE),
    ...tile(keys.calls_today, WIDE),
    ...percentTile(keys.budget_used),
  ];
  return [{ type: "heading", heading: name, heading_style: "subtitle" }, ...cards];
}

/**
 * Return the way to the repairs, which only an administrator may open.
 * @param {Hass} hass
 * @param {Texts} texts
 */
function repairsCards(hass, texts) {
  if (!hass.user?.is_admin) return [];
  return [
    {
      type: "heading",
      heading: texts("operations.repairs"),
      heading_style: "subtitle",
      icon: "mdi:wrench",
      tap_action: { action: "navigate", navigation_path: "/config/repairs" },
    },
  ];
}

/**
 * Return the utilization and the no-shows of 30 days.
 * @param {Hass} hass
 * @param {Texts} texts
 * @param {Room[]} rooms
 * @param {RoomGroup[]} groups
 * @param {NamedDevice[]} accounts
 */
function usageSections(hass, texts, rooms, groups, accounts) {
  const percent = { min_y_axis: 0, max_y_axis: 100 };
  const shares = named(hass, accounts, "utilization");
  const noShows = named(hass, accounts, "no_shows");
  const byRoom = groups.flatMap(({ name, rooms: members }) =>
    chunks(named(hass, members, "utilization")).map((entities, index, { length }) => {
      const title = length > 1 ? `${name} · ${index + 1}/${length}` : name;
      return dailyGraph(entities, "mean", { title, chart_type: "line", ...percent });
    }),
  );
  const ranking = named(hass, rooms, "no_shows");
  const counted = { condition: "numeric_state", above: 0 };
  return [
    ...section(heading(texts("operations.utilization"), "mdi:chart-timeline-variant"), [
      ...(shares.length ? [dailyGraph(shares, "mean", percent)] : []),
      ...byRoom,
    ]),
    ...section(heading(texts("operations.no_shows"), "mdi:account-question"), [
      ...(noShows.length ? [dailyGraph(noShows, "change")] : []),
      ...filterCard(ranking, counted, { title: texts("operations.no_shows_total") }),
    ]),
  ];
}

/**
 * Return when the rooms of each group were offline in the last week, which shows those that often are.
 * @param {Hass} hass
 * @param {Texts} texts
 * @param {RoomGroup[]} groups
 */
function offlineHistory(hass, texts, groups) {
  const cards = groups.flatMap(({ name, rooms }) => {
    const entities = named(hass, rooms, "online");
    const options = { hours_to_show: WEEK, ...WIDE };
    return entities.length ? [{ type: "history-graph", title: name, entities, ...options }] : [];
  });
  return section(heading(texts("operations.offline_history"), "mdi:lan-pending"), cards);
}

/**
 * Divide entities evenly among graphs.
 * @param {NamedEntity[]} entities
 */
function chunks(entities) {
  const count = Math.ceil(entities.length / LINES);
  const size = Math.ceil(entities.length / count);
  return Array.from({ length: count }, (_, index) =>
    entities.slice(index * size, (index + 1) * size),
  );
}
