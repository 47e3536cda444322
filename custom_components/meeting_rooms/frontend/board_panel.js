// @ts-check
/** One room on the board: a link to its view, a button for its dialog, or plain text on a wall. */

/** @import { PanelText } from "./board_model.js" */

/** @typedef {"link" | "button" | "text"} PanelKind */

const TAGS = /** @type {const} */ ({ link: "a", button: "button", text: "div" });

const CONTENT = `
  <span class="name"></span>
  <span class="icon" aria-hidden="true">
    <span class="mark" hidden><ha-icon icon="mdi:alert"></ha-icon></span>
    <span class="disc"><ha-icon class="kind"></ha-icon></span>
  </span>
  <span class="status"><span class="state"></span> <span class="until"></span></span>
`;

/** The elements of one room, which change only where the room does. */
export class RoomPanel {
  /** @param {PanelKind} kind */
  constructor(kind) {
    this.item = document.createElement("li");
    this.room = document.createElement(TAGS[kind]);
    this.room.className = "room";
    this.room.innerHTML = CONTENT;
    if (kind === "button") this.room.setAttribute("type", "button");
    if (kind === "text") this.room.setAttribute("role", "img");
    this.item.append(this.room);
    /** @type {PanelText | undefined} */
    this.text = undefined;
  }

  /**
   * Show a room; only what changed is written.
   * @param {PanelText} text
   */
  show(text) {
    const before = this.text;
    this.text = text;
    if (before?.label === text.label && before.tone === text.tone && before.icon === text.icon) {
      return;
    }
    this.room.dataset.tone = text.tone;
    this.room.setAttribute("aria-label", text.label);
    this.#part("name").textContent = text.name;
    this.#part("state").textContent = text.state;
    this.#part("until").textContent = text.until;
    this.#part("kind").setAttribute("icon", text.icon);
    const mark = this.#part("mark");
    mark.hidden = !text.issue;
    mark.title = text.issue;
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.room.querySelector(`.${name}`));
  }
}
