// @ts-check
/** What all cards do: follow the language and the theme of the user. */

import { loadTexts } from "./texts.js";

/** @import { Hass, Texts } from "./types.d.ts" */

export class Card extends HTMLElement {
  /** @type {Hass | undefined} */
  #hass;
  /** The texts in the user's language. @type {Texts | undefined} */
  texts;

  get hass() {
    return this.#hass;
  }

  /** @param {Hass | undefined} hass */
  set hass(hass) {
    const before = this.#hass;
    this.#hass = hass;
    if (!hass) return;
    this.toggleAttribute("dark", Boolean(hass.themes?.darkMode));
    if (hass.language !== before?.language) this.#loadTexts(hass);
    this.onHass(hass, before);
  }

  /** @param {Hass} hass */
  async #loadTexts(hass) {
    const texts = await loadTexts(hass);
    if (hass.language !== this.#hass?.language) return;
    this.texts = texts;
    this.onTexts();
  }

  /**
   * Show what has changed.
   * @param {Hass} _hass
   * @param {Hass | undefined} _before
   */
  onHass(_hass, _before) {}

  /** Show everything in another language. */
  onTexts() {}
}
