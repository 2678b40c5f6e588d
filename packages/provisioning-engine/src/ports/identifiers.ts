/**
 * Identifiers and instants, as the rows of a store hold them. Instants are RFC 3339 strings in UTC with milliseconds, so that they
 * compare as text.
 *
 * @module
 */

export type TenantId = string;

export type ConnectionId = string;

export type AccountId = string;

export type DirectoryUserId = string;

export type DirectoryGroupId = string;

export type ResourceId = string;

/** A local group's id, or the id of a face of a directory group (see `group/group-projection.ts`). */
export type GroupId = string;

/** RFC 3339, UTC, milliseconds. */
export type Instant = string;
