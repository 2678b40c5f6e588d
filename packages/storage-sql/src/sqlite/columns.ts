/**
 * How the fields of a record are kept in columns. The compiler sees to it that a table forgets none and stores each
 * as its type allows.
 *
 * @module
 */
import { flag, foldOrNull, json, parsed, type SqlValue } from "./sql.ts";

export type Row = Readonly<Record<string, SqlValue>>;

/** Each field of a record with its way of being stored. */
export type Columns<Entry> = { readonly [Field in keyof Entry]-?: Storage<Entry[Field]> };

/** As it is, as 0 or 1, or as JSON, in a column with the field's name; or each member in a column that is named here. */
type Storage<Value> = unknown extends Value
  ? "json"
  : [Value] extends [SqlValue]
    ? "plain"
    : [Value] extends [boolean]
      ? "flag"
      : "json" | MemberColumns<NonNullable<Value>>;

/** The columns of an object. All are null when it is; the first is null only then. */
type MemberColumns<Value> = Value extends object ? { readonly [Member in keyof Value]: string } : never;

/** What is written to columns for a field. */
export interface WrittenField {
  readonly name: string;
  readonly columns: readonly string[];
  /** Fills the columns of a row. */
  readonly write: (value: unknown, row: Record<string, SqlValue>) => void;
}

export interface StoredField extends WrittenField {
  readonly read: (row: Row) => unknown;
}

export function storedFields<Entry>(columns: Columns<Entry>): readonly StoredField[] {
  return Object.entries<keyof typeof CODECS | Readonly<Record<string, string>>>(columns).map(([name, storage]) => {
    if (typeof storage === "object") return memberField(name, Object.entries(storage));
    const column = columnOf(name);
    const { write, read } = CODECS[storage];
    return { ...columnField(name, column, write), read: (row) => read(row[column]) };
  });
}

/** A second column, by which text is found without regard to case: `user_name_lower` for `userName`. */
export function foldedField(name: string): WrittenField {
  return columnField(name, `${columnOf(name)}_lower`, (value) => foldOrNull(value as string | null));
}

const CODECS = {
  plain: { write: (value: unknown) => value as SqlValue, read: (cell: unknown) => cell },
  flag: { write: (value: unknown) => flag(value === true), read: (cell: unknown) => cell === 1 },
  json: { write: json, read: (cell: unknown) => parsed<unknown>(cell as string) },
};

function columnField(name: string, column: string, cell: (value: unknown) => SqlValue): WrittenField {
  return {
    name,
    columns: [column],
    write: (value, row) => {
      row[column] = cell(value);
    },
  };
}

function memberField(name: string, members: readonly (readonly [member: string, column: string])[]): StoredField {
  const columns = members.map(([, column]) => column);
  return {
    name,
    columns,
    write: (value, row) => {
      for (const [member, column] of members) row[column] = (value as Row | null)?.[member] ?? null;
    },
    read: (row) => {
      const isNull = row[columns[0] ?? ""] === null;
      return isNull ? null : Object.fromEntries(members.map(([member, column]) => [member, row[column]]));
    },
  };
}

function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
