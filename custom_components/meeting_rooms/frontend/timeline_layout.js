// @ts-check
/** Where bookings and uses are on a timeline: fractions of a window of time. All times are milliseconds. */

/** @import { RoomTimeline } from "./timeline_feed.js" */

/** @typedef {{ start: number, end: number }} Window */
/** @typedef {{ start: number, end: number, titles: string[] }} Booked */
/** @typedef {{ start: number, end: number | null }} Used */
/** @typedef {"booked" | "requested" | "used" | "over" | "unbooked" | "unknown"} BarKind */

/**
 * A part of a row; `position` and `size` are fractions of the window.
 * @typedef {object} Bar
 * @property {BarKind} kind
 * @property {number} start
 * @property {number | null} end null while the room is used
 * @property {string[]} titles
 * @property {number} position
 * @property {number} size
 * @property {boolean} open whether it goes on until now
 */

/** @typedef {{ kind: BarKind, start: number, end: number | null, titles: string[] }} Piece */
/** @typedef {{ unknown: boolean, past: Bar[], bookings: Bar[], uses: Bar[] }} RowLayout `past` is before all that is known */
/** @typedef {{ at: number, position: number, midnight: boolean }} Tick */

const MINUTE = 60_000;
const HALF_HOUR = 30 * MINUTE;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The least part of the window that is past. */
const PAST = 1 / 16;
/** The working day begins at eight. */
const MORNING = 8;
/** Uses whose gap is not wider than this part of the window are one. */
const SAME_USE = 1 / 240;

/** @type {Map<string, Intl.DateTimeFormat>} */
const CLOCKS = new Map();

/**
 * Return how much the time of a zone is ahead of UTC.
 * @param {string | undefined} zone undefined is that of the browser
 * @param {number} at
 */
function offsetOf(zone, at) {
  if (!zone) return -new Date(at).getTimezoneOffset() * MINUTE;
  let clock = CLOCKS.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    CLOCKS.set(zone, clock);
  }
  /** @type {Record<string, number>} */
  const parts = {};
  for (const { type, value } of clock.formatToParts(at)) parts[type] = Number(value);
  const local = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
  return local - Math.floor(at / MINUTE) * MINUTE;
}

/**
 * Return the moment of a local time, which is written as if it were UTC.
 * @param {string | undefined} zone
 * @param {number} local
 */
function fromLocal(zone, local) {
  const near = local - offsetOf(zone, local);
  return local - offsetOf(zone, near);
}

/**
 * Return the part of time that is shown, always with the present moment: the next hours and a little of the past, from
 * a full or half hour on, or the working day.
 * @param {number} now
 * @param {{ hours: number, start: "now" | "day" }} options
 * @param {string | undefined} zone
 * @returns {Window}
 */
export function windowOf(now, { hours, start }, zone) {
  const length = hours * HOUR;
  const local = now + offsetOf(zone, now);
  if (start === "now") {
    const past = length * PAST;
    const begin = now - past - ((local - past) % HALF_HOUR);
    return { start: begin, end: begin + length };
  }
  const midnight = local - (local % DAY);
  const latest = 24 - hours;
  const begin = fromLocal(zone, midnight + Math.min(MORNING, latest) * HOUR);
  if (begin <= now && now < begin + length) return { start: begin, end: begin + length };
  const hour = Math.min(Math.floor((local % DAY) / HOUR), latest);
  const shifted = fromLocal(zone, midnight + hour * HOUR);
  return { start: shifted, end: shifted + length };
}

/**
 * Return the start of a day: bookings and uses are known from the start of Home Assistant's day on.
 * @param {number} now
 * @param {string | undefined} zone
 */
export function startOfDay(now, zone) {
  const local = now + offsetOf(zone, now);
  return fromLocal(zone, local - (local % DAY));
}

/**
 * Return the full hours of a window.
 * @param {Window} shown
 * @param {string | undefined} zone
 * @returns {Tick[]}
 */
export function ticksOf(shown, zone) {
  /** @type {Tick[]} */
  const ticks = [];
  const first = shown.start + offsetOf(zone, shown.start);
  for (let local = Math.ceil(first / HOUR) * HOUR; ; local += HOUR) {
    const at = fromLocal(zone, local);
    if (at >= shown.end) return ticks;
    if (at >= shown.start && at !== ticks.at(-1)?.at) {
      ticks.push({ at, position: fraction(shown, at), midnight: local % DAY === 0 });
    }
  }
}

/**
 * Return where a moment is in a window, from 0 to 1.
 * @param {Window} shown
 * @param {number} at
 */
export function fraction(shown, at) {
  return Math.min(Math.max((at - shown.start) / (shown.end - shown.start), 0), 1);
}

/**
 * Return the layout of a room's row.
 * @param {RoomTimeline} timeline
 * @param {Window} shown
 * @param {number} now
 * @param {number} known from when on bookings and uses are known
 * @returns {RowLayout}
 */
export function layOut({ bookings, used }, shown, now, known) {
  const reserved = mergeBookings((bookings ?? []).filter(({ tentative }) => !tentative));
  const requested = (bookings ?? []).filter(({ tentative }) => tentative);
  const gap = (shown.end - shown.start) * SAME_USE;
  const uses = mergeUses(used, gap).flatMap((use) => splitUse(use, bookings && reserved, now));
  return {
    unknown: bookings === null,
    past: bookings ? place([piece("unknown", shown.start, known)], shown, now) : [],
    bookings: [
      ...place(
        requested.map(({ start, end, title }) => piece("requested", start, end, [title])),
        shown,
        now,
      ),
      ...place(
        reserved.map(({ start, end, titles }) => piece("booked", start, end, titles)),
        shown,
        now,
      ),
    ].sort((a, b) => a.start - b.start),
    uses: place(uses, shown, now),
  };
}

/**
 * Unite bookings that overlap; one that begins when another ends stays apart.
 * @param {{ start: number, end: number, title: string | null }[]} bookings
 * @returns {Booked[]}
 */
export function mergeBookings(bookings) {
  /** @type {Booked[]} */
  const merged = [];
  for (const { start, end, title } of [...bookings].sort((a, b) => a.start - b.start)) {
    const titles = title ? [title] : [];
    const last = merged.at(-1);
    if (last && start < last.end) {
      last.end = Math.max(last.end, end);
      last.titles.push(...titles.filter((each) => !last.titles.includes(each)));
    } else {
      merged.push({ start, end, titles });
    }
  }
  return merged;
}

/**
 * Unite uses whose gap cannot be seen.
 * @param {Used[]} uses in their order
 * @param {number} gap
 * @returns {Used[]}
 */
export function mergeUses(uses, gap) {
  /** @type {Used[]} */
  const merged = [];
  for (const { start, end } of uses) {
    const last = merged.at(-1);
    if (last && last.end !== null && start - last.end <= gap) last.end = end;
    else merged.push({ start, end });
  }
  return merged;
}

/**
 * Split a use at the bookings: within one, after it without a break, and without any booking.
 * @param {Used} use
 * @param {Booked[] | null} bookings null where they are not known
 * @param {number} now
 * @returns {Piece[]}
 */
export function splitUse({ start, end }, bookings, now) {
  const last = Math.max(end ?? now, start);
  const overlapping = (bookings ?? []).filter((each) => each.end > start && each.start < last);
  /** @type {Piece[]} */
  const pieces = [];
  /** @type {BarKind} */
  let outside = bookings ? "unbooked" : "used";
  let from = start;
  for (const booking of overlapping) {
    if (booking.start > from) pieces.push(piece(outside, from, booking.start));
    const until = Math.min(booking.end, last);
    pieces.push(piece("used", Math.max(from, booking.start), until));
    from = until;
    outside = "over";
  }
  if (from < last || pieces.length === 0) pieces.push(piece(outside, from, last));
  if (end === null) pieces[pieces.length - 1].end = null;
  return pieces;
}

/**
 * @param {BarKind} kind
 * @param {number} start
 * @param {number} end
 * @param {(string | null)[]} [titles]
 * @returns {Piece}
 */
function piece(kind, start, end, titles = []) {
  return { kind, start, end, titles: titles.filter((title) => title !== null) };
}

/**
 * Place pieces in a window, without those outside of it.
 * @param {Piece[]} pieces
 * @param {Window} shown
 * @param {number} now
 * @returns {Bar[]}
 */
function place(pieces, shown, now) {
  return pieces
    .filter(({ start, end }) => start < shown.end && (end === null || end > shown.start))
    .map((each) => {
      const position = fraction(shown, each.start);
      const size = Math.max(fraction(shown, each.end ?? now) - position, 0);
      return { ...each, position, size, open: each.end === null };
    });
}
