// @ts-check
/** The card `meeting-rooms-booking`: book a room from now on, and release or withdraw what was booked so. */

import { choicesOf, endingOf, ownBooking } from "./booking_model.js";
import { BookingPanel } from "./booking_panel.js";
import { bookRoom, describeFault, releaseRoom } from "./booking_request.js";
import { Card } from "./card.js";
import { isSame } from "./changes.js";
import { entitiesOf, loadPlaces } from "./rooms.js";
import { TimelineFeed } from "./timeline_feed.js";
import { formatMoment } from "./times.js";

/** @import { Hass, Texts } from "./types.d.ts" */
/** @import { BookingRules, Ending } from "./booking_model.js" */
/** @import { Offer } from "./booking_panel.js" */

/**
 * @typedef {object} BookingConfig
 * @property {string} type
 * @property {string} [entity] the availability of the room
 * @property {string} [device_id] the device of the room, instead of `entity`
 */

/**
 * What the user is asked to confirm: to book for some minutes, or, with 0, to end the booking of an ID.
 * @typedef {{ kind: "book" | Ending, minutes: number, bookingId: string }} Question
 */

/** @typedef {{ bookingId: string, reached: boolean }} Outcome */

const MINUTE = 60_000;
/** How long a message or an unanswered question is shown: the next user of a shared screen has other questions. */
const PATIENCE = MINUTE;
/** What is said of a booking that was ended. @type {Record<Ending, string>} */
const ENDED = { release: "booking.released", withdraw: "booking.withdrawn" };
/** What a change of requires to look for the room again. */
const STRUCTURE = /** @type {const} */ (["entities", "devices", "connection", "language"]);
/** @type {BookingRules} */
const NOT_BOOKABLE = { minutes: [], step: null };

export class BookingCard extends Card {
  /** Home Assistant takes a hidden card out of the page otherwise. */
  connectedWhileHidden = true;
  #panel = new BookingPanel({
    onChoose: (minutes) => this.#ask(minutes),
    onConfirm: () => this.#confirm(),
    onCancel: () => this.#cancel(),
  });
  /** @type {BookingConfig | undefined} */
  #config;
  #preview = false;
  #deviceId = "";
  /** The availability of the room; empty while there is none. */
  #entity = "";
  /** What the rules depend on. @type {unknown[]} */
  #conditions = [];
  /** @type {BookingRules} */
  #rules = NOT_BOOKABLE;
  /** @type {TimelineFeed | undefined} */
  #feed;
  /** What the feed is of. @type {unknown[]} */
  #feedOf = [];
  /** @type {Question | undefined} */
  #question;
  #busy = false;
  /** What the message says of the present booking, and whether it is so already. @type {Outcome | undefined} */
  #outcome;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #patience;

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).append(...this.#panel.elements);
  }

  /** @param {BookingConfig} config */
  setConfig(config) {
    if (![config.entity, config.device_id].some((id) => id && typeof id === "string")) {
      throw new Error("entity must be the availability of a room, or device_id its device");
    }
    this.#config = config;
    this.#find();
  }

  /**
   * @override
   * @param {Hass} hass
   * @param {Hass | undefined} before
   */
  onHass(hass, before) {
    if (STRUCTURE.some((key) => before?.[key] !== hass[key])) this.#find();
    const conditions = conditionsOf(hass, this.#deviceId);
    if (!isSame(conditions, this.#conditions)) {
      this.#conditions = conditions;
      this.#loadRules();
      this.#update();
    }
  }

  /** @param {boolean} preview whether the dashboard is being edited: then the card is always shown */
  set preview(preview) {
    this.#preview = preview;
    this.#update();
  }

  connectedCallback() {
    this.#find();
    this.#wait();
    this.#expire();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    clearTimeout(this.#patience);
    this.#feed?.stop();
    this.#feed = undefined;
    this.#feedOf = [];
    this.#question = undefined;
  }

  getCardSize() {
    return 2;
  }

  getGridOptions() {
    return { columns: "full", rows: "auto" };
  }

  /** @override */
  onTexts() {
    this.#update();
  }

  /** Find the room, which may have been renamed, and subscribe to its bookings. */
  #find() {
    const [hass, config] = [this.hass, this.#config];
    if (!hass || !config) return;
    const { entity = "", device_id: chosen } = config;
    this.#deviceId = chosen ?? hass.entities[entity]?.device_id ?? "";
    this.#entity = entitiesOf(hass, this.#deviceId).availability ?? "";
    this.#follow(hass);
    this.#update();
  }

  /** @param {Hass} hass */
  #follow({ connection }) {
    const [before, entity] = this.#feedOf;
    if (!this.isConnected || (connection === before && this.#entity === entity)) return;
    this.#feed?.stop();
    this.#feed = undefined;
    this.#feedOf = [connection, this.#entity];
    this.#rules = NOT_BOOKABLE;
    if (!this.#entity) return;
    this.#feed = new TimelineFeed(connection, [this.#entity], {
      onChange: (changed) => {
        // What can be booked may have changed while Home Assistant was away.
        if (changed === null) this.#loadRules();
        this.#update();
      },
      onError: () => this.#update(),
    });
    this.#feed.start();
  }

  /** Load for how long the user can book the room. */
  async #loadRules() {
    const [hass, deviceId] = [this.hass, this.#deviceId];
    if (!hass || !this.#feed) return;
    const { [deviceId]: place } = await loadPlaces(hass, [this.#entity]);
    if (deviceId !== this.#deviceId) return;
    this.#rules = { minutes: place?.book ?? [], step: place?.book_step ?? null };
    this.#update();
  }

  /** Wait for the next full minute. */
  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#wait();
        this.#update();
      },
      MINUTE - (Date.now() % MINUTE),
    );
  }

  /** @param {number} minutes 0 to end the present booking */
  #ask(minutes) {
    if (!this.hass || this.#busy) return;
    const { own } = this.#offer(this.hass, Date.now());
    this.#question = {
      kind: minutes ? "book" : endingOf(own),
      minutes,
      bookingId: own?.booking_id ?? "",
    };
    this.#outcome = undefined;
    this.#panel.clearMessage();
    this.#update();
    this.#panel.focusConfirm();
    this.#expire();
  }

  #cancel() {
    if (this.#busy) return;
    const minutes = this.#question?.minutes ?? 0;
    this.#question = undefined;
    this.#update();
    this.#panel.focusChoice(minutes);
  }

  /** Forget the question and the message after a while. */
  #expire() {
    clearTimeout(this.#patience);
    if (!this.isConnected) return;
    this.#patience = setTimeout(() => {
      if (this.#busy) return;
      this.#question = undefined;
      this.#outcome = undefined;
      this.#panel.clearMessage();
      this.#update();
    }, PATIENCE);
  }

  /** Do what was asked, once. */
  async #confirm() {
    const [hass, texts, question] = [this.hass, this.texts, this.#question];
    if (!hass || !texts || !question || this.#busy) return;
    this.#busy = true;
    this.#outcome = undefined;
    clearTimeout(this.#patience);
    this.#panel.say("progress", texts(`booking.busy_${question.kind}`));
    this.#update();
    try {
      this.#panel.say("done", await this.#act(hass, texts, question));
    } catch (error) {
      this.#panel.say("fault", await describeFault(hass, texts, error));
    }
    this.#busy = false;
    this.#question = undefined;
    this.#loadRules();
    this.#update();
    this.#panel.focusMessage();
    this.#expire();
  }

  /**
   * @param {Hass} hass
   * @param {Texts} texts
   * @param {Question} question
   */
  async #act(hass, texts, question) {
    if (question.kind !== "book") {
      await releaseRoom(hass, this.#deviceId, question.bookingId);
      this.#outcome = { bookingId: "", reached: false };
      return texts(ENDED[question.kind]);
    }
    const { booking_id: bookingId, end } = await bookRoom(hass, this.#deviceId, question.minutes);
    this.#outcome = { bookingId, reached: false };
    return texts("booking.booked", { time: formatMoment(hass, new Date(end), new Date()) });
  }

  /** Show what can be done now. */
  #update() {
    const [hass, texts] = [this.hass, this.texts];
    if (!hass || !texts) return;
    const offer = this.#offer(hass, Date.now());
    this.#compareQuestion(offer);
    this.#compareMessage(offer, texts);
    this.#panel.show(hass, texts, { ...offer, question: this.#question, busy: this.#busy });
    const isOffering = Boolean(offer.own || offer.choices.length);
    this.#setHidden(!isOffering && !this.#busy && !this.#panel.hasMessage && !this.#preview);
  }

  /**
   * Forget a question that is no longer offered.
   * @param {Offer} offer
   */
  #compareQuestion(offer) {
    if (!this.#busy && !isOffered(this.#question, offer)) this.#question = undefined;
  }

  /**
   * Clear a message that is no longer true: another user released what was booked, or booked what was released. A room
   * that needs an approval turns out to be requested only.
   * @param {Offer} offer
   * @param {Texts} texts
   */
  #compareMessage({ own }, texts) {
    const outcome = this.#outcome;
    if (!outcome) return;
    if ((own?.booking_id ?? "") === outcome.bookingId) {
      if (own?.tentative && !outcome.reached) this.#panel.say("done", texts("booking.requested"));
      outcome.reached = true;
    } else if (outcome.reached) {
      this.#outcome = undefined;
      this.#panel.clearMessage();
    }
  }

  /**
   * Return what the user can do now.
   * @param {Hass} hass
   * @param {number} now
   * @returns {Offer}
   */
  #offer(hass, now) {
    const room = nameOf(hass, this.#deviceId);
    const timeline = this.#feed?.rooms.get(this.#entity);
    // Until the first event, it is not known what is booked.
    if (!timeline) return { room, now, choices: [], own: undefined };
    const own = ownBooking(timeline.bookings, now);
    const state = hass.states[this.#entity]?.state;
    const choices = own ? [] : choicesOf(state, this.#rules, timeline.bookings, now);
    return { room, now, choices, own };
  }

  /** @param {boolean} hidden */
  #setHidden(hidden) {
    if (this.hidden === hidden) return;
    this.hidden = hidden;
    const detail = { value: !hidden };
    this.dispatchEvent(
      new CustomEvent("card-visibility-changed", { detail, bubbles: true, composed: true }),
    );
  }
}

/**
 * Return what tells that the rules may have changed: the room's state, its release for bookings, and what its calendar
 * can do, which follows the options of the account.
 * @param {Hass} hass
 * @param {string} deviceId
 */
function conditionsOf(hass, deviceId) {
  const { availability = "", bookable = "", bookings = "" } = entitiesOf(hass, deviceId);
  const [state, open, calendar] = [availability, bookable, bookings].map((id) => hass.states[id]);
  return [state?.state, open?.state, calendar?.attributes.supported_features];
}

/**
 * @param {Hass} hass
 * @param {string} deviceId
 */
function nameOf(hass, deviceId) {
  const device = hass.devices[deviceId];
  return device?.name_by_user ?? device?.name ?? "";
}

/**
 * Return whether what the user is asked can still be done: not to withdraw a request that was approved meanwhile.
 * @param {Question | undefined} question
 * @param {Offer} offer
 */
function isOffered(question, { choices, own }) {
  if (!question) return false;
  if (question.kind === "book") {
    return choices.some(({ minutes, taken }) => minutes === question.minutes && !taken);
  }
  return question.bookingId === own?.booking_id && question.kind === endingOf(own);
}
