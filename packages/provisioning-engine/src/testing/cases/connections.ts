/**
 * Connections and credentials: settings as written, credentials of one connection only.
 *
 * @module
 */
import assert from "node:assert/strict";
import { ACME_CONNECTION, aConnection, aCredential, at, GLOBEX_CONNECTION, id, SETTINGS } from "../records.ts";
import { type Cases, refused, written } from "../world.ts";
import { versionedCases } from "./versioned.ts";

const connection = aConnection({ id: id(10) });

export const connectionCases: Cases = {
  ...versionedCases({
    row: connection,
    changed: {
      presentation: { ssoName: null, loginButtonText: "Sign in" },
      settings: { ...SETTINGS, scimEnabled: false, consent: null, idp: null, verifiedDomains: [] },
      verifiedAt: at(5),
    },
    repository: (tx) => tx.connections,
    get: (tx) => tx.connections.get(connection.id),
  }),
  "I24: keeps a child's connection without settings": async ({ run }) => {
    const child = aConnection({ id: id(11), parentId: ACME_CONNECTION, settings: null });
    await run(async (tx) => written(await tx.connections.insert(child)));
    assert.deepEqual(await run((tx) => tx.connections.get(child.id)), child);
  },
  "R91: reads a credential back by connection and id": async ({ run }) => {
    const credential = aCredential({ expiresAt: at(60), label: null });
    await run(async (tx) => written(await tx.credentials.insert(credential)));
    assert.deepEqual(await run((tx) => tx.credentials.get(ACME_CONNECTION, credential.id)), credential);
    assert.equal(await run((tx) => tx.credentials.get(ACME_CONNECTION, "mst_other")), null);
  },
  "I36: a credential of one connection is unknown at another": async ({ run }) => {
    const { id: credentialId } = aCredential();
    await run(async (tx) => written(await tx.credentials.insert(aCredential())));
    assert.equal(await run((tx) => tx.credentials.get(GLOBEX_CONNECTION, credentialId)), null);
    assert.deepEqual(await run((tx) => tx.credentials.list(GLOBEX_CONNECTION)), []);
    assert.equal(await run((tx) => tx.credentials.delete(GLOBEX_CONNECTION, credentialId)), false);
    assert.deepEqual(await run((tx) => tx.credentials.get(ACME_CONNECTION, credentialId)), aCredential());
  },
  "refuses a taken credential id": async ({ run }) => {
    await run(async (tx) => written(await tx.credentials.insert(aCredential())));
    await run(async (tx) => refused(await tx.credentials.insert(aCredential({ hash: "cd".repeat(32) })), "id"));
    assert.deepEqual(await run((tx) => tx.credentials.list(ACME_CONNECTION)), [aCredential()]);
  },
  "J42: lists several credentials in order of creation": async ({ run }) => {
    const credentials = ["mst_c", "mst_a", "mst_b"].map((id, index) => aCredential({ id, createdAt: at(index) }));
    await run(async (tx) => {
      for (const credential of credentials) written(await tx.credentials.insert(credential));
    });
    assert.deepEqual(await run((tx) => tx.credentials.list(ACME_CONNECTION)), credentials);
  },
  "J42: notes when a credential was last used, and nothing else": async ({ run }) => {
    const credential = aCredential();
    await run(async (tx) => written(await tx.credentials.insert(credential)));
    await run((tx) => tx.credentials.touch(ACME_CONNECTION, credential.id, at(9)));
    const touched = await run((tx) => tx.credentials.get(ACME_CONNECTION, credential.id));
    assert.deepEqual(touched, { ...credential, lastUsedAt: at(9) });
  },
  "touching a credential that was deleted does not bring it back": async ({ run }) => {
    const credential = aCredential();
    await run(async (tx) => written(await tx.credentials.insert(credential)));
    assert.equal(await run((tx) => tx.credentials.delete(ACME_CONNECTION, credential.id)), true);
    await run((tx) => tx.credentials.touch(ACME_CONNECTION, credential.id, at(9)));
    assert.equal(await run((tx) => tx.credentials.get(ACME_CONNECTION, credential.id)), null);
    assert.equal(await run((tx) => tx.credentials.delete(ACME_CONNECTION, credential.id)), false);
  },
};
