/**
 * The store on SQLite, through libsql: one file, one process or several on one machine. Owns the schema, its numbered
 * migrations and every statement; never touches the engine beyond its ports.
 *
 * @module
 */
export { type Migration, sqliteMigrations } from "./migrations/index.ts";
export { type SqliteStoreOptions, sqliteStore } from "./store.ts";
