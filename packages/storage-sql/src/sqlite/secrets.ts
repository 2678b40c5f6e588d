import type { SecretRepository } from "@muster/provisioning-engine/ports";
import type { Sql } from "./sql.ts";

type SecretRow = { readonly secret: string };

const GET = "select secret from secrets where connection_id = :connection_id and purpose = :purpose";
const PROPOSE = `
  insert into secrets (connection_id, purpose, secret) values (:connection_id, :purpose, :secret)
  on conflict do nothing
  returning secret`;

export function createSecrets(sql: Sql): SecretRepository {
  return {
    settle: async (connectionId, purpose, proposed) => {
      const id = { connection_id: connectionId, purpose };
      // Nearly always there is one: reading it leaves the file as it is.
      const row = sql.first<SecretRow>(GET, id) ?? sql.first<SecretRow>(PROPOSE, { ...id, secret: proposed });
      return row?.secret ?? proposed;
    },
  };
}
