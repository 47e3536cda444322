// @ts-check
/** The view of the timeline. */

/** @import { ViewConfig, ViewContext } from "./views.js" */

/**
 * Return the view of the timeline, for the rooms of the board in the same order.
 * @param {ViewConfig} config
 * @param {ViewContext} context
 */
export function timelineView({ show_titles = false, subviews }, { groups }) {
  const entities = groups.flatMap(({ rooms }) => rooms.map(({ entityId }) => entityId));
  const timeline = { type: "custom:meeting-rooms-timeline", entities, show_titles, subviews };
  return { type: "panel", cards: [timeline] };
}
