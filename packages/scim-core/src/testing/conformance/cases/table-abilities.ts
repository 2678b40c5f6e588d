/**
 * What a service must be able to do for a table to apply: a person can have only what the schema lists, and lack only
 * what it does not require.
 *
 * @module
 */
import { ENTERPRISE_USER_URN } from "../../../urn.ts";
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import { type Ability, ENTERPRISE, optionalAttribute, userAttribute } from "../abilities.ts";

/** @param values by attribute or by path */
export function abilitiesFor(values: JsonObject): readonly Ability[] {
  return Object.entries(values).flatMap(([path, value]) => abilitiesAt(path, value));
}

const ALWAYS: ReadonlySet<string> = new Set(["schemas", "id", "externalId", "meta", "userName"]);

function abilitiesAt(path: string, value: Json): readonly Ability[] {
  if (path.includes("urn:")) return path.includes(ENTERPRISE_USER_URN) ? [ENTERPRISE] : [];
  const name = /^\w+/.exec(path)?.[0] ?? path;
  if (ALWAYS.has(name)) return [];
  return name === path && isUnassigned(value) ? [userAttribute(name), optionalAttribute(name)] : [userAttribute(name)];
}

function isUnassigned(value: Json): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || (isJsonObject(value) && ("$absent" in value || "$absentOrEmpty" in value));
}
