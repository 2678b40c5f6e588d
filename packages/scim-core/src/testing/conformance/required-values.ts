/**
 * Values for what a host demands of every person, so that the cases can create people in any service.
 *
 * @module
 */
import { USER_URN } from "../../urn.ts";
import type { Json, JsonObject } from "../json.ts";
import { attributesOf, type Service, sameText, subAttributesOf } from "./service.ts";

/**
 * Attributes that the schema of User marks as required, each with a value of its type; `userName` is not among them, nor
 * what is given already.
 */
export function requiredValues(service: Service, given: JsonObject): JsonObject {
  const names = ["userName", ...Object.keys(given)];
  const required = (attributesOf(service, USER_URN) ?? []).filter(
    ({ name, required, mutability }) =>
      required === true && mutability !== "readOnly" && !names.some((one) => sameText(name, one)),
  );
  return Object.fromEntries(required.map((attribute) => [String(attribute.name), valueFor(attribute)]));
}

function valueFor(attribute: JsonObject): Json {
  const value = attribute.type === "complex" ? complexValue(attribute) : simpleValue(attribute);
  return attribute.multiValued === true ? [value] : value;
}

/** `value` is given too: an element without one says nothing. */
function complexValue(attribute: JsonObject): JsonObject {
  const parts = subAttributesOf(attribute).filter(({ name, required }) => required === true || name === "value");
  return Object.fromEntries(parts.map((part) => [String(part.name), valueFor(part)]));
}

function simpleValue({ type, canonicalValues }: JsonObject): Json {
  if (type === "boolean") return true;
  if (type === "integer" || type === "decimal") return 1;
  if (type === "dateTime") return "2026-01-01T00:00:00Z";
  if (type === "reference") return "https://conformance.example/";
  if (type === "binary") return "AA==";
  const [first] = Array.isArray(canonicalValues) ? canonicalValues : [];
  return typeof first === "string" ? first : `${crypto.randomUUID()}@conformance.example`;
}
