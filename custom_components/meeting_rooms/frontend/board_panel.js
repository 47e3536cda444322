// @ts-check
/** One room on the board: a link to its view, a button for its dialog, or plain text on a wall. */

import { openPath, roomPath, showMoreInfo } from "./navigation.js";

/** @import { Hass } from "./types.d.ts" */
/** @import { PanelText } from "./board_model.js" */

/** @typedef {"link" | "button" | "text"} PanelKind */

const TAGS = /** @type {const} */ ({ link: "a", button: "button", text: "div" });

const CONTENT = `
  <span class="name"></span>
  <span class="icon" aria-hidden="true">
    <span class="mark" hidden></span>
    <span class="disc"><ha-icon class="kind"></ha-icon></span>
  </span>
  <span class="status"><span class="state"></span> <span class="until"></span></span>
`;

const MARK = `<ha-icon icon="mdi:alert"></ha-icon>`;

/** The elements of one room, which change only where the room does. */
export class RoomPanel {
  /**
   * @param {Pick<Hass, "entities">} hass
   * @param {string} entity
   * @param {PanelKind} wanted a room that was removed has no view to link to
   */
  constructor(hass, entity, wanted) {
    const deviceId = hass.entities[entity]?.device_id;
    const kind = wanted === "link" && !deviceId ? "button" : wanted;
    this.item = document.createElement("li");
    this.room = document.createElement(TAGS[kind]);
    this.room.className = "room";
    this.room.innerHTML = CONTENT;
    this.item.append(this.room);
    /** @type {PanelText | undefined} */
    this.text = undefined;
    if (kind === "link") this.#linkTo(roomPath(deviceId ?? ""));
    if (kind === "button") this.#openDialog(entity);
    if (kind === "text") this.room.setAttribute("role", "img");
  }

  /** @param {string} path */
  #linkTo(path) {
    this.room.setAttribute("href", path);
    this.room.addEventListener("click", (event) => followLink(event, path));
  }

  /** @param {string} entity */
  #openDialog(entity) {
    this.room.setAttribute("type", "button");
    this.room.addEventListener("click", () => showMoreInfo(this.room, entity));
  }

  /** Show nothing of the room. */
  hide() {
    this.text = undefined;
    this.item.hidden = true;
  }

  /**
   * Show a room; only what changed is written.
   * @param {PanelText} text
   */
  show(text) {
    const before = this.text;
    this.text = text;
    this.item.hidden = false;
    if (before?.label === text.label && before.tone === text.tone && before.icon === text.icon) {
      return;
    }
    this.room.dataset.tone = text.tone;
    this.room.setAttribute("aria-label", text.label);
    this.#part("name").textContent = text.name;
    this.#part("state").textContent = text.state;
    this.#part("until").textContent = text.until;
    this.#part("kind").setAttribute("icon", text.icon);
    this.#mark(text.issue);
  }

  /**
   * Mark an issue; few rooms have one, so its icon is made when it is needed.
   * @param {string} issue
   */
  #mark(issue) {
    const mark = this.#part("mark");
    mark.hidden = !issue;
    mark.title = issue;
    if (issue && !mark.firstChild) mark.innerHTML = MARK;
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.room.querySelector(`.${name}`));
  }
}

/**
 * Open a room's view, unless a new tab or window is wanted.
 * @param {Event} event
 * @param {string} path
 */
function followLink(event, path) {
  if (!(event instanceof MouseEvent) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  openPath(path);
}
