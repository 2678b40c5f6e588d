/**
 * `{{name}}` in transcripts.
 *
 * @module
 */
import { isJsonObject, type Json } from "./json.ts";

export type Variables = ReadonlyMap<string, string>;

/** An unknown variable stays as it is, so that its step fails where everybody sees it. */
export function fillText(text: string, variables: Variables): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => variables.get(name) ?? whole);
}

/** Fills every string of a value; names of members stay. */
export function fillJson(value: Json, variables: Variables): Json {
  if (typeof value === "string") return fillText(value, variables);
  if (Array.isArray(value)) return value.map((item: Json) => fillJson(item, variables));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fillJson(item, variables)]));
}
