// @ts-check
/** Write only what changed. */

/**
 * Return whether two lists have the same items.
 * @param {unknown[]} before
 * @param {unknown[]} after
 */
export function isSame(before, after) {
  return before.length === after.length && before.every((item, index) => item === after[index]);
}

/**
 * Set the text of an element, unless it has it already.
 * @param {Element} parent
 * @param {string} selector
 * @param {string} text
 */
export function setText(parent, selector, text) {
  const element = parent.querySelector(selector);
  if (element && element.textContent !== text) element.textContent = text;
}
