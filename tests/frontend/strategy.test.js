// @ts-check
import { describe, expect, it } from "vitest";

import { DashboardStrategy } from "../../custom_components/meeting_rooms/frontend/strategy.js";
import { ViewStrategy } from "../../custom_components/meeting_rooms/frontend/views.js";
import { addArea, addEntity, addFloor, addRoom, emptyHass } from "./house.js";

/** @import { Hass } from "../../custom_components/meeting_rooms/frontend/types.d.ts" */

const TYPE = "custom:meeting_rooms";

/** The platform and key of each entity that the views use. */
const KEYS = [
  "sensor.status",
  "sensor.next_meeting_start",
  "sensor.problem_reason",
  "sensor.not_ready_reason",
  "sensor.cpu_usage",
  "sensor.utilization",
  "sensor.no_shows",
  "binary_sensor.problem",
  "binary_sensor.not_ready",
  "binary_sensor.online",
  "calendar.bookings",
];

/**
 * Return two rooms with all entities on different floors, and one with few of another account.
 * @param {Partial<Hass>} [changes]
 */
function house(changes) {
  const hass = emptyHass(changes);
  addFloor(hass, "ground", "Ground", 0);
  addFloor(hass, "first", "First", 1);
  addArea(hass, "south", "South", "ground");
  addArea(hass, "north", "North", "first");
  addRoom(hass, "b", { name: "B", area: "north", keys: KEYS });
  addRoom(hass, "a", { name: "A", area: "south", keys: KEYS });
  addRoom(hass, "c", { name: "C", account: "quanshi" });
  for (const account of ["account", "quanshi"]) {
    hass.devices[`d_${account}`] = {
      id: `d_${account}`,
      name: `Name of ${account}`,
      config_entries: [account],
    };
    const keys = ["rooms_free", "utilization", "no_shows", "calls_today", "budget_used"];
    for (const key of [...keys, "oldest_reading"]) addEntity(hass, `d_${account}`, "sensor", key);
  }
  hass.devices.panel = { id: "panel", name: "A Panel", via_device_id: "a" };
  addEntity(hass, "panel", "binary_sensor", "online");
  return hass;
}

/**
 * @param {Record<string, unknown>} [options]
 * @param {Hass} [hass]
 * @returns {Promise<any>}
 */
const dashboard = (options = {}, hass = house()) =>
  DashboardStrategy.generate({ type: TYPE, ...options }, hass);

/**
 * @param {any} options
 * @param {Hass} [hass]
 * @returns {Promise<any>}
 */
const view = (options, hass = house()) => ViewStrategy.generate({ type: TYPE, ...options }, hass);

/** @param {any} built */
const cardsOf = (built) => built.sections.flatMap((/** @type {any} */ { cards }) => cards);

/** @param {any} built */
const headings = (built) => built.sections.map((/** @type {any} */ { cards }) => cards[0].heading);

/**
 * @param {any} built
 * @param {string} heading
 */
const cardsUnder = (built, heading) =>
  built.sections.find((/** @type {any} */ { cards }) => cards[0].heading === heading)?.cards;

/** @param {any} built */
const paths = (built) => built.views.map((/** @type {any} */ { path }) => path);

/** @param {any} card */
const groups = (card) =>
  card.groups.map((/** @type {any} */ { title, entities }) => [title, entities.length]);

describe("the dashboard", () => {
  it("has all views by default, and one for each room", async () => {
    const built = await dashboard();
    expect(paths(built)).toEqual(["board", "timeline", "operations", "room-a", "room-b", "room-c"]);
    expect(built.views.map((/** @type {any} */ { title }) => title)).toEqual([
      "Board",
      "Timeline",
      "Operations",
      "A",
      "B",
      "C",
    ]);
  });

  it("shows the views of rooms as sub-views only", async () => {
    const { views } = await dashboard();
    expect(views.filter((/** @type {any} */ { subview }) => subview)).toHaveLength(3);
  });

  it.each([
    [{ views: ["timeline"] }, ["timeline"]],
    [{ views: ["room", "board"] }, ["board", "room-a", "room-b", "room-c"]],
    [{ wall: true }, ["board"]],
    [{ floors: ["first"] }, ["board", "timeline", "operations", "room-b"]],
    [{ accounts: ["quanshi"], areas: null }, ["board", "timeline", "operations", "room-c"]],
  ])("with %j has the views %j", async (options, expected) => {
    expect(paths(await dashboard(options))).toEqual(expected);
  });

  it("hands its options to its views", async () => {
    const { views } = await dashboard({ group_by: "area", show_titles: true, free_first: true });
    expect(views[0].strategy).toEqual({
      type: TYPE,
      view: "board",
      subviews: true,
      group_by: "area",
      show_titles: true,
      free_first: true,
    });
    expect(views[3].strategy).toEqual({
      type: TYPE,
      view: "room",
      device_id: "a",
      show_titles: true,
    });
  });

  it.each([
    [{ group_by: "room" }, 'Option `group_by`: wrong value "room"'],
    [{ views: [] }, "Option `views`: wrong value []"],
    [{ views: ["map"] }, 'Option `views`: wrong value ["map"]'],
    [{ areas: "north" }, 'Option `areas`: wrong value "north"'],
    [{ floors: [1] }, "Option `floors`: wrong value [1]"],
    [{ wall: "yes" }, 'Option `wall`: wrong value "yes"'],
    [{ groupby: "floor" }, "Option `groupby` does not exist"],
  ])("with %j says what is wrong", async (options, message) => {
    const { views } = await dashboard(options);
    expect(views).toHaveLength(1);
    expect(views[0].cards[0].content).toContain(message);
  });

  it("speaks the user's language", async () => {
    const hass = house({ language: "zh-Hans" });
    expect((await dashboard({}, hass)).views[0].title).toBe("看板");
    expect(DashboardStrategy.getCreateSuggestions(hass).title).toBe("会议室");
  });
});

describe("the view of the board", () => {
  it("has a group for each floor, and one for the other rooms", async () => {
    const [board] = cardsOf(await view({ view: "board", subviews: true }));
    expect(groups(board)).toEqual([
      ["Ground", 1],
      ["First", 1],
      ["Other rooms", 1],
    ]);
    expect(board).toMatchObject({ free_first: false, wall: false, subviews: true, alerts: true });
  });

  it("can be grouped by building, from the vendor's places", async () => {
    const place = { city: null, building: "Tower", floor: "3F", account: null };
    const hass = house({ callWS: async () => /** @type {any} */ ({ a: place, c: place }) });
    const [board] = cardsOf(await view({ view: "board", group_by: "building" }, hass));
    expect(groups(board)).toEqual([
      ["Tower", 2],
      ["Other rooms", 1],
    ]);
  });

  it("has one group where no place is known", async () => {
    const hass = emptyHass();
    addRoom(hass, "a");
    expect(groups(cardsOf(await view({ view: "board" }, hass))[0])).toEqual([["Meeting rooms", 1]]);
  });

  it("says when there are no rooms", async () => {
    const { cards } = await view({ view: "board", areas: ["none"] });
    expect(cards[0].content).toContain("No meeting rooms");
  });
});

describe("the view of the timeline", () => {
  it("has the rooms of the board in its order, without titles by default", async () => {
    const { cards } = await view({ view: "timeline", free_first: true });
    expect(cards).toEqual([
      {
        type: "custom:meeting-rooms-timeline",
        entities: ["sensor.a_availability", "sensor.b_availability", "sensor.c_availability"],
        show_titles: false,
      },
    ]);
  });
});

describe("the view of a room", () => {
  it("shows all that is known of it", async () => {
    const built = await view({ view: "room", device_id: "a" });
    expect(headings(built)).toEqual([
      "Now",
      "Bookings",
      "Last 24 hours",
      "Devices",
      "Utilization in 30 days",
    ]);
    const tiles = cardsUnder(built, "Devices").map((/** @type {any} */ { entity }) => entity);
    expect(tiles).toContain("binary_sensor.panel_online");
  });

  it("offers to book the room, below its state", async () => {
    const [, board, booking] = cardsUnder(await view({ view: "room", device_id: "a" }), "Now");
    expect(board.type).toBe("custom:meeting-rooms-board");
    expect(booking).toEqual({ type: "custom:meeting-rooms-booking", device_id: "a" });
  });

  it("shows when the state changes only while that is known", async () => {
    const cards = cardsUnder(await view({ view: "room", device_id: "a" }), "Now");
    for (const entity of ["sensor.a_until", "sensor.a_next_meeting_start"]) {
      const card = cards.find((/** @type {any} */ each) => each.entity === entity);
      expect(card.visibility).toEqual([
        { condition: "state", entity, state_not: ["unknown", "unavailable"] },
      ]);
    }
  });

  it("leaves out what the vendor does not report", async () => {
    const built = await view({ view: "room", device_id: "c" });
    expect(headings(built)).toEqual(["Now", "Last 24 hours"]);
    expect(cardsUnder(built, "Last 24 hours")[1].entities).toEqual(["sensor.c_availability"]);
  });

  it("shows a reason only while there is one", async () => {
    const built = await view({ view: "room", device_id: "a" });
    const reason = cardsOf(built).find(
      (/** @type {any} */ { entity }) => entity === "sensor.a_not_ready_reason",
    );
    expect(reason.visibility).toEqual([
      { condition: "state", entity: "binary_sensor.a_not_ready", state: "on" },
    ]);
  });

  it("lists bookings with their titles only if asked to", async () => {
    const types = async (/** @type {boolean} */ show_titles) =>
      cardsUnder(await view({ view: "room", device_id: "a", show_titles }), "Bookings").map(
        (/** @type {any} */ { type }) => type,
      );
    expect(await types(false)).toEqual(["heading", "custom:meeting-rooms-timeline"]);
    expect(await types(true)).toEqual(["heading", "custom:meeting-rooms-timeline", "calendar"]);
  });

  it("says when the room was removed", async () => {
    const { cards } = await view({ view: "room", device_id: "removed" });
    expect(cards[0].content).toContain("does not exist");
  });
});

describe("the view of operations", () => {
  it("has what needs attention first", async () => {
    expect(headings(await view({ view: "operations" }))).toEqual([
      "Not ready",
      "Offline",
      "Problems",
      "Accounts",
      "Utilization in 30 days",
      "No-shows in 30 days",
      "Connectivity in the last week",
    ]);
  });

  it("lists the rooms with a reason by the name of the room", async () => {
    const [, filter] = cardsUnder(await view({ view: "operations" }), "Not ready");
    expect(filter).toMatchObject({
      type: "entity-filter",
      show_empty: false,
      conditions: [{ condition: "state", state_not: ["none", "unknown", "unavailable"] }],
      entities: [
        { entity: "sensor.a_not_ready_reason", name: "A" },
        { entity: "sensor.b_not_ready_reason", name: "B" },
      ],
    });
  });

  it("lists offline rooms by place", async () => {
    const [, ...filters] = cardsUnder(await view({ view: "operations" }), "Offline");
    expect(filters.map((/** @type {any} */ { card }) => card.title)).toEqual(["Ground", "First"]);
  });

  it("shows the accounts of its rooms", async () => {
    const built = await view({ view: "operations", accounts: ["quanshi"] });
    const names = cardsUnder(built, "Accounts").map((/** @type {any} */ card) => card.heading);
    expect(names).toContain("Name of quanshi");
    expect(names).not.toContain("Name of account");
  });

  it("draws at most eight rooms in one graph", async () => {
    const hass = emptyHass();
    for (let n = 0; n < 18; n += 1) addRoom(hass, `r${n}`, { keys: ["sensor.utilization"] });
    const [, ...graphs] = cardsUnder(
      await view({ view: "operations" }, hass),
      "Utilization in 30 days",
    );
    expect(graphs.map((/** @type {any} */ { entities }) => entities.length)).toEqual([6, 6, 6]);
    expect(graphs.map((/** @type {any} */ { title }) => title)).toEqual([
      "Meeting rooms · 1/3",
      "Meeting rooms · 2/3",
      "Meeting rooms · 3/3",
    ]);
  });

  it("names the lines of the accounts after them", async () => {
    const built = await view({ view: "operations" });
    const [, graph] = cardsUnder(built, "Utilization in 30 days");
    expect(graph.entities).toEqual([
      { entity: "sensor.d_account_utilization", name: "Name of account" },
      { entity: "sensor.d_quanshi_utilization", name: "Name of quanshi" },
    ]);
  });

  it.each([
    [true, ["/config/repairs"]],
    [false, []],
  ])("leads to the repairs for an administrator (%s)", async (is_admin, expected) => {
    const built = await view({ view: "operations" }, house({ user: { is_admin } }));
    const targets = cardsOf(built).flatMap(
      (/** @type {any} */ card) => card.tap_action?.navigation_path ?? [],
    );
    expect(targets).toEqual(expected);
  });

  it("has no section without a card", async () => {
    const hass = emptyHass();
    addRoom(hass, "a");
    expect(headings(await view({ view: "operations" }, hass))).toEqual(["Accounts"]);
  });
});

describe("all views", () => {
  it("depend on the registries alone", async () => {
    const hass = house();
    const build = () =>
      Promise.all(
        ["board", "timeline", "room", "operations"].map((name) =>
          view({ view: name, device_id: "a" }, hass),
        ),
      );
    const before = await build();
    hass.states = {};
    expect(await build()).toEqual(before);
  });
});
