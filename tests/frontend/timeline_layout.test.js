// @ts-check
import { describe, expect, it } from "vitest";

import {
  fraction,
  layOut,
  mergeBookings,
  mergeUses,
  splitUse,
  startOfDay,
  ticksOf,
  windowOf,
} from "../../custom_components/meeting_rooms/frontend/timeline_layout.js";

const HOUR = 3_600_000;
const SHANGHAI = "Asia/Shanghai";

/** @param {string} clock a time of 2026-11-27 in Shanghai, "24:30" is the next day */
function at(clock) {
  const [hours, minutes] = clock.split(":").map(Number);
  return Date.parse("2026-11-27T00:00:00+08:00") + hours * HOUR + minutes * 60_000;
}

/**
 * @param {string} start
 * @param {string} end
 * @param {{ tentative?: boolean, title?: string | null }} [values]
 */
const booking = (start, end, { tentative = false, title = null } = {}) => ({
  start: at(start),
  end: at(end),
  tentative,
  booking_id: null,
  title,
});

/** @param {{ start: number, end: number }} shown */
const clocks = ({ start, end }) => [start, end].map((time) => new Date(time).toISOString());

describe("the window", () => {
  it.each([
    ["12:00", 8, "11:30", "19:30"],
    ["12:29", 8, "11:30", "19:30"],
    ["12:30", 8, "12:00", "20:00"],
    ["12:07", 2, "11:30", "13:30"],
    ["23:50", 4, "23:30", "27:30"],
  ])("from now at %s has %d hours from %s to %s", (now, hours, start, end) => {
    const shown = windowOf(at(now), { hours, start: "now" }, SHANGHAI);
    expect(shown).toEqual({ start: at(start), end: at(end) });
  });

  it.each([
    ["12:00", 10, "8:00", "18:00"],
    ["12:00", 24, "0:00", "24:00"],
    ["12:00", 20, "4:00", "24:00"],
    ["6:30", 8, "6:00", "14:00"],
    ["17:20", 8, "16:00", "24:00"],
    ["15:59", 8, "8:00", "16:00"],
  ])("of the working day at %s has %d hours from %s to %s", (now, hours, start, end) => {
    const shown = windowOf(at(now), { hours, start: "day" }, SHANGHAI);
    expect(shown).toEqual({ start: at(start), end: at(end) });
  });

  it("begins at a half hour of the zone, which may be a quarter of UTC's", () => {
    const shown = windowOf(at("12:10"), { hours: 8, start: "now" }, "Asia/Kathmandu");
    expect(clocks(shown)).toEqual(["2026-11-27T03:15:00.000Z", "2026-11-27T11:15:00.000Z"]);
  });

  it.each([
    ["2026-03-29T10:00:00Z", "2026-03-29T06:00:00.000Z"],
    ["2026-10-25T10:00:00Z", "2026-10-25T07:00:00.000Z"],
  ])("of a day with a change of the clock begins at eight: %s", (now, start) => {
    const shown = windowOf(Date.parse(now), { hours: 10, start: "day" }, "Europe/Berlin");
    expect(clocks(shown)[0]).toBe(start);
  });

  it("is in the browser's zone without another", () => {
    const now = new Date(2026, 10, 27, 12, 0).getTime();
    const { start } = windowOf(now, { hours: 10, start: "day" }, undefined);
    expect(new Date(start).getHours()).toBe(8);
  });

  it("has the present moment at any time of a day", () => {
    for (let now = at("0:00"); now < at("24:00"); now += 10 * 60_000) {
      for (const hours of [2, 3, 8, 15, 24]) {
        for (const start of /** @type {const} */ (["now", "day"])) {
          const shown = windowOf(now, { hours, start }, SHANGHAI);
          expect(shown.start).toBeLessThanOrEqual(now);
          expect(shown.end).toBeGreaterThan(now);
          expect(shown.end - shown.start).toBe(hours * HOUR);
        }
      }
    }
  });
});

describe("the hours", () => {
  it("are the full ones, and know midnight", () => {
    const ticks = ticksOf({ start: at("22:30"), end: at("25:30") }, SHANGHAI);
    expect(ticks.map((tick) => tick.at)).toEqual([at("23:00"), at("24:00"), at("25:00")]);
    expect(ticks.map((tick) => tick.midnight)).toEqual([false, true, false]);
    expect(ticks[0].position).toBeCloseTo(1 / 6);
  });

  it.each([
    ["2026-03-29T00:00:00+01:00", 23],
    ["2026-10-25T00:00:00+02:00", 24],
  ])("of a day with a change of the clock are each shown once: %s", (start, count) => {
    const begin = Date.parse(start);
    const ticks = ticksOf({ start: begin, end: begin + count * HOUR }, "Europe/Berlin");
    expect(new Set(ticks.map((tick) => tick.at)).size).toBe(ticks.length);
    expect(ticks.length).toBeGreaterThanOrEqual(23);
  });
});

describe("bookings", () => {
  it("that overlap are one, with all titles once", () => {
    const merged = mergeBookings([
      booking("10:30", "12:00", { title: "B" }),
      booking("10:00", "11:00", { title: "A" }),
      booking("11:30", "11:45", { title: "A" }),
    ]);
    expect(merged).toEqual([{ start: at("10:00"), end: at("12:00"), titles: ["A", "B"] }]);
  });

  it("that follow each other stay apart", () => {
    expect(mergeBookings([booking("10:00", "11:00"), booking("11:00", "12:00")])).toHaveLength(2);
  });
});

describe("uses", () => {
  it("are united where their gap cannot be seen", () => {
    const uses = [
      { start: at("10:00"), end: at("10:20") },
      { start: at("10:21"), end: at("10:40") },
      { start: at("10:50"), end: null },
    ];
    expect(mergeUses(uses, 2 * 60_000)).toEqual([
      { start: at("10:00"), end: at("10:40") },
      { start: at("10:50"), end: null },
    ]);
  });

  it("are split at the bookings", () => {
    const booked = mergeBookings([booking("10:00", "11:00"), booking("12:00", "13:00")]);
    const pieces = splitUse({ start: at("9:50"), end: at("11:20") }, booked, at("14:00"));
    expect(pieces.map(({ kind, start, end }) => [kind, start, end])).toEqual([
      ["unbooked", at("9:50"), at("10:00")],
      ["used", at("10:00"), at("11:00")],
      ["over", at("11:00"), at("11:20")],
    ]);
  });

  it("go on until now, or begin now by a clock that is slow", () => {
    const open = { start: at("10:00"), end: null };
    expect(splitUse(open, [], at("10:30")).at(-1)).toMatchObject({ kind: "unbooked", end: null });
    expect(splitUse(open, [], at("9:59"))).toHaveLength(1);
  });

  it("are only uses where bookings are not known", () => {
    const [piece] = splitUse({ start: at("10:00"), end: at("11:00") }, null, at("12:00"));
    expect(piece.kind).toBe("used");
  });
});

describe("a row", () => {
  const shown = { start: at("10:00"), end: at("14:00") };

  it("has positions as parts of the window, and nothing from outside", () => {
    const bookings = [
      booking("8:00", "9:00"),
      booking("9:00", "11:00"),
      booking("12:00", "13:00", { title: "A" }),
      booking("13:30", "15:00", { tentative: true }),
      booking("14:00", "15:00"),
    ];
    const { bookings: bars, unknown } = layOut(
      { bookings, used: [] },
      shown,
      at("11:30"),
      at("0:00"),
    );
    expect(unknown).toBe(false);
    expect(bars.map(({ kind, position, size }) => [kind, position, size])).toEqual([
      ["booked", 0, 0.25],
      ["booked", 0.5, 0.25],
      ["requested", 0.875, 0.125],
    ]);
    expect(bars[1].titles).toEqual(["A"]);
    expect(bars[0].start).toBe(at("9:00"));
  });

  it("shows a use that goes on until now", () => {
    const used = [{ start: at("10:30"), end: null }];
    const { uses } = layOut({ bookings: [], used }, shown, at("11:30"), at("0:00"));
    expect(uses).toMatchObject([{ kind: "unbooked", position: 0.125, size: 0.25, open: true }]);
  });

  it("is not known before the start of the day", () => {
    const [now, midnight] = [at("24:10"), at("24:00")];
    const night = { start: at("23:00"), end: at("27:00") };
    const bookings = [booking("23:30", "24:30")];
    const row = layOut({ bookings, used: [] }, night, now, midnight);
    expect(row.past).toMatchObject([{ kind: "unknown", end: midnight, position: 0, size: 0.25 }]);
    expect(row.bookings).toMatchObject([{ kind: "booked", position: 0.125, size: 0.25 }]);
  });

  it("knows that bookings are not known", () => {
    expect(layOut({ bookings: null, used: [] }, shown, at("11:30"), at("0:00"))).toEqual({
      unknown: true,
      past: [],
      bookings: [],
      uses: [],
    });
  });
});

it.each([
  ["2026-11-27T00:00:00+08:00", SHANGHAI, "2026-11-26T16:00:00.000Z"],
  ["2026-11-27T23:59:00+08:00", SHANGHAI, "2026-11-26T16:00:00.000Z"],
  ["2026-10-25T12:00:00+01:00", "Europe/Berlin", "2026-10-24T22:00:00.000Z"],
])("has the start of the day at %s in %s", (now, zone, start) => {
  expect(new Date(startOfDay(Date.parse(now), zone)).toISOString()).toBe(start);
});

it("has each moment within the window", () => {
  const shown = { start: 100, end: 200 };
  expect([50, 100, 150, 200, 250].map((moment) => fraction(shown, moment))).toEqual([
    0, 0, 0.5, 1, 1,
  ]);
});
