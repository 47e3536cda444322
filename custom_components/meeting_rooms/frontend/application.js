// @ts-check
/** Home Assistant's application, for what is not part of a card. */

/** @import { Hass } from "./types.d.ts" */

/** Return Home Assistant's state, which the application has after it connected. */
export function currentHass() {
  const app = /** @type {(HTMLElement & { hass?: Hass }) | null} */ (
    document.querySelector("home-assistant")
  );
  return app?.hass;
}
