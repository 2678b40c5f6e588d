/**
 * References to resources that the same bulk request creates (RFC 7644 §3.7.2): texts `bulkId:…` in data and paths.
 *
 * @module
 */
import type { Message } from "./message.ts";
import type { ResourceType } from "./schema.ts";
import { foldName, indexOf } from "./schema-index.ts";
import { isObject } from "./value-dialects.ts";

const PREFIX = "bulkId:";

/** A reference as the literal of a value filter, which is how the path of a PATCH names a member. */
const LITERAL = /"bulkId:([^"\\]*)"/g;

type Replace = (bulkId: string) => string;

/** The bulkId, when a text is nothing but a reference. */
export function referenceIn(text: string): string | undefined {
  return text.startsWith(PREFIX) ? text.slice(PREFIX.length) : undefined;
}

/** The bulkIds that a JSON value refers to, at any depth. */
export function referencesIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  replaceReferences(value, (bulkId) => {
    found.add(bulkId);
    return bulkId;
  });
  return found;
}

/**
 * A copy of a JSON value with the result of `replace` in place of each reference.
 *
 * @param name of the member that the value stands under
 */
export function replaceReferences(value: unknown, replace: Replace, name = ""): unknown {
  if (typeof value === "string") return replaceInText(value, replace, name);
  if (Array.isArray(value)) return value.map((one) => replaceReferences(one, replace, name));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, replaceReferences(member, replace, key)]),
  );
}

function replaceInText(text: string, replace: Replace, name: string): string {
  const bulkId = referenceIn(text);
  if (bulkId !== undefined) return replace(bulkId);
  if (name !== "path") return text;
  return text.replaceAll(LITERAL, (_, literal: string) => JSON.stringify(replace(literal)));
}

/** A resource in two parts: what can be created at once, and the attributes that have to wait for others. */
export interface SplitData {
  readonly now: Message;
  readonly later: Message;
}

/**
 * Takes the attributes apart that refer to any of the bulkIds; those of extensions one by one, so that the rest of an
 * extension is there from the beginning.
 */
export function splitData(data: Message, type: ResourceType, bulkIds: ReadonlySet<string>): SplitData {
  const now: [string, unknown][] = [];
  const later: [string, unknown][] = [];
  for (const [name, value] of Object.entries(data)) {
    if (isObject(value) && indexOf(type).byUrn.has(foldName(name))) {
      const parts = splitData(value, type, bulkIds);
      now.push([name, parts.now]);
      if (Object.keys(parts.later).length > 0) later.push([name, parts.later]);
    } else {
      const waits = [...referencesIn(value)].some((bulkId) => bulkIds.has(bulkId));
      (waits ? later : now).push([name, value]);
    }
  }
  return { now: Object.fromEntries(now), later: Object.fromEntries(later) };
}
