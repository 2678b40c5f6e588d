import { describe, expect, it } from "vitest";
import { memoryStore } from "../../src/index.ts";
import { ENGINE_URL, startWorld } from "./harness.ts";

const refused = (code: string) => expect.objectContaining({ code });

describe("admin.clients", () => {
  it("J42: shows a secret once, and then what is known of the client", async () => {
    const { admin } = startWorld();
    const { connection } = await admin.tenants.create({ id: "acme" });
    const made = await admin.clients.create("acme", { label: "Entra", expiresAt: "2027-01-01T00:00:00+01:00" });
    expect(made).toEqual({
      id: expect.stringMatching(/^msc_[0-9a-f]{12}$/),
      clientId: made.id,
      clientSecret: expect.stringMatching(/^mcs_[\w-]{43}$/),
      tokenUrl: `${ENGINE_URL}/oauth/${connection.id}/token`,
      label: "Entra",
      createdAt: "2026-03-01T12:00:00.000Z",
      expiresAt: "2026-12-31T23:00:00.000Z",
      lastUsedAt: null,
    });
    const { clientSecret, ...known } = made;
    expect((await admin.clients.list("acme")).items).toEqual([known]);
    const { items } = await admin.audit.list("acme");
    expect(items[0]).toMatchObject({ action: "client.created", subject: { type: "client", id: made.id } });
    expect(JSON.stringify(items)).not.toContain(clientSecret.slice(-20));
  });

  it("design 9: nothing that is stored makes a secret or a key", async () => {
    const store = memoryStore();
    const { admin } = startWorld({ store });
    const { connection } = await admin.tenants.create({ id: "acme" });
    const { id, clientSecret } = await admin.clients.create("acme");
    const record = await store.transaction({ tenantId: null }, (tx) => tx.credentials.get(connection.id, id));
    expect(record?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(record)).not.toContain(clientSecret.slice(4));
    const other = await admin.clients.create("acme");
    const { hash } = (await store.transaction({ tenantId: null }, (tx) =>
      tx.credentials.get(connection.id, other.id),
    )) ?? { hash: "" };
    expect(hash).not.toBe(record?.hash);
  });

  it("clients and tokens are told apart, and each is revoked at its own address", async () => {
    const { admin } = startWorld();
    await admin.tenants.create({ id: "acme" });
    const [client, token] = [await admin.clients.create("acme"), await admin.tokens.create("acme")];
    expect((await admin.clients.list("acme")).items.map(({ id }) => id)).toEqual([client.id]);
    expect((await admin.tokens.list("acme")).items.map(({ id }) => id)).toEqual([token.id]);
    await expect(admin.clients.revoke("acme", token.id)).rejects.toThrow(refused("not_found"));
    await expect(admin.tokens.revoke("acme", client.id)).rejects.toThrow(refused("not_found"));
    await admin.clients.revoke("acme", client.id);
    await expect(admin.clients.revoke("acme", client.id)).rejects.toThrow(refused("not_found"));
    expect((await admin.clients.list("acme")).items).toEqual([]);
    expect((await admin.tokens.list("acme")).items).toHaveLength(1);
    expect((await admin.audit.list("acme")).items[0]).toMatchObject({ action: "client.revoked" });
  });

  it("R116: a child has none", async () => {
    const { admin } = startWorld();
    await admin.tenants.create({ id: "acme" });
    await admin.tenants.create({ id: "acme-docs", parent: "acme" });
    await admin.clients.create("acme");
    expect((await admin.clients.list("acme-docs")).items).toEqual([]);
    await expect(admin.clients.create("acme-docs")).rejects.toThrow(refused("inherited_read_only"));
  });

  it("I36: another tenant's clients are out of reach", async () => {
    const { admin } = startWorld();
    for (const id of ["acme", "globex"]) await admin.tenants.create({ id });
    const { id } = await admin.clients.create("acme");
    expect((await admin.clients.list("globex")).items).toEqual([]);
    await expect(admin.clients.revoke("globex", id)).rejects.toThrow(refused("not_found"));
  });

  it("refuses an end in the past, and more than anybody needs", async () => {
    const { admin } = startWorld();
    await admin.tenants.create({ id: "acme" });
    await expect(admin.clients.create("acme", { expiresAt: "2026-03-01T12:00:00Z" })).rejects.toThrow(
      refused("invalid_request"),
    );
    for (let count = 0; count < 50; count++) await admin.clients.create("acme");
    await expect(admin.clients.create("acme")).rejects.toThrow(refused("conflict"));
    await admin.tokens.create("acme");
  });

  it("contract 5: the management API needs the right to make tokens", async () => {
    const { api, admin } = startWorld();
    await admin.tenants.create({ id: "acme" });
    const path = "/tenants/acme/connection/clients";
    const reader = { actor: "rita", tenants: "all", can: ["read"] } as const;
    expect((await api("POST", path, {}, reader)).status).toBe(403);
    const { status, body } = await api("POST", path, { label: "Okta" });
    expect([status, body.label]).toEqual([201, "Okta"]);
    expect((await api("GET", path, undefined, reader)).body.items).toHaveLength(1);
    expect((await api("DELETE", `${path}/${body.id}`, undefined, reader)).status).toBe(403);
    expect((await api("DELETE", `${path}/${body.id}`)).status).toBe(204);
  });
});
