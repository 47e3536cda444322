/** The parts of Home Assistant's frontend that the dashboard uses. */

export interface EntityState {
  entity_id: string;
  state: string;
  attributes: Record<string, unknown>;
  last_changed: string;
  last_updated: string;
}

/** An entry of the entity registry, as the frontend keeps it: enabled entities that the user may read. */
export interface EntityEntry {
  entity_id: string;
  device_id?: string | null;
  area_id?: string | null;
  platform?: string;
  translation_key?: string;
  entity_category?: "config" | "diagnostic";
  hidden?: boolean;
  name?: string | null;
}

export interface Device {
  id: string;
  name: string | null;
  name_by_user?: string | null;
  area_id?: string | null;
  entry_type?: "service" | null;
  via_device_id?: string | null;
  primary_config_entry?: string | null;
  config_entry_id?: string | null;
  config_entries?: string[];
}

export interface Area {
  area_id: string;
  name: string;
  floor_id?: string | null;
}

export interface Floor {
  floor_id: string;
  name: string;
  level?: number | null;
}

export interface Locale {
  language: string;
  time_format: "language" | "system" | "12" | "24";
  time_zone: "local" | "server";
}

export type Localize = (key: string, values?: Record<string, string | number>) => string;

export interface Connection {
  subscribeMessage<T>(
    callback: (message: T) => void,
    message: object,
    options?: { resubscribe?: boolean },
  ): Promise<() => void | Promise<void>>;
  addEventListener(event: "ready", listener: () => void): void;
  removeEventListener(event: "ready", listener: () => void): void;
}

export interface Hass {
  states: Record<string, EntityState>;
  entities: Record<string, EntityEntry>;
  devices: Record<string, Device>;
  areas: Record<string, Area>;
  floors: Record<string, Floor>;
  config: { time_zone: string };
  locale: Locale;
  language: string;
  user?: { is_admin: boolean };
  themes?: { darkMode?: boolean };
  connection: Connection;
  localize: Localize;
  callWS<T>(message: object): Promise<T>;
  loadBackendTranslation(category: string, integration?: string): Promise<Localize>;
  formatEntityState(state: EntityState): string;
}

/** Where a room is, as its vendor reports it; the answer of `meeting_rooms/places` by device. */
export interface Place {
  city: string | null;
  building: string | null;
  floor: string | null;
  account: string | null;
  /** How many minutes the user can book the room for now; empty where that is not possible. */
  book?: number[];
  /** The minutes on multiples of which the vendor's bookings start and end; null for any time. */
  book_step?: number | null;
}

/** A meeting room: the device that has an availability entity. */
export interface Room {
  /** Its availability entity. */
  entityId: string;
  deviceId: string;
  name: string;
  areaId: string | null;
  floorId: string | null;
  /** The ID of its account's config entry. */
  accountId: string | null;
}

/** Which rooms to show; an option that is left out or empty selects all. */
export interface RoomFilter {
  areas?: string[];
  floors?: string[];
  accounts?: string[];
  /** Availability entities. */
  entities?: string[];
}

export type GroupBy = "floor" | "area" | "building";

export interface RoomGroup {
  /** Stable and unique among the groups; empty for the rooms whose place is not known. */
  id: string;
  /** Empty for the rooms whose place is not known. */
  name: string;
  rooms: Room[];
}

/** Return the text of `config_panel.<key>` of the integration. */
export type Texts = Localize;

export interface CardSuggestion {
  config: object;
  label?: string;
}

export interface CustomCard {
  type: string;
  name: string;
  description: string;
  preview?: boolean;
  documentationURL?: string;
  getEntitySuggestion?: (hass: Hass, entityId: string) => null | CardSuggestion | CardSuggestion[];
}

export interface CustomStrategy {
  type: string;
  strategyType: "dashboard" | "view" | "section";
  name: string;
  description: string;
}

declare global {
  interface Window {
    customCards?: CustomCard[];
    customStrategies?: CustomStrategy[];
  }
}
