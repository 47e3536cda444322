// @ts-check
/** What can be booked or released in a room now. */

/** @import { TimelineBooking } from "./timeline_feed.js" */

/**
 * How long the room can be booked for, and the step that the vendor's bookings start and end on; both in minutes.
 * @typedef {object} BookingRules
 * @property {number[]} minutes
 * @property {number | null} step
 */

/**
 * A booking that can be made now.
 * @typedef {object} Choice
 * @property {number} minutes
 * @property {number} start
 * @property {number} end
 * @property {boolean} taken whether another booking is within it
 */

/**
 * How a booking is ended: a request that waits for an approval is withdrawn.
 * @typedef {"release" | "withdraw"} Ending
 */

const MINUTE = 60_000;
/** The states of the availability in which a room can be booked. */
const BOOKABLE = new Set(["free", "starting_soon"]);

/**
 * Return the bookings that can be made now.
 * @param {string | undefined} availability
 * @param {BookingRules} rules
 * @param {TimelineBooking[] | null} bookings null while they are not known
 * @param {number} now
 * @returns {Choice[]}
 */
export function choicesOf(availability, { minutes, step }, bookings, now) {
  if (!BOOKABLE.has(availability ?? "")) return [];
  const reserved = (bookings ?? []).filter(({ tentative }) => !tentative);
  return minutes.map((length) => {
    const { start, end } = spanOf(now, length, step);
    const taken = reserved.some((booking) => booking.start < end && booking.end > start);
    return { minutes: length, start, end, taken };
  });
}

/**
 * Return the span that a booking from now on gets: a vendor with a step widens it to full steps, which are those of UTC.
 * @param {number} now
 * @param {number} minutes
 * @param {number | null} step
 */
function spanOf(now, minutes, step) {
  const end = now + minutes * MINUTE;
  if (!step) return { start: now, end };
  const size = step * MINUTE;
  return { start: Math.floor(now / size) * size, end: Math.ceil(end / size) * size };
}

/**
 * Return the present booking, if the user may release it.
 * @param {TimelineBooking[] | null} bookings
 * @param {number} now
 */
export function ownBooking(bookings, now) {
  return bookings?.findLast(({ booking_id: id, start, end }) => id && start <= now && now < end);
}

/**
 * Return how the present booking is ended.
 * @param {TimelineBooking | undefined} own
 * @returns {Ending}
 */
export function endingOf(own) {
  return own?.tentative ? "withdraw" : "release";
}
