import { createTestIdentityProvider } from "@muster/saml-sp/testing";
import { describe, expect, it } from "vitest";
import { accountOf, connect, startWorld, type World } from "./harness.ts";

const IDP = createTestIdentityProvider({ entityId: "https://idp.example", ssoUrl: "https://idp.example/sso" });
const refused = (code: string) => expect.objectContaining({ code });

async function startFamily(): Promise<World> {
  const world = startWorld();
  await world.admin.tenants.create({ id: "acme" });
  await world.admin.tenants.create({ id: "acme-docs", parent: "acme" });
  return world;
}

describe("admin.connections", () => {
  it("R90, I37: asks for consent once, and says so", async () => {
    const { admin } = await startFamily();
    await expect(admin.connections.update("acme", { scimEnabled: true })).rejects.toThrow(refused("consent_required"));
    const olga = admin.as({ type: "person", id: "olga" });
    const { consent } = await olga.connections.update("acme", { scimEnabled: true, consent: true });
    expect(consent).toEqual({ by: "olga", at: "2026-03-01T12:00:00.000Z", textVersion: "2026-01" });
    await admin.connections.update("acme", { scimEnabled: false });
    expect(await admin.connections.update("acme", { scimEnabled: true })).toMatchObject({ scimEnabled: true, consent });
  });

  it("R103, K2: at a child only presentation is changed, and stays there", async () => {
    const { admin } = await startFamily();
    for (const change of [
      { groupSync: true },
      { idp: null },
      { scimEnabled: true, consent: true },
      { ssoName: "x", jit: "reader" as const },
    ]) {
      await expect(admin.connections.update("acme-docs", change)).rejects.toThrow(refused("inherited_read_only"));
    }
    await admin.connections.update("acme-docs", { ssoName: "Docs", loginButtonText: "Go" });
    expect(await admin.connections.get("acme-docs")).toMatchObject({ ssoName: "Docs", loginButtonText: "Go" });
    expect(await admin.connections.get("acme")).toMatchObject({ ssoName: null, loginButtonText: null });
  });

  it("R105, R120: a child shows its parent's settings as they are now", async () => {
    const { admin } = await startFamily();
    await admin.connections.update("acme", { idp: { metadata: IDP.metadata() }, allowIdpInitiated: true });
    expect(await admin.connections.get("acme-docs")).toMatchObject({
      owner: "acme",
      readOnly: true,
      allowIdpInitiated: true,
      idp: { entityId: "https://idp.example" },
    });
  });

  it("R84, R85: shows certificates by subject, fingerprint and end", async () => {
    const { admin } = await startFamily();
    const { idp } = await admin.connections.update("acme", { idp: { metadata: IDP.metadata() } });
    expect(idp?.certificates).toEqual([
      {
        subject: expect.stringContaining("CN="),
        fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
        notBefore: "2020-01-01T00:00:00.000Z",
        notAfter: "2120-01-01T00:00:00.000Z",
        daysLeft: 34_272,
      },
    ]);
    expect(await admin.connections.update("acme", { idp: null })).toMatchObject({ idp: null });
  });

  it("I39: audits what changed, without certificates in full", async () => {
    const { admin } = await startFamily();
    await admin.connections.update("acme", { idp: { metadata: IDP.metadata() }, groupSync: true });
    const [entry] = (await admin.audit.list("acme")).items;
    expect(entry).toMatchObject({
      action: "connection.updated",
      before: { groupSync: false, idp: null },
      after: { groupSync: true, idp: { entityId: "https://idp.example" } },
    });
    expect(Object.keys(entry?.after ?? {}).toSorted()).toEqual(["groupSync", "idp"]);
    expect(JSON.stringify(entry)).not.toContain("BEGIN CERTIFICATE");
  });

  it("I34: a change that changes nothing leaves no trace", async () => {
    const { admin } = await startFamily();
    const before = await admin.audit.list("acme");
    await admin.connections.update("acme", { groupSync: false, jit: "deny", verifiedDomains: [] });
    expect(await admin.audit.list("acme")).toEqual(before);
  });

  it("R29: a default group is there, and of the kind whose default it is", async () => {
    const { admin } = await startFamily();
    const users = await admin.groups.create("acme", { name: "Writers", kind: "user" });
    const foreign = await admin.groups.create("acme-docs", { name: "Elsewhere", kind: "user" });
    for (const id of ["nowhere", foreign.id, "__proto__"]) {
      await expect(admin.connections.update("acme", { defaultUserGroups: [id] })).rejects.toThrow(
        refused("invalid_request"),
      );
    }
    await expect(admin.connections.update("acme", { defaultReaderGroups: [users.id] })).rejects.toThrow(
      refused("invalid_request"),
    );
    const { defaultUserGroups } = await admin.connections.update("acme", { defaultUserGroups: [users.id] });
    expect(defaultUserGroups).toEqual([users.id]);
  });

  it("a default group that is deleted is no default any more", async () => {
    const world = await startFamily();
    const { admin } = world;
    const { id } = await admin.groups.create("acme", { name: "Writers", kind: "user" });
    await admin.connections.update("acme", { defaultUserGroups: [id] });
    await admin.groups.delete("acme", id);
    expect((await admin.connections.get("acme")).defaultUserGroups).toEqual([]);
    await (await connect(world, "acme")).push({ userName: "ada", team: true });
    expect((await accountOf(world, "acme", "ada")).groups).toEqual([]);
  });

  it("R48, R117: the SCIM switch locks and unlocks, at the child too", async () => {
    const world = await startFamily();
    await (await connect(world, "acme")).push({ userName: "ada", team: true });
    const locked = async (tenant: string) => (await accountOf(world, tenant, "ada")).lockedFields;
    for (const tenant of ["acme", "acme-docs"]) expect(await locked(tenant)).toContain("name");
    await world.admin.connections.update("acme", { scimEnabled: false });
    for (const tenant of ["acme", "acme-docs"]) expect(await locked(tenant)).toEqual([]);
    await world.admin.connections.update("acme", { scimEnabled: true });
    for (const tenant of ["acme", "acme-docs"]) expect(await locked(tenant)).toContain("name");
  });

  it("R32, I18: group sync off keeps memberships as they are, on lets the directory's take effect", async () => {
    const world = await startFamily();
    const directory = await connect(world, "acme");
    const [ada, bob] = [
      await directory.push({ userName: "ada", team: false }),
      await directory.push({ userName: "bob", team: false }),
    ];
    const group = await directory.pushGroup("Docs", [ada]);
    await world.admin.connections.update("acme", { groupSync: false });
    await directory.patch(`/Groups/${group}`, { op: "add", path: "members", value: [{ value: bob }] });
    await directory.patch(`/Groups/${group}`, { op: "remove", path: `members[value eq "${ada}"]` });
    const groupsOf = async (userName: string) => (await accountOf(world, "acme", userName)).groups.length;
    expect([await groupsOf("ada"), await groupsOf("bob")]).toEqual([1, 0]);
    await world.admin.connections.update("acme", { groupSync: true });
    expect([await groupsOf("ada"), await groupsOf("bob")]).toEqual([0, 1]);
  });
});
