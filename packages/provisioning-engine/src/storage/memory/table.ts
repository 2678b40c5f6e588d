/**
 * A table: rows by owner and id, with the indexes by which else they are found. Every key begins with the owner, the
 * tenant or connection, so that nothing can be found across that boundary.
 *
 * @module
 */
import type { WriteResult } from "../../ports/index.ts";
import { frozenCopy } from "./frozen-copy.ts";
import type { Journal } from "./journal.ts";
import { addOrdered, deleteOrdered, type Ordered, viewOrdered } from "./ordered.ts";

export interface Index<Row> {
  /** What a row is found by; a row without values is not in the index. */
  readonly values: (row: Row) => readonly string[];
  /** The order of the rows with one value, unique among them; by id when not given. */
  readonly order?: (row: Row) => string;
}

export interface TableShape<Row, Name extends string> {
  readonly owner: (row: Row) => string;
  readonly id: (row: Row) => string;
  readonly indexes: Readonly<Record<Name, Index<Row>>>;
  /** Indexes in which a value belongs to one row at most; named as the conflict is. */
  readonly unique?: readonly Name[];
}

export interface Table<Row, Name extends string> {
  get(owner: string, id: string): Row | undefined;
  /** The rows of an owner that have a value in an index. */
  rows(owner: string, index: Name, value: string): Ordered<Row>;
  /** Refuses a taken id, and values that must be unique. */
  insert(row: Row): WriteResult;
  /** Puts `next` in the place of `stored`, unless that is missing or not the version before. */
  update(stored: (Row & Versioned) | undefined, next: Row & Versioned): WriteResult;
  put(row: Row): void;
  delete(owner: string, id: string): Row | undefined;
}

interface Versioned {
  readonly version: number;
}

export function createTable<Row, Name extends string>(
  journal: Journal,
  shape: TableShape<Row, Name>,
): Table<Row, Name> {
  const rowsById = new Map<string, Map<string, Row>>();
  const indexes = createIndexes(shape);
  const get = (owner: string, id: string) => rowsById.get(owner)?.get(id);
  const exchange = (owner: string, id: string, next: Row | undefined) => {
    const stored = get(owner, id);
    if (stored !== undefined) indexes.leave(stored);
    if (next !== undefined) indexes.enter(next);
    if (next === undefined) rowsById.get(owner)?.delete(id);
    else childMap(rowsById, owner).set(id, next);
    return stored;
  };
  const write = (owner: string, id: string, next: Row | undefined) => {
    const stored = exchange(owner, id, next);
    journal.record(() => exchange(owner, id, stored));
    return stored;
  };
  const put = (row: Row) => {
    write(shape.owner(row), shape.id(row), frozenCopy(row));
  };
  const putUnlessTaken = (row: Row): WriteResult => {
    const conflict = shape.unique?.find((name) => indexes.isTaken(row, name));
    if (conflict !== undefined) return { ok: false, conflict };
    put(row);
    return { ok: true };
  };
  return {
    get,
    rows: indexes.rows,
    insert: (row) =>
      get(shape.owner(row), shape.id(row)) === undefined ? putUnlessTaken(row) : { ok: false, conflict: "id" },
    update: (stored, next) =>
      stored?.version === next.version - 1 ? putUnlessTaken(next) : { ok: false, conflict: "version" },
    put,
    delete: (owner, id) => (get(owner, id) === undefined ? undefined : write(owner, id, undefined)),
  };
}

interface Indexes<Row, Name extends string> {
  readonly rows: Table<Row, Name>["rows"];
  enter(row: Row): void;
  leave(row: Row): void;
  /** Whether another row of the owner has a value of this one. */
  isTaken(row: Row, name: Name): boolean;
}

function createIndexes<Row, Name extends string>(shape: TableShape<Row, Name>): Indexes<Row, Name> {
  const lists = new Map<string, Map<string, Map<string, Row[]>>>();
  const indexes = Object.entries<Index<Row>>(shape.indexes).map(([name, { values, order = shape.id }]) => ({
    name,
    values,
    order,
  }));
  const listed = (owner: string, name: Name, value: string) => lists.get(name)?.get(owner)?.get(value) ?? [];
  return {
    rows: (owner, name, value) => viewOrdered(listed(owner, name, value), shape.indexes[name].order ?? shape.id),
    enter: (row) => {
      for (const { name, values, order } of indexes) {
        const byValue = childMap(childMap(lists, name), shape.owner(row));
        for (const value of values(row)) {
          const list = byValue.get(value) ?? [];
          addOrdered(list, order, row);
          byValue.set(value, list);
        }
      }
    },
    leave: (row) => {
      for (const { name, values, order } of indexes) {
        const byValue = lists.get(name)?.get(shape.owner(row));
        for (const value of values(row)) {
          const list = byValue?.get(value) ?? [];
          deleteOrdered(list, order, order(row));
          if (list.length === 0) byValue?.delete(value);
        }
      }
    },
    isTaken: (row, name) =>
      shape.indexes[name].values(row).some((value) => {
        const [holder] = listed(shape.owner(row), name, value);
        return holder !== undefined && shape.id(holder) !== shape.id(row);
      }),
  };
}

function childMap<Value>(maps: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const existing = maps.get(key);
  if (existing !== undefined) return existing;
  const created = new Map<string, Value>();
  maps.set(key, created);
  return created;
}
