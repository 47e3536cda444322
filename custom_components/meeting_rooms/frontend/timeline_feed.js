// @ts-check
/** The timelines of the rooms, kept up to date by one subscription. */

/** @import { Connection } from "./types.d.ts" */

/**
 * A booking; its ID is there if it was made in Home Assistant and the user may release it.
 * @typedef {{ start: number, end: number, tentative: boolean, booking_id: string | null, title: string | null }} TimelineBooking
 */

/**
 * The bookings of a room, null while they are not known, and its uses; times are milliseconds.
 * @typedef {object} RoomTimeline
 * @property {TimelineBooking[] | null} bookings
 * @property {{ start: number, end: number | null }[]} used
 */

/** @typedef {{ rooms: Record<string, RoomTimeline>, removed?: string[] }} TimelineEvent */

/**
 * @typedef {object} Listener
 * @property {(changed: string[] | null) => void} onChange with the entities that changed, null for all
 * @property {() => void} onError
 */

/** How long after a failure to subscribe again: Home Assistant may be starting. */
const RETRY = 10_000;

export class TimelineFeed {
  /** The timelines by availability entity. @type {Map<string, RoomTimeline>} */
  rooms = new Map();
  /** @type {Connection} */
  #connection;
  /** @type {object} */
  #message;
  /** @type {Listener} */
  #listener;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  /** @type {(() => void | Promise<void>) | undefined} */
  #unsubscribe;
  /** The number of the latest attempt; events of earlier ones are ignored. */
  #attempt = 0;

  /**
   * @param {Connection} connection
   * @param {string[] | undefined} entityIds all rooms if left out
   * @param {Listener} listener
   */
  constructor(connection, entityIds, listener) {
    this.#connection = connection;
    this.#listener = listener;
    const choice = entityIds && { entity_ids: entityIds };
    this.#message = { type: "meeting_rooms/timeline/subscribe", ...choice };
  }

  start() {
    this.#connection.addEventListener("ready", this.#subscribe);
    this.#subscribe();
  }

  stop() {
    this.#connection.removeEventListener("ready", this.#subscribe);
    clearTimeout(this.#retry);
    this.#attempt += 1;
    if (this.#unsubscribe) end(this.#unsubscribe);
    this.#unsubscribe = undefined;
  }

  /**
   * Subscribe, also when Home Assistant is there again. The connection would do that only once, and too early: the
   * integration is loaded a little later.
   */
  #subscribe = async () => {
    clearTimeout(this.#retry);
    // The subscription of before is gone with its connection.
    this.#unsubscribe = undefined;
    this.#attempt += 1;
    const attempt = this.#attempt;
    let first = true;
    try {
      const unsubscribe = await this.#connection.subscribeMessage(
        (/** @type {TimelineEvent} */ event) => {
          if (attempt === this.#attempt) this.#receive(event, first);
          first = false;
        },
        this.#message,
        { resubscribe: false },
      );
      if (attempt === this.#attempt) this.#unsubscribe = unsubscribe;
      else end(unsubscribe);
    } catch {
      if (attempt !== this.#attempt) return;
      this.#retry = setTimeout(this.#subscribe, RETRY);
      this.#listener.onError();
    }
  };

  /**
   * @param {TimelineEvent} event
   * @param {boolean} first
   */
  #receive({ rooms, removed = [] }, first) {
    if (first) this.rooms.clear();
    for (const entity of removed) this.rooms.delete(entity);
    for (const [entity, timeline] of Object.entries(rooms)) {
      this.rooms.set(entity, inMilliseconds(timeline));
    }
    this.#listener.onChange(first ? null : [...Object.keys(rooms), ...removed]);
  }
}

/**
 * End a subscription, which is gone already after a lost connection.
 * @param {() => void | Promise<void>} unsubscribe
 */
async function end(unsubscribe) {
  try {
    await unsubscribe();
  } catch {
    // Home Assistant was started again since.
  }
}

/**
 * @param {RoomTimeline} timeline
 * @returns {RoomTimeline}
 */
function inMilliseconds({ bookings, used }) {
  return {
    bookings:
      bookings &&
      bookings.map((each) => ({ ...each, start: each.start * 1000, end: each.end * 1000 })),
    used: used.map(({ start, end }) => ({ start: start * 1000, end: end && end * 1000 })),
  };
}
