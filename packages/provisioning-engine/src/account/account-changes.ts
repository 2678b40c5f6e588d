/**
 * What changed about an account, and which events tell it.
 *
 * @module
 */
import type { Attributes } from "@muster/scim-core";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { Change, EventName } from "../events.ts";
import type { AccountRecord, OverlayRecord } from "../ports/index.ts";
import { contentRole, portalRole } from "./role.ts";

/** Attributes of a User that an account shows under names of its own. */
const SHOWN: ReadonlySet<string> = new Set(["userName", "displayName", "name", "emails", "active"]);

/** A record, and the role that groups give to whom it is about. */
export interface AccountSide {
  readonly account: AccountRecord;
  readonly groupRole: string | null;
}

/** Changes of an account in the words of `Account`. */
export function accountChanges(
  before: AccountSide,
  after: AccountSide,
  overlay: OverlayRecord | null,
  connection: EffectiveConnection,
): readonly Change[] {
  const shown = ({ account, groupRole }: AccountSide) => ({
    userName: account.userName,
    email: account.email,
    name: account.name,
    kind: account.kind,
    role: portalRole(account, overlay, connection, groupRole).value,
    contentRole: contentRole(account, overlay, connection).value,
    status: account.active ? "active" : "inactive",
    managedBy: account.connectionId,
  });
  const [from, to] = [shown(before), shown(after)];
  return (Object.keys(from) as (keyof typeof from)[]).flatMap((path) =>
    from[path] === to[path] ? [] : { path, from: from[path], to: to[path] },
  );
}

/** Changes of what only the directory's resource shows: `title`, or an extension's `urn:…:department`. */
export function attributeChanges(before: Attributes, after: Attributes): readonly Change[] {
  return resourceChanges(before, after).filter(({ path }) => !SHOWN.has(path));
}

/** Changes of all that a resource says. */
export function resourceChanges(before: Attributes, after: Attributes): readonly Change[] {
  const [from, to] = [flatten(before), flatten(after)];
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((path) => {
    const change = { path, from: from.get(path) ?? null, to: to.get(path) ?? null };
    return JSON.stringify(change.from) === JSON.stringify(change.to) ? [] : change;
  });
}

function flatten(attributes: Attributes): ReadonlyMap<string, unknown> {
  const paths = Object.entries(attributes).flatMap(([name, value]) => {
    const isExtension = name.includes(":") && typeof value === "object";
    return isExtension
      ? Object.entries(value).map(([inner, item]) => [`${name}:${inner}`, item] as const)
      : [[name, value] as const];
  });
  return new Map(paths);
}

/** What happened, in the order in which it is told. */
export interface AccountNews {
  readonly type: EventName;
  readonly changes: readonly Change[];
}

/**
 * One event for each thing that a host acts on; `account.updated` carries the rest, so that nobody hears of one thing
 * twice.
 *
 * @param changes of the account
 * @param attributes changes that only the resource shows
 * @param returned whether the person came back after a DELETE
 */
export function accountNews(
  changes: readonly Change[],
  attributes: readonly Change[],
  returned: boolean,
): readonly AccountNews[] {
  const flipped = changes.some(({ path }) => path === "kind");
  const isKind = ({ path }: Change) => path === "kind" || (flipped && path === "role");
  const kind = changes.filter(isKind);
  const status = changes.filter(({ path }) => path === "status");
  const others = changes.filter((change) => !isKind(change) && change.path !== "status");
  const kindNews = flipped ? [{ type: "account.kind_changed", changes: kind } as const] : [];
  if (returned) return [{ type: "account.relinked", changes: [...status, ...others] }, ...kindNews];

  const news: AccountNews[] = [...kindNews, ...statusNews(status)];
  const hasRest = others.length > 0 || (news.length === 0 && attributes.length > 0);
  return hasRest ? [...news, { type: "account.updated", changes: [...others, ...attributes] }] : news;
}

function statusNews(changes: readonly Change[]): readonly AccountNews[] {
  const [status] = changes;
  if (status === undefined) return [];
  if (status.to !== "active") return [{ type: "account.deactivated", changes }];
  return [{ type: status.from === "pending" ? "account.admitted" : "account.reactivated", changes }];
}
