/**
 * Whom a sync event or failure is about, under a key that the next attempt finds again.
 *
 * @module
 */
import type { Attributes } from "@muster/scim-core";
import type { AccountRecord, DirectoryGroupRecord, DirectoryUserRecord, SyncSubject } from "../ports/index.ts";

export function accountSubject({ userName, directoryUserId }: AccountRecord): SyncSubject {
  return subject("User", userName, directoryUserId);
}

export function userSubject({ userName, id }: Pick<DirectoryUserRecord, "userName" | "id">): SyncSubject {
  return subject("User", userName, id);
}

export function groupSubject({ displayName, id }: Pick<DirectoryGroupRecord, "displayName" | "id">): SyncSubject {
  return subject("Group", displayName, id);
}

/** Of a resource that does not exist yet. */
export function newSubject(type: SyncSubject["type"], attributes: Attributes): SyncSubject {
  const label = attributes[type === "User" ? "userName" : "displayName"];
  return namedSubject(type, typeof label === "string" ? label : "");
}

/** Of whom nothing but the name is known. */
export function namedSubject(type: SyncSubject["type"], name: string): SyncSubject {
  return subject(type, name, null);
}

const LONGEST = 256;

function subject(type: SyncSubject["type"], name: string, id: string | null): SyncSubject {
  const label = name.slice(0, LONGEST);
  return { type, key: label.toLowerCase(), label, id };
}
