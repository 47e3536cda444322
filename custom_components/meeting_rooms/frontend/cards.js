// @ts-check
/** Built-in cards that several views use. An entity that does not exist, or is disabled or hidden, has no card. */

/** @typedef {Record<string, unknown>} CardConfig */

/** The width of a section, so that no name is cut off on a phone. */
export const WIDE = { grid_options: { columns: "full" } };

/**
 * Return a tile that is named like its entity, in a list; the list is empty without the entity.
 * @param {string | undefined} entity
 * @param {CardConfig} [options]
 * @returns {CardConfig[]}
 */
export function tile(entity, options = {}) {
  return entity ? [{ type: "tile", entity, name: { type: "entity" }, ...options }] : [];
}

/**
 * Return a heading.
 * @param {string} heading
 * @param {string} icon
 * @param {(string | undefined)[]} [badges] entities whose states the heading shows
 * @returns {CardConfig}
 */
export function heading(heading, icon, badges = []) {
  return {
    type: "heading",
    heading,
    icon,
    badges: badges.flatMap((entity) =>
      entity ? [{ type: "entity", entity, show_state: true, show_icon: true }] : [],
    ),
  };
}

/**
 * Return a section with a heading, in a list; the list is empty without cards.
 * @param {CardConfig} title
 * @param {CardConfig[]} cards
 * @param {number} [column_span]
 */
export function section(title, cards, column_span = 1) {
  return cards.length ? [{ type: "grid", column_span, cards: [title, ...cards] }] : [];
}

/**
 * Return a tile for a percentage, with a bar beside its name.
 * @param {string | undefined} entity
 * @param {CardConfig} [options]
 */
export function percentTile(entity, options = {}) {
  return tile(entity, {
    features: [{ type: "bar-gauge" }],
    features_position: "inline",
    ...WIDE,
    ...options,
  });
}

/**
 * Return a graph of the daily values of the last 30 days.
 * @param {(string | { entity: string, name: string })[]} entities
 * @param {"mean" | "change" | "max"} statistic
 * @param {CardConfig} [options]
 * @returns {CardConfig}
 */
export function dailyGraph(entities, statistic, options = {}) {
  return {
    type: "statistics-graph",
    entities,
    stat_types: [statistic],
    period: "day",
    days_to_show: 30,
    chart_type: "bar",
    ...WIDE,
    ...options,
  };
}
