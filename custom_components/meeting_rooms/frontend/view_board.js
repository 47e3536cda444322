// @ts-check
/** The view of the board. */

/** @import { ViewConfig, ViewContext } from "./views.js" */

/**
 * Return the view of the board: one card over the whole width.
 * @param {ViewConfig} config
 * @param {ViewContext} context
 */
export function boardView({ free_first = false, wall = false, subviews = false }, { groups }) {
  const board = {
    type: "custom:meeting-rooms-board",
    groups: groups.map(({ name, rooms }) => ({
      title: name,
      entities: rooms.map(({ entityId }) => entityId),
    })),
    free_first,
    wall,
    subviews,
    alerts: true,
  };
  return wide([board]);
}

/**
 * Return a view with cards over its whole width.
 * @param {object[]} cards
 */
export function wide(cards) {
  return { type: "sections", max_columns: 4, sections: [{ type: "grid", column_span: 4, cards }] };
}
