/**
 * Tables whose rows are records of the port: from the columns, which are named once, follow the beginnings of the
 * statements that write a record, and the way of records into rows and back.
 *
 * @module
 */
import { type Columns, foldedField, type Row, storedFields, type WrittenField } from "./columns.ts";
import type { Sql, SqlParameters, SqlValue } from "./sql.ts";

interface TableOptions<Entry> {
  /** What an update leaves as it is: the key, and what has a statement of its own. */
  readonly fixed?: readonly (keyof Entry)[];
  /** What is found without regard to case too. */
  readonly folded?: readonly (keyof Entry & string)[];
}

export interface Table<Entry> {
  readonly name: string;
  /** `insert into … (…) values (…)`, to be gone on with. */
  readonly insert: string;
  /** `update … set …`, to be gone on with. */
  readonly update: string;
  readonly toRow: (entry: Entry) => SqlParameters;
  readonly toEntry: (row: Row) => Entry;
  /** Runs a statement that answers whole rows. */
  readonly all: (sql: Sql, statement: string, parameters: SqlParameters) => readonly Entry[];
  readonly first: (sql: Sql, statement: string, parameters: SqlParameters) => Entry | null;
}

export function defineTable<Entry extends object>(
  name: string,
  columns: Columns<Entry>,
  { fixed = [], folded = [] }: TableOptions<Entry> = {},
): Table<Entry> {
  const fields = storedFields(columns);
  const written: readonly WrittenField[] = [...fields, ...folded.map(foldedField)];
  const changed = written.filter((field) => !fixed.includes(field.name as keyof Entry));
  const toEntry = (row: Row) => {
    const entry: Record<string, unknown> = {};
    for (const { name, read } of fields) entry[name] = read(row);
    return entry as Entry;
  };
  return {
    name,
    insert: `insert into ${name} (${listed(written, (column) => column)}) values (${listed(written, parameter)})`,
    update: `update ${name} set ${listed(changed, (column) => `${column} = ${parameter(column)}`)}`,
    toRow: (entry) => {
      const row: Record<string, SqlValue> = {};
      for (const { name, write } of written) write(entry[name as keyof Entry], row);
      return row;
    },
    toEntry,
    all: (sql, statement, parameters) => sql.all<Row>(statement, parameters).map(toEntry),
    first: (sql, statement, parameters) => {
      const row = sql.first<Row>(statement, parameters);
      return row === undefined ? null : toEntry(row);
    },
  };
}

function listed(fields: readonly WrittenField[], text: (column: string) => string): string {
  return fields.flatMap(({ columns }) => columns.map(text)).join(", ");
}

function parameter(column: string): string {
  return `:${column}`;
}
