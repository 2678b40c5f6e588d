/**
 * Connections and credentials: settings as written, credentials of one connection only.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { MetadataWatch } from "../../ports/index.ts";
import { ACME_CONNECTION, aConnection, aCredential, at, GLOBEX_CONNECTION, id, SETTINGS } from "../records.ts";
import { type Cases, refused, written } from "../world.ts";
import { versionedCases } from "./versioned.ts";

const connection = aConnection({ id: id(10) });

const WATCH: MetadataWatch = {
  dueAt: at(60),
  seen: {
    entityId: "https://idp.acme.test",
    ssoUrl: "https://idp.acme.test/sso",
    ssoBinding: "post",
    wantAuthnRequestsSigned: true,
    sloUrl: null,
    sloResponseUrl: null,
    sloBinding: null,
    certificates: ["AA:BB"],
  },
  readAt: at(0),
  validUntil: at(90),
  failure: { code: "metadata_unreachable", message: "No answer.", hint: null, since: at(1), attempts: 2 },
  announced: {
    fields: [{ field: "sloUrl", from: null, to: "https://idp.acme.test/slo" }],
    certificatesAdded: ["CC:DD"],
    certificatesRemoved: [],
  },
};

const due = (index: number, dueAt: string | null) =>
  aConnection({ id: id(index), metadata: { ...WATCH, dueAt }, settings: null });

export const connectionCases: Cases = {
  ...versionedCases({
    row: connection,
    changed: {
      presentation: { ssoName: null, loginButtonText: "Sign in" },
      settings: { ...SETTINGS, scimEnabled: false, consent: null, idp: null, verifiedDomains: [] },
      verifiedAt: at(5),
      metadata: WATCH,
    },
    repository: (tx) => tx.connections,
    get: (tx) => tx.connections.get(connection.id),
  }),
  "I24: keeps a child's connection without settings": async ({ run }) => {
    const child = aConnection({ id: id(11), parentId: ACME_CONNECTION, settings: null });
    await run(async (tx) => written(await tx.connections.insert(child)));
    assert.deepEqual(await run((tx) => tx.connections.get(child.id)), child);
  },
  "R85: finds those whose metadata is to be read by now, those that wait longest first": async ({ run }) => {
    const [third, first, second, later] = [due(20, at(3)), due(21, at(1)), due(22, at(2)), due(23, at(5))];
    await run(async (tx) => {
      for (const row of [third, first, second, later, due(24, null)]) written(await tx.connections.insert(row));
    });
    assert.deepEqual(await run((tx) => tx.connections.metadataDue(at(3), 9)), [first, second, third]);
    assert.deepEqual(await run((tx) => tx.connections.metadataDue(at(9), 2)), [first, second]);
    assert.deepEqual(await run((tx) => tx.connections.metadataDue(at(0), 9)), []);
    const next = { ...first, metadata: { ...WATCH, dueAt: at(8) }, version: first.version + 1 };
    await run(async (tx) => written(await tx.connections.update(next)));
    assert.deepEqual(await run((tx) => tx.connections.metadataDue(at(3), 9)), [second, third]);
    const off = { ...second, metadata: null, version: second.version + 1 };
    await run(async (tx) => written(await tx.connections.update(off)));
    assert.deepEqual(await run((tx) => tx.connections.metadataDue(at(9), 9)), [third, later, next]);
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
