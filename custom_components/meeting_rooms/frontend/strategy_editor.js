// @ts-check
/** The editor of the dashboard's options, `meeting-rooms-strategy-editor`. */

import { GROUPS, VIEWS } from "./options.js";
import { accountOf, findAccounts } from "./rooms.js";
import { loadTexts } from "./texts.js";

/** @import { Hass, Texts } from "./types.d.ts" */

/**
 * Home Assistant's form.
 * @typedef {HTMLElement & { hass: Hass, data: object, schema: object[], computeLabel: (field: { name: string }) => string, computeHelper: (field: { name: string }) => string }} Form
 */

/**
 * Return the fields of the form.
 * @param {Hass} hass
 * @param {Texts} texts
 */
export function buildSchema(hass, texts) {
  const accounts = findAccounts(hass).flatMap((account) => {
    const value = accountOf(account);
    return value ? [{ value, label: account.name_by_user ?? account.name ?? value }] : [];
  });
  const groups = GROUPS.map((value) => ({ value, label: texts(`strategy.group_${value}`) }));
  const views = VIEWS.map((value) => ({ value, label: texts(`strategy.view_${value}`) }));
  const entity = [{ integration: "meeting_rooms" }];
  return [
    { name: "floors", selector: { floor: { multiple: true, entity } } },
    { name: "areas", selector: { area: { multiple: true, entity } } },
    { name: "accounts", selector: { select: { multiple: true, mode: "list", options: accounts } } },
    { name: "group_by", selector: { select: { mode: "dropdown", options: groups } } },
    { name: "views", selector: { select: { multiple: true, mode: "list", options: views } } },
    { name: "free_first", selector: { boolean: {} } },
    { name: "show_titles", selector: { boolean: {} } },
    { name: "wall", selector: { boolean: {} } },
  ];
}

/** What the form shows for the options that are left out. */
const DEFAULTS = { group_by: "floor", views: VIEWS };

export class StrategyEditor extends HTMLElement {
  /** @type {Record<string, unknown> & { type?: string }} */
  #config = {};
  /** @type {Hass | undefined} */
  #hass;
  /** @type {Form | undefined} */
  #form;
  #isBuilding = false;

  /** @param {Record<string, unknown>} config */
  setConfig(config) {
    this.#config = config;
    this.#update();
  }

  /** @param {Hass} hass */
  set hass(hass) {
    this.#hass = hass;
    if (this.#form) this.#form.hass = hass;
    else this.#build(hass);
  }

  /** @param {Hass} hass */
  async #build(hass) {
    if (this.#isBuilding) return;
    this.#isBuilding = true;
    const texts = await loadTexts(hass);
    const form = /** @type {Form} */ (document.createElement("ha-form"));
    form.schema = buildSchema(hass, texts);
    form.computeLabel = ({ name }) => texts(`strategy.${name}`);
    form.computeHelper = ({ name }) => texts(`strategy.${name}_help`);
    form.addEventListener("value-changed", (event) => this.#save(event));
    this.#form = form;
    this.#update();
    this.append(form);
  }

  #update() {
    if (!this.#form || !this.#hass) return;
    this.#form.hass = this.#hass;
    this.#form.data = { ...DEFAULTS, ...this.#config };
  }

  /** @param {Event} event */
  #save(event) {
    event.stopPropagation();
    const { value } = /** @type {CustomEvent} */ (event).detail;
    const config = withoutDefaults(value);
    this.#config = config;
    this.dispatchEvent(
      new CustomEvent("config-changed", { detail: { config }, bubbles: true, composed: true }),
    );
  }
}

/**
 * Leave out the options that say nothing, so that the configuration stays short.
 * @param {Record<string, unknown>} values
 */
function withoutDefaults({ views, group_by: by, ...values }) {
  const isAll = Array.isArray(views) && VIEWS.every((view) => views.includes(view));
  const kept = Object.entries(values).filter(
    ([, value]) =>
      value !== false && value !== undefined && !(Array.isArray(value) && !value.length),
  );
  return {
    ...Object.fromEntries(kept),
    ...(by && by !== DEFAULTS.group_by ? { group_by: by } : {}),
    ...(Array.isArray(views) && views.length && !isAll ? { views } : {}),
  };
}
