// @ts-check
/** Find, filter, sort and group the rooms, from Home Assistant's registries only. */

/** @import { Device, EntityEntry, GroupBy, Hass, Place, Room, RoomFilter, RoomGroup } from "./types.d.ts" */

/** @typedef {Pick<Hass, "entities" | "devices" | "areas" | "floors" | "locale">} Registries */

/** @type {WeakMap<object, Map<string, Record<string, string>>>} */
const INDEX = new WeakMap();

/**
 * Return the account of a device: the ID of its config entry.
 * @param {Device} device
 */
export function accountOf(device) {
  return (
    device.primary_config_entry ?? device.config_entry_id ?? device.config_entries?.[0] ?? null
  );
}

/**
 * Return the entities of the integration by device, then by translation key.
 * @param {Pick<Hass, "entities">} hass
 */
function entitiesByDevice({ entities }) {
  let devices = INDEX.get(entities);
  if (devices) return devices;
  devices = new Map();
  for (const entity of Object.values(entities)) {
    if (!isOurs(entity)) continue;
    const keys = devices.get(entity.device_id ?? "") ?? {};
    keys[entity.translation_key ?? ""] = entity.entity_id;
    devices.set(entity.device_id ?? "", keys);
  }
  INDEX.set(entities, devices);
  return devices;
}

/** @param {EntityEntry} entity */
function isOurs(entity) {
  return entity.platform === "meeting_rooms" && Boolean(entity.device_id) && !entity.hidden;
}

/**
 * Return the enabled, visible entities of a device by translation key.
 * @param {Pick<Hass, "entities">} hass
 * @param {string} deviceId
 * @returns {Record<string, string | undefined>}
 */
export function entitiesOf(hass, deviceId) {
  return entitiesByDevice(hass).get(deviceId) ?? {};
}

/**
 * Return all rooms, sorted by floor, then by name.
 * @param {Registries} hass
 * @returns {Room[]}
 */
export function findRooms(hass) {
  const rooms = [];
  for (const [deviceId, keys] of entitiesByDevice(hass)) {
    const device = hass.devices[deviceId];
    if (keys.availability && device) rooms.push(makeRoom(hass, keys.availability, device));
  }
  return sortRooms(hass, rooms);
}

/**
 * @param {Registries} hass
 * @param {string} entityId
 * @param {Device} device
 * @returns {Room}
 */
function makeRoom(hass, entityId, device) {
  const areaId = hass.entities[entityId].area_id ?? device.area_id ?? null;
  return {
    entityId,
    deviceId: device.id,
    name: device.name_by_user ?? device.name ?? entityId,
    areaId,
    floorId: (areaId && hass.areas[areaId]?.floor_id) || null,
    accountId: accountOf(device),
  };
}

/**
 * Return the devices of the accounts, which have the entities of all rooms.
 * @param {Pick<Hass, "entities" | "devices">} hass
 * @returns {Device[]}
 */
export function findAccounts(hass) {
  return [...entitiesByDevice(hass)]
    .filter(([deviceId, keys]) => keys.rooms_free && hass.devices[deviceId])
    .map(([deviceId]) => hass.devices[deviceId]);
}

/**
 * Return the rooms that the filter selects.
 * @param {Room[]} rooms
 * @param {RoomFilter} filter
 */
export function filterRooms(rooms, { areas, floors, accounts, entities }) {
  return rooms.filter(
    (room) =>
      selects(areas, room.areaId) &&
      selects(floors, room.floorId) &&
      selects(accounts, room.accountId) &&
      selects(entities, room.entityId),
  );
}

/**
 * @param {string[] | undefined} chosen
 * @param {string | null} id
 */
function selects(chosen, id) {
  return !chosen?.length || (id !== null && chosen.includes(id));
}

/**
 * Load the places of the rooms by device; without them, rooms are grouped by area and floor only.
 * @param {Pick<Hass, "callWS">} hass
 * @param {string[]} [entityIds] all rooms if left out
 * @returns {Promise<Record<string, Place | undefined>>}
 */
export async function loadPlaces(hass, entityIds) {
  const choice = entityIds && { entity_ids: entityIds };
  try {
    return await hass.callWS({ type: "meeting_rooms/places", ...choice });
  } catch {
    return {};
  }
}

/**
 * Group the rooms. Rooms without a floor (or area) in Home Assistant are grouped by the place that their vendor
 * reports; those whose place is not known are the last group, without a name.
 * @param {Registries} hass
 * @param {Room[]} rooms
 * @param {GroupBy} by
 * @param {Record<string, Place | undefined>} [places]
 * @returns {RoomGroup[]}
 */
export function groupRooms(hass, rooms, by, places = {}) {
  /** @type {Map<string, RoomGroup & { rank: number }>} */
  const groups = new Map();
  for (const room of rooms) {
    const { id, name, rank } = groupOf(hass, room, by, places[room.deviceId]);
    const group = groups.get(id) ?? { id, name, rank, rooms: [] };
    group.rooms.push(room);
    groups.set(id, group);
  }
  const names = collator(hass);
  return [...groups.values()]
    .sort((a, b) => compareRanks(a.rank, b.rank) || names.compare(a.name, b.name))
    .map(({ id, name, rooms: members }) => ({ id, name, rooms: members }));
}

/**
 * @param {Registries} hass
 * @param {Room} room
 * @param {GroupBy} by
 * @param {Place | undefined} place
 */
function groupOf(hass, room, by, place) {
  const known = knownPlace(hass, room, by);
  if (known) return { id: `${by}-${known.id}`, name: known.name, rank: levelOf(hass, room) };
  const parts =
    by === "building" ? [place?.city, place?.building] : [place?.building, place?.floor];
  const name = parts.filter(Boolean).join(" · ");
  return name ? { id: `place-${name}`, name, rank: Infinity } : { id: "", name: "", rank: NaN };
}

/**
 * Return the floor or area of a room in Home Assistant, which has no buildings.
 * @param {Registries} hass
 * @param {Room} room
 * @param {GroupBy} by
 */
function knownPlace(hass, { areaId, floorId }, by) {
  const floor = by === "floor" && floorId ? hass.floors[floorId] : undefined;
  const area = by === "area" && areaId ? hass.areas[areaId] : undefined;
  return (floor && { id: floorId, name: floor.name }) ?? (area && { id: areaId, name: area.name });
}

/**
 * Return the level of the room's floor; floors without a level come after those with one.
 * @param {Registries} hass
 * @param {Room} room
 */
function levelOf(hass, room) {
  return hass.floors[room.floorId ?? ""]?.level ?? Number.MAX_SAFE_INTEGER;
}

/**
 * Compare ranks; NaN comes last.
 * @param {number} a
 * @param {number} b
 */
function compareRanks(a, b) {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a === b ? 0 : a - b;
}

/**
 * @param {Registries} hass
 * @param {Room[]} rooms
 */
function sortRooms(hass, rooms) {
  const names = collator(hass);
  return rooms.sort(
    (a, b) => compareRanks(levelOf(hass, a), levelOf(hass, b)) || names.compare(a.name, b.name),
  );
}

/** @param {Pick<Hass, "locale">} hass */
function collator(hass) {
  return new Intl.Collator(hass.locale.language, { numeric: true, sensitivity: "base" });
}
