/**
 * What the repositories see of the database: statements, parameters and rows, and how values become columns.
 *
 * @module
 */
import type { WriteResult } from "@muster/provisioning-engine/ports";
import { encodeText } from "./text.ts";

/** SQLite has more types; the schema uses these. */
export type SqlValue = string | number | null;

/** By name, as `:name` in the statement. Every name of the statement is given. */
export type SqlParameters = Readonly<Record<string, SqlValue>>;

/** Which field of the record a unique column belongs to, for the `conflict` of a refused write. */
export type Conflicts = Readonly<Record<string, string>>;

/** The statements of one open transaction. `Row` names what the statement selects. */
export interface Sql {
  all<Row>(statement: string, parameters: SqlParameters): readonly Row[];
  first<Row>(statement: string, parameters: SqlParameters): Row | undefined;
  /**
   * Runs an `insert … on conflict (…, id) do nothing returning 1`, of which SQLite checks the id first: no row is a
   * conflict of `id`. Another unique key that refuses it is named.
   */
  insert(statement: string, parameters: SqlParameters, conflicts?: Conflicts): WriteResult;
  /** Runs an `update … where … version = :version - 1 returning 1`: no row is a conflict of `version`. */
  update(statement: string, parameters: SqlParameters, conflicts?: Conflicts): WriteResult;
}

/** Comparison without case, the same on every store: JavaScript's, since SQLite's `lower` knows ASCII only. */
export function fold(text: string): string {
  return text.toLowerCase();
}

export function foldOrNull(text: string | null): string | null {
  return text === null ? null : fold(text);
}

export function flag(value: boolean): number {
  return value ? 1 : 0;
}

export function json(value: unknown): string {
  return JSON.stringify(value ?? null);
}

/** The value of a column that `json` wrote. */
export function parsed<Value>(column: string): Value {
  return JSON.parse(column) as Value;
}

/** A list as one parameter for `json_each`, so that its length meets no limit of parameters. */
export function list(values: readonly string[]): string {
  return JSON.stringify(values.map(encodeText));
}

/** A position in a log as a number; null, which nothing follows and nothing precedes, for text that is none. */
export function positionOf(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** The limit of a listing; SQLite would take a negative one for none. */
export function atMost(limit: number): number {
  return Math.min(Math.max(limit, 0), Number.MAX_SAFE_INTEGER);
}
