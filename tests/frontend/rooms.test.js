// @ts-check
import { describe, expect, it } from "vitest";

import {
  accountOf,
  entitiesOf,
  filterRooms,
  findAccounts,
  findRooms,
  groupRooms,
  loadPlaces,
} from "../../custom_components/meeting_rooms/frontend/rooms.js";
import { addArea, addEntity, addFloor, addRoom, emptyHass } from "./house.js";

/** @import { RoomGroup } from "../../custom_components/meeting_rooms/frontend/types.d.ts" */

/** Return two floors with two rooms each, and a room without an area. */
function house() {
  const hass = emptyHass();
  addFloor(hass, "first", "First", 1);
  addFloor(hass, "ground", "Ground", 0);
  addArea(hass, "north", "North", "first");
  addArea(hass, "south", "South", "ground");
  addRoom(hass, "r10", { name: "Room 10", area: "north" });
  addRoom(hass, "r9", { name: "Room 9", area: "north", account: "other" });
  addRoom(hass, "r2", { name: "Room 2", area: "south" });
  addRoom(hass, "r1", { name: "Room 1", area: "south" });
  addRoom(hass, "none", { name: "Attic" });
  return hass;
}

/** @param {{ name: string }[]} items */
const names = (items) => items.map(({ name }) => name);

/** @param {RoomGroup[]} groups */
const outline = (groups) => groups.map(({ name, rooms }) => [name, names(rooms)]);

describe("rooms", () => {
  it("are sorted by floor, then by number, and come without a floor last", () => {
    expect(names(findRooms(house()))).toEqual(["Room 1", "Room 2", "Room 9", "Room 10", "Attic"]);
  });

  it("are the devices with an availability entity of this integration", () => {
    const hass = emptyHass();
    addRoom(hass, "ours");
    addRoom(hass, "hidden");
    addRoom(hass, "foreign");
    hass.devices.account = { id: "account", name: "Account" };
    addEntity(hass, "account", "sensor", "rooms_free");
    hass.entities["sensor.hidden_availability"].hidden = true;
    hass.entities["sensor.foreign_availability"].platform = "demo";
    expect(names(findRooms(hass))).toEqual(["ours"]);
    expect(names(/** @type {any} */ (findAccounts(hass)))).toEqual(["Account"]);
  });

  it("have the name that the user gave, and the area of the entity before that of the device", () => {
    const hass = emptyHass();
    addArea(hass, "device", "Device");
    addArea(hass, "entity", "Entity");
    const entity = addRoom(hass, "room", { area: "device" });
    hass.devices.room.name_by_user = "Mine";
    hass.entities[entity].area_id = "entity";
    expect(findRooms(hass)[0]).toMatchObject({ name: "Mine", areaId: "entity", floorId: null });
  });

  it("know their entities by key", () => {
    const hass = emptyHass();
    addRoom(hass, "room", { keys: ["binary_sensor.problem"] });
    expect(entitiesOf(hass, "room").problem).toBe("binary_sensor.room_problem");
    expect(entitiesOf(hass, "another")).toEqual({});
  });

  it.each([
    [{ primary_config_entry: "a", config_entries: ["b"] }, "a"],
    [{ config_entry_id: "a" }, "a"],
    [{ config_entries: ["b"] }, "b"],
    [{}, null],
  ])("know their account in each version of Home Assistant: %j", (device, account) => {
    expect(accountOf({ id: "room", name: "Room", ...device })).toBe(account);
  });
});

describe("a filter", () => {
  it.each([
    [{}, ["Room 1", "Room 2", "Room 9", "Room 10", "Attic"]],
    [{ areas: [] }, ["Room 1", "Room 2", "Room 9", "Room 10", "Attic"]],
    [{ areas: ["north"] }, ["Room 9", "Room 10"]],
    [{ floors: ["ground"] }, ["Room 1", "Room 2"]],
    [{ accounts: ["other"] }, ["Room 9"]],
    [{ entities: ["sensor.none_availability"] }, ["Attic"]],
    [{ floors: ["first"], accounts: ["account"] }, ["Room 10"]],
  ])("%j selects %j", (filter, expected) => {
    expect(names(filterRooms(findRooms(house()), filter))).toEqual(expected);
  });
});

describe("groups", () => {
  const place = { city: "Shenzhen", building: "Tower A", floor: "3F", account: null };

  it("by floor are in the order of the levels, with the rooms without a floor last", () => {
    const hass = house();
    expect(outline(groupRooms(hass, findRooms(hass), "floor"))).toEqual([
      ["Ground", ["Room 1", "Room 2"]],
      ["First", ["Room 9", "Room 10"]],
      ["", ["Attic"]],
    ]);
  });

  it("by area are in the order of their floors", () => {
    const hass = house();
    const groups = groupRooms(hass, findRooms(hass), "area");
    expect(names(groups)).toEqual(["South", "North", ""]);
  });

  it("by building follow the vendor's places", () => {
    const hass = house();
    const places = { r1: place, r10: { ...place, building: "Tower B" }, r2: place };
    expect(outline(groupRooms(hass, findRooms(hass), "building", places))).toEqual([
      ["Shenzhen · Tower A", ["Room 1", "Room 2"]],
      ["Shenzhen · Tower B", ["Room 10"]],
      ["", ["Room 9", "Attic"]],
    ]);
  });

  it("by floor take the vendor's place of a room without a floor", () => {
    const hass = house();
    const groups = groupRooms(hass, findRooms(hass), "floor", { none: place });
    expect(names(groups)).toEqual(["Ground", "First", "Tower A · 3F"]);
  });

  it("have floors without a level after those with one", () => {
    const hass = house();
    hass.floors.ground.level = null;
    expect(names(groupRooms(hass, findRooms(hass), "floor"))).toEqual(["First", "Ground", ""]);
  });

  it("need no places", async () => {
    const hass = emptyHass({ callWS: () => Promise.reject(new Error("unknown command")) });
    expect(await loadPlaces(hass)).toEqual({});
  });
});
