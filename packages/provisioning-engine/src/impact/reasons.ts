/**
 * Why somebody is what they are: what the directory says, and what the rules make of it.
 *
 * @module
 */
import { viewResource } from "@muster/scim-core";
import { findAccountRecords } from "../account/visible-accounts.ts";
import type { PersonExplanation } from "../admin/explain-views.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountId, DirectoryUserRecord } from "../ports/index.ts";
import { decidePerson } from "../role-rule/decide-person.ts";
import { shorten } from "../sync/quote.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import type { Comparison } from "./compare-surveys.ts";

export type Reasons = Pick<PersonExplanation, "kindSource" | "trace">;

export const NO_TRACE: Reasons["trace"] = { rules: [], directory: [] };

/** Of somebody of whom no directory speaks. */
export const UNDECIDED: Reasons = { kindSource: "kept", trace: NO_TRACE };

interface Asked {
  readonly isNew: boolean;
  /** Whether every part of an expression is shown. */
  readonly explains: boolean;
}

export async function reasonsOf(
  unit: Pick<UnitOfWork, "tx" | "context" | "now">,
  connection: EffectiveConnection,
  { id, attributes, createdAt, modifiedAt }: DirectoryUserRecord,
  { isNew, explains }: Asked,
): Promise<Reasons> {
  const resource = { id, attributes, created: createdAt, lastModified: modifiedAt };
  const { kind, trace } = await decidePerson(unit, connection, resource, explains);
  const said = unit.context.classify(viewResource(attributes));
  if (said !== undefined) return { kindSource: "directory", trace };
  if (kind !== undefined) return { kindSource: "rule", trace };
  return { kindSource: isNew ? "default" : "kept", trace };
}

/** The reasons, in short, of those of whom the directory speaks. */
export async function readReasons(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  people: readonly Comparison[],
): Promise<ReadonlyMap<AccountId, Reasons>> {
  const isNew = new Set(people.filter(({ before }) => before === null).map(({ account }) => account.id));
  const ids = people.map(({ account }) => account.id);
  const reasons = new Map<AccountId, Reasons>();
  for (const { id, connectionId, directoryUserId } of await findAccountRecords(unit.tx, connection, ids)) {
    if (directoryUserId === null || connectionId !== connection.root.connectionId) continue;
    const user = await unit.tx.users.get(connectionId, directoryUserId);
    if (user === null) continue;
    const asked = { isNew: isNew.has(id), explains: false };
    reasons.set(id, inShort(await reasonsOf(unit, connection, user, asked)));
  }
  return reasons;
}

const MOST_SEEN = 5;

/** What decided, and nothing else. */
function inShort({ kindSource, trace: { rules, directory } }: Reasons): Reasons {
  const brief = <One extends { readonly seen: readonly unknown[] }>(one: One): One => {
    return { ...one, seen: one.seen.slice(0, MOST_SEEN).map(briefly) };
  };
  const trace = {
    rules: rules.filter(({ decides }) => decides.length > 0).map(brief),
    directory: directory.filter(({ decides }) => decides).map(brief),
  };
  return { kindSource, trace };
}

/** A long value as the beginning of what it is written as. */
function briefly(value: unknown): unknown {
  const text = typeof value === "string" ? value : String(JSON.stringify(value));
  const short = shorten(text);
  return short === text ? value : short;
}
