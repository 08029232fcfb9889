// JSON values as the Engine API sends them. The order of an object's keys is the order in which the engine writes them.

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject

/** Keys in the engine's order; `undefined` never occurs. */
export interface JsonObject {
  readonly [key: string]: JsonValue
}
