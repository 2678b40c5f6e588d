/**
 * The migrations in order. They are plain SQL, so that an administrator can read them and run them by hand; one that
 * was released is never changed.
 *
 * @module
 */
import { SQL as initial } from "./0001-initial.ts";
import { SQL as resources } from "./0002-resources.ts";
import { SQL as secrets } from "./0003-secrets.ts";
import { SQL as webhooks } from "./0004-webhooks.ts";
import { SQL as signIns } from "./0005-sign-ins.ts";
import { SQL as decidedRoles } from "./0006-decided-roles.ts";
import { SQL as resolvedFailures } from "./0007-resolved-failures.ts";
import { SQL as archivedAccounts } from "./0008-archived-accounts.ts";
import { SQL as metadataWatch } from "./0009-metadata-watch.ts";

/** One step of the schema. The `user_version` of a database is the number of the last step that it has. */
export interface Migration {
  /** From 1, ascending. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

/**
 * Every migration, oldest first; what `migrate()` runs. For reading and reviewing.
 *
 * @example
 * for (const { number, name, sql } of sqliteMigrations) console.log(`-- ${number} ${name}\n${sql}`);
 */
export const sqliteMigrations: readonly Migration[] = [
  { number: 1, name: "initial", sql: initial },
  { number: 2, name: "resources", sql: resources },
  { number: 3, name: "secrets", sql: secrets },
  { number: 4, name: "webhooks", sql: webhooks },
  { number: 5, name: "sign-ins", sql: signIns },
  { number: 6, name: "decided-roles", sql: decidedRoles },
  { number: 7, name: "resolved-failures", sql: resolvedFailures },
  { number: 8, name: "archived-accounts", sql: archivedAccounts },
  { number: 9, name: "metadata-watch", sql: metadataWatch },
];
