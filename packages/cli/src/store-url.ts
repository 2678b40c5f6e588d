/**
 * Store URLs: one text that names a store and where it keeps its data.
 *
 * @module
 */
import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { memoryStore, type Store } from "@muster/provisioning-engine";
import { sqliteStore } from "@muster/storage-sql/sqlite";
import { CliError } from "./errors.ts";

/** A store URL, read. */
export type StoreLocation = { readonly kind: "memory" } | { readonly kind: "sqlite"; readonly path: string };

/**
 * @param url `memory:` or `sqlite:PATH`
 * @throws {CliError} `unsupported_store` for a database without an adapter, `usage` for anything else
 */
export function readStoreUrl(url: string): StoreLocation {
  if (url === "memory:") return { kind: "memory" };
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1];
  if (path !== undefined) return { kind: "sqlite", path: resolve(path) };
  if (/^postgres(ql)?:/.test(url)) {
    // The URL is not repeated: it may hold a password.
    throw new CliError(
      "unsupported_store",
      "--store: this edition has no PostgreSQL adapter yet. Use sqlite:PATH, or memory: to keep nothing.",
    );
  }
  throw new CliError("usage", "--store: expected memory: or sqlite:PATH, for example sqlite:.muster/dev.db.");
}

/**
 * Opens the store that a URL names. The folder of an SQLite file is made when it is missing.
 *
 * @throws {CliError} as `readStoreUrl`; `unreadable_file` when the folder cannot be made
 */
export function openStore(url: string): Store {
  const location = readStoreUrl(url);
  if (location.kind === "memory") return memoryStore();
  try {
    mkdirSync(dirname(location.path), { recursive: true });
  } catch (cause) {
    throw new CliError("unreadable_file", `--store: the folder of ${location.path} cannot be made.`, { cause });
  }
  return sqliteStore({ path: location.path });
}
