// @ts-check
/** Define the elements of the dashboard. */

/** @type {Record<string, CustomElementConstructor>} */
export const ELEMENTS = {};

for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
