import { TEST_KEY_PAIRS } from "@muster/saml-sp/testing";
import { describe, expect, it } from "vitest";
import { accountOf, ENGINE_URL } from "../admin/harness.ts";
import { start } from "./world.ts";

/** The current key and the one before it. */
const KEYS = [TEST_KEY_PAIRS.serviceProvider, TEST_KEY_PAIRS.stranger];

describe("a sign-in", () => {
  it("R99: finds the provisioned account, and ends at the page where it began, with the host's cookie", async () => {
    const { directory, signIn, established, admin } = await start();
    await directory.push({ userName: "mira" });
    const { status, headers } = await signIn("acme", "mira", { returnTo: "/docs?page=2" });
    expect([status, headers.get("location")]).toEqual([303, "/docs?page=2"]);
    const account = await accountOf({ admin }, "acme", "mira");
    expect(headers.get("set-cookie")).toBe(`session=${account.id}`);
    expect(established).toMatchObject([{ tenant: "acme", account: { id: account.id }, nameId: { value: "mira" } }]);
    expect((await admin.accounts.list("acme")).items).toHaveLength(1);
  });

  it("R120: at a child uses the child's own endpoints and the parent's identity provider", async () => {
    const { directory, signIn, established } = await start();
    await directory.push({ userName: "mira" });
    const { status, headers } = await signIn("docs", "mira");
    expect([status, headers.get("location")]).toEqual([303, "/t/docs"]);
    expect(established).toMatchObject([{ tenant: "docs" }]);
  });

  it("R11: decrypts with the keys of the options at every connection, and publishes them", async () => {
    const { directory, signIn, admin, send } = await start({}, { decryptionKeys: KEYS, signingKeys: KEYS.slice(0, 1) });
    await directory.push({ userName: "mira" });
    for (const tenant of ["acme", "docs"]) {
      for (const { certificate } of KEYS) {
        expect(await signIn(tenant, "mira", { encrypt: { certificate } })).toMatchObject({ status: 303 });
      }
      const { metadataUrl } = (await admin.connections.get(tenant)).saml;
      const { body } = await send(metadataUrl.slice(ENGINE_URL.length));
      expect(body.match(/use="(signing|encryption)"/g)).toHaveLength(3);
    }
  });

  it("R11: without keys refuses what is encrypted, and says what is missing", async () => {
    const { directory, signIn } = await start();
    await directory.push({ userName: "mira" });
    expect(await signIn("acme", "mira", { encrypt: {} })).toMatchObject({ code: "decryption_key_missing" });
  });

  it("I42: changes nothing about a provisioned account", async () => {
    const { directory, signIn, admin } = await start();
    await directory.push({ userName: "mira", team: true, email: "mira@acme.example", name: "Mira" });
    const before = await accountOf({ admin }, "acme", "mira");
    await signIn("acme", "mira", { attributes: { email: "other@mail.example", name: "Other" } });
    expect(await accountOf({ admin }, "acme", "mira")).toEqual(before);
  });

  it("I39: audits what it is the first to prove, once", async () => {
    const { directory, signIn, admin } = await start();
    await directory.push({ userName: "mira" });
    const { id } = await accountOf({ admin }, "acme", "mira");
    for (let times = 0; times < 2; times++) await signIn("acme", "mira");
    const [remembered, verified, earlier] = (await admin.audit.list("acme")).items;
    expect(remembered).toMatchObject({
      action: "account.name_id_remembered",
      subject: { type: "account", id },
      before: { samlNameId: null },
      after: { samlNameId: expect.stringContaining('"mira"') },
    });
    expect(verified).toMatchObject({ action: "connection.verified", actor: { type: "connection" } });
    expect(earlier?.action).toBe("account.created");
  });

  it.each([
    ["R54: an inactive", { active: false }, undefined, "account_inactive"],
    ["R54: a suspended", {}, { suspended: true }, "account_suspended"],
  ] as const)("%s account is refused, and not by name", async (_, person, local, expected) => {
    const { directory, signIn, admin, log } = await start();
    await directory.push({ userName: "mira", ...person });
    const { id } = await accountOf({ admin }, "acme", "mira");
    if (local !== undefined) await admin.accounts.update("acme", id, local);
    for (const tenant of ["acme", "docs"]) {
      expect(await signIn(tenant, "mira")).toMatchObject({ status: 403, code: expected });
      expect(await log(tenant)).toMatchObject([
        { outcome: "refused", code: expected, stage: "account", subject: { nameId: "mira", accountId: id } },
      ]);
    }
  });

  it("R65: somebody who waits for a seat is refused", async () => {
    const { directory, signIn, admin } = await start();
    await admin.tenants.update("acme", { seatLimits: { user: 0 } });
    await directory.push({ userName: "mira", team: true });
    expect(await signIn("acme", "mira")).toMatchObject({ status: 403, code: "account_pending" });
  });

  it("contract 4: an account that is suspended or deactivated at the parent may be signed in nowhere", async () => {
    const { directory, provisioning, admin } = await start();
    const scimId = await directory.push({ userName: "mira" });
    const { id } = await accountOf({ admin }, "acme", "mira");
    const may = () => Promise.all(["acme", "docs"].map((tenant) => provisioning.canSignIn(tenant, id)));
    expect(await may()).toEqual([true, true]);
    await admin.accounts.update("acme", id, { suspended: true });
    expect(await may()).toEqual([false, false]);
    await admin.accounts.update("acme", id, { suspended: false });
    await admin.accounts.update("docs", id, { suspended: true });
    expect(await may()).toEqual([true, false]);
    await admin.accounts.update("docs", id, { suspended: false });
    await directory.patch(`/Users/${scimId}`, { op: "Replace", path: "active", value: "False" });
    expect(await may()).toEqual([false, false]);
    expect(await provisioning.canSignIn("acme", "nobody")).toBe(false);
  });

  it("tells listeners once", async () => {
    const { directory, signIn, provisioning } = await start();
    await directory.push({ userName: "mira" });
    const heard: string[] = [];
    provisioning.on("account.signed_in", ({ tenant, account }) => void heard.push(`${tenant} ${account.userName}`));
    await signIn("acme", "mira");
    await provisioning.close();
    expect(heard).toEqual(["acme mira"]);
  });

  it("R82: without the e-mail attribute is refused", async () => {
    const { directory, signIn } = await start();
    await directory.push({ userName: "mira" });
    expect(await signIn("acme", "mira", { attributes: { Email: "m@x.example" } })).toMatchObject({
      code: "attribute_missing",
    });
  });
});

describe("whose account it is", () => {
  it("the NameID of the last sign-in comes first: a person who was renamed meanwhile stays the same", async () => {
    const { directory, signIn, established } = await start();
    const id = await directory.push({ userName: "mira" });
    await signIn("acme", "mira");
    await directory.patch(`/Users/${id}`, { op: "Replace", path: "userName", value: "mira.berg" });
    await signIn("acme", "mira");
    expect(established.map(({ account }) => account.userName)).toEqual(["mira", "mira.berg"]);
    expect(established[1]?.account.id).toBe(established[0]?.account.id);
  });

  it("a NameID of another format is somebody else's key", async () => {
    const { directory, signIn, established } = await start();
    await directory.push({ userName: "mira", email: "mira@acme.example" });
    const persistent = { nameIdFormat: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" };
    await signIn("acme", "mira");
    await signIn("acme", "x-1", { ...persistent, attributes: { email: "mira@acme.example", name: "m" } });
    expect(await signIn("acme", "x-1", { nameIdFormat: null })).toMatchObject({ code: "not_provisioned" });
    expect(established).toHaveLength(2);
  });

  it("the externalId of the directory is found", async () => {
    const { directory, signIn, established } = await start();
    const core = ["urn:ietf:params:scim:schemas:core:2.0:User"];
    await directory.request("POST", "/Users", { schemas: core, userName: "mira", externalId: "guid-1" });
    expect((await signIn("acme", "guid-1")).status).toBe(303);
    expect(established[0]?.account.userName).toBe("mira");
  });

  it("R99: the externalId of the directory comes before a user name that somebody chose", async () => {
    const { directory, admin, signIn, established } = await start();
    await admin.accounts.create("acme", { userName: "guid-1", kind: "user" });
    const core = ["urn:ietf:params:scim:schemas:core:2.0:User"];
    await directory.request("POST", "/Users", { schemas: core, userName: "mira", externalId: "guid-1" });
    expect((await signIn("acme", "guid-1")).status).toBe(303);
    expect(established[0]?.account.userName).toBe("mira");
  });

  it("the e-mail of a managed account is found, unless two share it", async () => {
    const { directory, signIn } = await start();
    await directory.push({ userName: "mira", email: "team@acme.example" });
    const attributes = { email: "TEAM@acme.example", name: "x" };
    expect((await signIn("acme", "opaque", { attributes })).status).toBe(303);
    await directory.push({ userName: "tomas", email: "team@acme.example" });
    expect(await signIn("acme", "opaque-2", { attributes })).toMatchObject({ code: "not_provisioned" });
  });

  it("R99: at a child, an address that people of its parent share is nobody's, also when its own have it", async () => {
    const { admin, directory, signIn, established } = await start({ verifiedDomains: ["acme.example"] });
    const email = "team@acme.example";
    await admin.accounts.create("docs", { userName: "local", email, kind: "reader" });
    await directory.push({ userName: "mira", email });
    const attributes = { email, name: "x" };
    expect((await signIn("docs", "opaque", { attributes })).status).toBe(303);
    expect(established[0]?.account.userName).toBe("mira");
    await directory.push({ userName: "tomas", email: "TEAM@acme.example" });
    expect(await signIn("docs", "opaque-2", { attributes })).toMatchObject({ code: "not_provisioned" });
  });

  it("I11: the e-mail of a hand-made account is found only with proof of its domain", async () => {
    const { admin, signIn } = await start();
    await admin.accounts.create("acme", { userName: "local", email: "local@acme.example", kind: "user" });
    const attributes = { email: "local@acme.example", name: "x" };
    expect(await signIn("acme", "opaque", { attributes })).toMatchObject({ code: "not_provisioned" });
    await admin.connections.update("acme", { verifiedDomains: ["ACME.example"] });
    expect((await signIn("acme", "opaque", { attributes })).status).toBe(303);
  });

  it("I2: a break-glass account is never entered by an identity provider", async () => {
    const { admin, signIn } = await start({ jit: "reader" });
    await admin.accounts.create("acme", { userName: "root", kind: "user", breakGlass: true });
    expect(await signIn("acme", "root")).toMatchObject({ status: 403, code: "not_provisioned" });
  });

  it("I10: a child does not find its parent's hand-made accounts", async () => {
    const { admin, signIn } = await start();
    await admin.accounts.create("acme", { userName: "local", kind: "user" });
    expect(await signIn("docs", "local")).toMatchObject({ code: "not_provisioned" });
    expect((await signIn("acme", "local")).status).toBe(303);
  });
});

describe("R100: somebody whom nobody has provisioned", () => {
  it("is refused, and no account is made", async () => {
    const { signIn, admin, log } = await start();
    expect(await signIn("acme", "new")).toMatchObject({ status: 403, code: "not_provisioned" });
    expect((await admin.accounts.list("acme")).items).toEqual([]);
    expect(await log("acme")).toMatchObject([
      { outcome: "refused", code: "not_provisioned", subject: { nameId: "new", accountId: null, userName: null } },
    ]);
  });

  it("becomes a reader where the connection says so, once, with the default groups", async () => {
    const { signIn, admin, established } = await start();
    const { id: group } = await admin.groups.create("acme", { name: "Everybody", kind: "reader" });
    await admin.connections.update("acme", { jit: "reader", defaultReaderGroups: [group] });
    expect((await signIn("acme", "new")).status).toBe(303);
    expect((await signIn("acme", "new")).status).toBe(303);
    const { items } = await admin.accounts.list("acme");
    expect(items).toMatchObject([
      { userName: "new", email: "new@mail.example", kind: "reader", status: "active", managedBy: null },
    ]);
    expect(items[0]?.groups).toMatchObject([{ name: "Everybody", sources: ["default"] }]);
    expect(established.map(({ account }) => account.id)).toEqual([items[0]?.id, items[0]?.id]);
  });

  it("waits where there is no reader seat", async () => {
    const { signIn, admin } = await start({ jit: "reader" });
    await admin.tenants.update("acme", { seatLimits: { reader: 0 } });
    expect(await signIn("acme", "new")).toMatchObject({ code: "account_pending" });
    expect((await admin.accounts.list("acme")).items).toMatchObject([{ status: "pending" }]);
  });

  it("I32: is listed while waiting, and not any more once there is a seat", async () => {
    const { signIn, admin } = await start({ jit: "reader" });
    await admin.tenants.update("acme", { seatLimits: { reader: 0 } });
    await signIn("acme", "new");
    const open = async () => (await admin.syncFailures.list("acme", { open: true })).items;
    expect(await open()).toMatchObject([{ cause: "seat_limit", operation: "create", subject: { key: "new" } }]);
    await admin.tenants.update("acme", { seatLimits: { reader: 1 } });
    expect(await open()).toEqual([]);
    expect((await signIn("acme", "new")).status).toBe(303);
  });

  it("R100: is pending where the connection says so, holds no seat, and comes in when an admin says so", async () => {
    const { signIn, admin } = await start({ jit: "pending" });
    await admin.tenants.update("acme", { seatLimits: { reader: 0 } });
    for (let times = 0; times < 2; times++) {
      expect(await signIn("acme", "new")).toMatchObject({ code: "account_pending" });
    }
    const { id, status } = await accountOf({ admin }, "acme", "new");
    expect([status, (await admin.syncFailures.list("acme")).items]).toEqual(["pending", []]);
    await expect(admin.accounts.update("acme", id, { status: "active" })).rejects.toMatchObject({ code: "seat_limit" });
    await admin.tenants.update("acme", { seatLimits: { reader: 1 } });
    await admin.accounts.update("acme", id, { name: "New" });
    expect((await admin.tenants.get("acme")).seats.reader.used).toBe(0);
    expect(await admin.accounts.update("acme", id, { status: "active" })).toMatchObject({ status: "active" });
    expect((await admin.tenants.get("acme")).seats.reader.used).toBe(1);
    expect((await admin.events.list("acme", { types: ["account.admitted"] })).items).toHaveLength(1);
    expect((await signIn("acme", "new")).status).toBe(303);
  });

  it("R100: whoever is pending stays so when made a user or refused, until let in", async () => {
    const { signIn, admin } = await start({ jit: "pending" });
    await signIn("acme", "new");
    const { id } = await accountOf({ admin }, "acme", "new");
    expect(await admin.accounts.update("acme", id, { kind: "user" })).toMatchObject({ status: "pending" });
    expect(await admin.accounts.update("acme", id, { status: "inactive" })).toMatchObject({ status: "inactive" });
    expect(await signIn("acme", "new")).toMatchObject({ code: "account_inactive" });
    expect(await admin.accounts.update("acme", id, { status: "active" })).toMatchObject({ status: "active" });
    expect((await admin.tenants.get("acme")).seats).toMatchObject({ user: { used: 1 }, reader: { used: 0 } });
  });

  it("R100: the directory lets in whoever was pending, with a seat", async () => {
    const { signIn, admin, directory } = await start({ jit: "pending" });
    await admin.connections.update("acme", { verifiedDomains: ["mail.example"] });
    expect(await signIn("acme", "new")).toMatchObject({ code: "account_pending" });
    const { email } = await accountOf({ admin }, "acme", "new");
    await directory.push({ userName: "new", ...(email === null ? {} : { email }) });
    const { items } = await admin.accounts.list("acme");
    expect(items).toMatchObject([{ userName: "new", status: "active", managedBy: { tenant: "acme" } }]);
    expect((await admin.tenants.get("acme")).seats.reader.used).toBe(1);
  });
});

describe("the door", () => {
  it("I5, P27: an assertion works once, also when two browsers post it at the same time", async () => {
    const { directory, begin, post, idp } = await start();
    await directory.push({ userName: "mira" });
    const { saml, authnRequestUrl } = await begin("acme");
    const attributes = { email: "m@x.example", name: "m" };
    const form = idp.respond({ serviceProvider: saml, authnRequestUrl, nameId: "mira", attributes });
    const posted = await Promise.all([post(saml.acsUrl, form), post(saml.acsUrl, form), post(saml.acsUrl, form)]);
    expect(posted.map(({ status }) => status).sort()).toEqual([303, 403, 403]);
  });

  it("P31: an answer to one connection's question is refused at another", async () => {
    const { directory, begin, post, idp, admin } = await start();
    await directory.push({ userName: "mira" });
    const { saml, authnRequestUrl } = await begin("acme");
    const docs = (await admin.connections.get("docs")).saml;
    const attributes = { email: "m@x.example", name: "m" };
    const forDocs = idp.respond({ serviceProvider: docs, authnRequestUrl, nameId: "mira", attributes });
    expect((await post(docs.acsUrl, forDocs)).status).toBe(403);
    const forAcme = idp.respond({ serviceProvider: saml, authnRequestUrl, nameId: "mira", attributes });
    expect((await post(docs.acsUrl, forAcme)).status).toBe(403);
  });

  it("R87: nobody asked: refused by default, accepted with the switch, which acts at once; a foreign page is no target", async () => {
    const { directory, post, idp, admin } = await start();
    await directory.push({ userName: "mira" });
    const { saml } = await admin.connections.get("acme");
    const unsolicited = (relayState?: string) => ({
      ...idp.respond({ serviceProvider: saml, nameId: "mira", attributes: { email: "m@x.example", name: "m" } }),
      relayState,
    });
    expect((await post(saml.acsUrl, unsolicited())).status).toBe(403);
    await admin.connections.update("acme", { allowIdpInitiated: true });
    expect((await post(saml.acsUrl, unsolicited("/start"))).headers.get("location")).toBe("/start");
    expect((await post(saml.acsUrl, unsolicited("https://evil.example/"))).headers.get("location")).toBe("/t/acme");
    await admin.connections.update("acme", { allowIdpInitiated: false });
    expect((await post(saml.acsUrl, unsolicited())).status).toBe(403);
  });

  it("has none at an unknown connection", async () => {
    const { provisioning } = await start();
    const response = await provisioning.fetch(new Request(`${ENGINE_URL}/saml/nowhere/sign-in`));
    expect(response.status).toBe(404);
  });
});
