// @ts-check
/** Open the view or the dialog of a room. */

/**
 * Return the path of a room's view in the dashboard that is open.
 * @param {string} deviceId
 */
export function roomPath(deviceId) {
  return `/${location.pathname.split("/")[1]}/room-${deviceId}`;
}

/**
 * Open a view of the dashboard without loading the page again.
 * @param {string} path
 */
export function openPath(path) {
  history.pushState(null, "", path);
  window.dispatchEvent(new CustomEvent("location-changed", { detail: { replace: false } }));
}

/**
 * Open the dialog of an entity.
 * @param {HTMLElement} element
 * @param {string} entityId
 */
export function showMoreInfo(element, entityId) {
  const detail = { entityId };
  element.dispatchEvent(
    new CustomEvent("hass-more-info", { detail, bubbles: true, composed: true }),
  );
}
