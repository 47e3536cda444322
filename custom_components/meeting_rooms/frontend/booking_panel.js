// @ts-check
/** The elements of the booking card: buttons, a question in their place, and a message below. */

import { setText } from "./changes.js";
import { endingOf } from "./booking_model.js";
import { STYLE } from "./booking_style.js";
import { formatMoment } from "./times.js";

/** @import { Hass, Texts } from "./types.d.ts" */
/** @import { Question } from "./booking_card.js" */
/** @import { Choice } from "./booking_model.js" */
/** @import { TimelineBooking } from "./timeline_feed.js" */

/**
 * What the user can do.
 * @typedef {object} Offer
 * @property {string} room its name
 * @property {number} now
 * @property {Choice[]} choices
 * @property {TimelineBooking | undefined} own the present booking, if the user may release it
 */

/** @typedef {Offer & { question: Question | undefined, busy: boolean }} Shown */

/** @typedef {"progress" | "done" | "fault"} MessageKind */

/**
 * @typedef {object} Listener
 * @property {(minutes: number) => void} onChoose with 0 to release
 * @property {() => void} onConfirm
 * @property {() => void} onCancel
 */

const CONTENT = `
  <div class="offer" role="group" aria-labelledby="offer">
    <p class="title" id="offer"></p>
    <div class="buttons"></div>
  </div>
  <div class="question" role="group" aria-labelledby="question" hidden>
    <p class="title" id="question"></p>
    <div class="buttons">
      <button type="button" class="confirm" aria-describedby="question"></button>
      <button type="button" class="cancel"></button>
    </div>
  </div>
  <p class="hint" hidden></p>
  <div class="message" role="status" tabindex="-1"></div>
  <div class="message" role="alert" tabindex="-1"></div>
`;

/** Nothing is said by colour alone. @type {Record<MessageKind, string>} */
const ICONS = {
  progress: "mdi:progress-clock",
  done: "mdi:check-circle-outline",
  fault: "mdi:alert-circle-outline",
};

export class BookingPanel {
  /** @param {Listener} listener */
  constructor({ onChoose, onConfirm, onCancel }) {
    const style = document.createElement("style");
    style.textContent = STYLE;
    this.card = document.createElement("ha-card");
    this.card.innerHTML = CONTENT;
    this.elements = [style, this.card];
    this.card.addEventListener("keydown", (event) => {
      // A key that is held down on a button is no answer to the question that follows.
      if (event.repeat && event.key === "Enter") event.preventDefault();
    });
    this.#part(".offer").addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button");
      if (button) onChoose(Number(button.dataset.minutes));
    });
    this.#part(".confirm").addEventListener("click", (event) => {
      // The second half of a double click on a button is no confirmation.
      if (event.detail <= 1) onConfirm();
    });
    this.#part(".cancel").addEventListener("click", onCancel);
    this.#part(".question").addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      onCancel();
    });
  }

  get hasMessage() {
    return Boolean(this.card.querySelector(".message:not(:empty)"));
  }

  /**
   * Say what happens, or happened, in place of what was said before.
   * @param {MessageKind} kind
   * @param {string} text
   */
  say(kind, text) {
    this.clearMessage();
    const message = this.#part(kind === "fault" ? '[role="alert"]' : '[role="status"]');
    message.dataset.kind = kind;
    message.innerHTML = `<ha-icon icon="${ICONS[kind]}" aria-hidden="true"></ha-icon><span></span>`;
    setText(message, "span", text);
  }

  clearMessage() {
    for (const message of this.card.querySelectorAll(".message")) message.replaceChildren();
  }

  focusConfirm() {
    this.#part(".confirm").focus();
  }

  /** @param {number} minutes 0 to release */
  focusChoice(minutes) {
    const button = this.#part(".offer").querySelector(`[data-minutes="${minutes}"]`);
    /** @type {HTMLElement | null} */ (button)?.focus();
  }

  /** Focus the message, unless the user went on to something else. */
  focusMessage() {
    const root = /** @type {ShadowRoot} */ (this.card.getRootNode());
    // A button that is disabled or hidden gives its focus to the page.
    if (!root.activeElement && document.activeElement !== document.body) return;
    this.#part(".message:not(:empty)").focus();
  }

  /**
   * Show what can be done, and what the user is asked.
   * @param {Hass} hass
   * @param {Texts} texts
   * @param {Shown} shown
   */
  show(hass, texts, shown) {
    const { choices, own, question } = shown;
    const isOffering = Boolean(own || choices.length);
    this.#part(".offer").hidden = Boolean(question) || !isOffering;
    this.#part(".question").hidden = !question;
    this.#part(".hint").hidden = Boolean(question) || isOffering || this.hasMessage;
    setText(this.card, ".hint", texts("booking.not_bookable"));
    this.#showOffer(hass, texts, shown);
    this.#showQuestion(hass, texts, shown);
  }

  /**
   * @param {Hass} hass
   * @param {Texts} texts
   * @param {Shown} shown
   */
  #showOffer(hass, texts, { choices, own, now }) {
    setText(this.card, ".offer .title", titleOf(hass, texts, own, now));
    const buttons = this.#part(".offer .buttons");
    const lengths = own ? [0] : choices.map(({ minutes }) => minutes);
    if (buttons.dataset.lengths !== String(lengths)) {
      buttons.dataset.lengths = String(lengths);
      buttons.replaceChildren(...lengths.map(makeButton));
    }
    for (const choice of own ? [] : choices) {
      const { minutes, taken } = choice;
      const button = this.#part(`.offer [data-minutes="${minutes}"]`);
      button.toggleAttribute("disabled", taken);
      const end = formatMoment(hass, new Date(choice.end), new Date(now));
      setText(button, "span", texts("booking.minutes", { minutes }));
      setText(
        button,
        "small",
        taken ? texts("booking.taken") : texts("board.until", { time: end }),
      );
    }
    if (own) setText(buttons, "span", texts(`booking.${endingOf(own)}`));
  }

  /**
   * @param {Hass} hass
   * @param {Texts} texts
   * @param {Shown} shown
   */
  #showQuestion(hass, texts, shown) {
    const { question, busy } = shown;
    if (!question) return;
    // While a booking is made, the room is no longer free: the question stays as it was.
    if (!busy) setText(this.card, ".question .title", questionOf(hass, texts, shown));
    const confirm = this.#part(".confirm");
    confirm.dataset.kind = question.kind;
    setText(this.card, ".confirm", texts(`booking.${question.kind}`));
    setText(this.card, ".cancel", texts("booking.cancel"));
    for (const button of [confirm, this.#part(".cancel")]) button.toggleAttribute("disabled", busy);
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.card.querySelector(selector));
  }
}

/**
 * Return a button for a length, 0 to release.
 * @param {number} minutes
 */
function makeButton(minutes) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.minutes = String(minutes);
  button.className = minutes ? "book" : "release";
  button.innerHTML = minutes ? "<span></span><small></small>" : "<span></span>";
  return button;
}

/**
 * @param {Hass} hass
 * @param {Texts} texts
 * @param {TimelineBooking | undefined} own
 * @param {number} now
 */
function titleOf(hass, texts, own, now) {
  if (!own) return texts("booking.title");
  const time = formatMoment(hass, new Date(own.end), new Date(now));
  return texts(own.tentative ? "booking.own_requested" : "booking.own", { time });
}

/**
 * @param {Hass} hass
 * @param {Texts} texts
 * @param {Shown} shown
 */
function questionOf(hass, texts, { question, choices, own, room, now }) {
  const span = question?.minutes
    ? choices.find(({ minutes }) => minutes === question.minutes)
    : own;
  if (!question || !span) return "";
  const [start, end] = [span.start, span.end].map((time) =>
    formatMoment(hass, new Date(time), new Date(now)),
  );
  return texts(`booking.question_${question.kind}`, { room, start, end });
}
