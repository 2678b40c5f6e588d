/**
 * What a step did to the world, and how an invariant looks at it.
 *
 * @module
 */
import { inspect, isDeepStrictEqual } from "node:util";
import type { AccountKind, AccountRecord, OverlayRecord } from "../../src/ports/index.ts";
import type { State, TenantState } from "./state.ts";
import type { Did, Step } from "./step.ts";
import type { World } from "./world.ts";

/** A step, and the world around it. */
export interface Observation {
  readonly step: Step;
  readonly did: Did;
  readonly before: State;
  readonly after: State;
  /** Whether the store broke off meanwhile. */
  readonly broken: boolean;
  /** When what is new can have begun: some of it follows in the background. */
  readonly earliest: string;
  readonly world: World;
}

/** Throws when it does not hold. */
export type Invariant = (observation: Observation) => void | Promise<void>;

export const KINDS: readonly AccountKind[] = ["user", "reader"];

export function ensure(holds: boolean, complaint: string, ...facts: readonly unknown[]): void {
  if (!holds) throw new Error(`${complaint} ${facts.map((fact) => JSON.stringify(fact)).join(" ")}`);
}

export function ensureSame(actual: unknown, expected: unknown, complaint: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Error(
    `${complaint} Expected ${inspect(onlyOther(expected, actual))}, not ${inspect(onlyOther(actual, expected))}`,
  );
}

/** Of two objects or lists, what only this one has: most of them is the same. */
function onlyOther(value: unknown, other: unknown): unknown {
  if (typeof value !== "object" || typeof other !== "object" || value === null || other === null) return value;
  const others: readonly unknown[] = Object.values(other);
  if (Array.isArray(value)) return value.filter((item) => !others.some((same) => isDeepStrictEqual(item, same)));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !isDeepStrictEqual(item, Reflect.get(other, key)))
      .map(([key, item]) => [key, onlyOther(item, Reflect.get(other, key))]),
  );
}

export function ensureUnique(values: readonly string[], complaint: string): void {
  ensure(new Set(values).size === values.length, complaint, values);
}

interface TenantPair {
  readonly before: TenantState;
  readonly after: TenantState;
  readonly parent: TenantState | undefined;
}

/** Tenants that were there before. */
export function pairs({ before, after }: Observation): readonly TenantPair[] {
  return [...after.values()].flatMap((now) => {
    const was = before.get(now.tenant.id);
    const parent = now.tenant.parentId === null ? undefined : after.get(now.tenant.parentId);
    return was === undefined ? [] : [{ before: was, after: now, parent }];
  });
}

export function parentOf(state: State, { tenant }: TenantState): TenantState | undefined {
  return tenant.parentId === null ? undefined : state.get(tenant.parentId);
}

/** What only people may change was at stake. */
export function byMachine({ step }: Observation): boolean {
  return step.author !== "person";
}

export function byId<Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** Accounts of a tenant as it shows them: at a child also those that its parent's connection manages. */
export function shown(state: State, tenant: TenantState): readonly AccountRecord[] {
  const parent = parentOf(state, tenant);
  const inherited = parent?.accounts.filter(({ connectionId }) => connectionId === parent.connection.id) ?? [];
  return [...tenant.accounts, ...inherited];
}

export function isLimited({ tenant }: TenantState): boolean {
  return KINDS.some((kind) => tenant.seatLimits[kind] !== null);
}

/** Where the seat of an account is kept that a tenant shows. */
export function seatOf(
  state: State,
  tenant: TenantState,
  account: AccountRecord,
): TenantState["seats"][number] | undefined {
  const parent = parentOf(state, tenant);
  const through = account.tenantId !== tenant.tenant.id && !isLimited(tenant);
  return (through ? parent : tenant)?.seats.find(({ accountId }) => accountId === account.id);
}

export function overlayOf({ overlays }: TenantState, accountId: string): OverlayRecord | undefined {
  return overlays.find((overlay) => overlay.accountId === accountId);
}
