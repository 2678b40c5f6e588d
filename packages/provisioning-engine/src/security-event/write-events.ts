/**
 * Which events a write is (RFC 9967 §2.3, §2.4). Pure: what is told follows from the resource before and after.
 *
 * @module
 */
import type { Attributes } from "@muster/scim-core";
import type { MemberMoves } from "../group/member-moves.ts";
import {
  type EventMode,
  FEED_ADD,
  FEED_REMOVE,
  PROV_ACTIVATE,
  PROV_DEACTIVATE,
  PROV_DELETE,
  type WriteName,
  writeUri,
} from "./event-uris.ts";
import { asPatch, changedPaths, resourceDifference } from "./resource-difference.ts";

/** A resource at one side of a write. */
export interface Side {
  /** As an answer would show them, without `schemas`, `id` and `meta`. */
  readonly attributes: Attributes;
  /** Whether the receivers hear of it as it is here. */
  readonly included: boolean;
}

/** A write that changed something. */
export interface ResourceWrite {
  readonly name: WriteName | "delete";
  /** Undefined for a resource that was created. */
  readonly before: Side | undefined;
  /** Undefined for one that was deleted. */
  readonly after: Side | undefined;
  readonly members: MemberMoves;
  /** Entity tag afterwards. */
  readonly version: string | undefined;
  /** The resource afterwards as an answer would show it; only when values are told. */
  readonly whole: object | undefined;
}

/** @returns by URI; none when the receivers know nothing of the resource, before or after */
export function writeEvents(write: ResourceWrite, mode: EventMode): Readonly<Record<string, object>> {
  const { name, before, after } = write;
  const [was, is] = [before?.included === true, after?.included === true];
  if (!was && !is) return {};
  // §2.4.4: who is told of a deletion is not told that the resource left the feed.
  if (name === "delete") return { [PROV_DELETE]: {} };
  return { ...writeEvent(write, name, mode), ...toggleEvent(before, after) };
}

function writeEvent(write: ResourceWrite, name: WriteName, mode: EventMode): Readonly<Record<string, object>> {
  const { before, after, members, whole } = write;
  if (after?.included !== true) return { [FEED_REMOVE]: {} };
  if (before?.included === false) return { [FEED_ADD]: {} };
  const difference = resourceDifference(before?.attributes ?? {}, after.attributes, members);
  const changed = [...(name === "create" ? ["id"] : []), ...changedPaths(difference)];
  // Only what no answer shows is different.
  if (changed.length === 0) return {};
  // §2.4: values, or the names of what changed, and never both.
  const full = name === "patch" ? asPatch(difference) : whole;
  const payload = mode === "full" ? { data: full } : { attributes: changed };
  return { [writeUri(name, mode)]: write.version === undefined ? payload : { ...payload, version: write.version } };
}

/** It carries no value, so that it is told also of a resource that leaves the feed by it. */
function toggleEvent(before: Side | undefined, after: Side | undefined): Readonly<Record<string, object>> {
  if (before === undefined || after === undefined) return {};
  const [was, is] = [isActive(before), isActive(after)];
  if (was === is) return {};
  return { [is ? PROV_ACTIVATE : PROV_DEACTIVATE]: {} };
}

/** Who says nothing about it is active, as for accounts. */
function isActive({ attributes }: Side): boolean {
  return attributes.active !== false;
}
