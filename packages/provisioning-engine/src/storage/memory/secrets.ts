/**
 * Secrets that are settled once.
 *
 * @module
 */
import type { SecretRepository } from "../../ports/index.ts";
import type { Journal } from "./journal.ts";
import { createTable } from "./table.ts";

interface SecretRow {
  readonly connectionId: string;
  readonly purpose: string;
  readonly secret: string;
}

export function createSecrets(journal: Journal): SecretRepository {
  const secrets = createTable<SecretRow, never>(journal, {
    owner: ({ connectionId }) => connectionId,
    id: ({ purpose }) => purpose,
    indexes: {},
  });
  return {
    settle: async (connectionId, purpose, proposed) => {
      secrets.insert({ connectionId, purpose, secret: proposed });
      return secrets.get(connectionId, purpose)?.secret ?? proposed;
    },
  };
}
