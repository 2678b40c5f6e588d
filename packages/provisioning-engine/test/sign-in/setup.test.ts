import { describe, expect, it } from "vitest";
import { accountOf, EVERYTHING, startWorld } from "../admin/harness.ts";
import { start } from "./world.ts";

const READER = { ...EVERYTHING, can: ["read", "operate", "tokens"] as const };

describe("setting single sign-on up", () => {
  it("R72, I38: is for those whom the host lets configure", async () => {
    const { api } = await start();
    for (const change of [{ allowIdpInitiated: true }, { idpKind: "okta" }, { idp: null }, { ssoName: "Acme" }]) {
      expect((await api("PATCH", "/tenants/acme/connection", change, READER)).body.error.code).toBe("forbidden");
    }
    expect((await api("PATCH", "/tenants/acme/connection", { ssoName: "Acme" })).status).toBe(200);
  });

  it("R73: is for SAML 2.0: other protocols in metadata, and other versions in an answer, are refused", async () => {
    const { admin, idp, begin, post } = await start();
    const saml11 = idp
      .metadata()
      .replace("urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:1.1:protocol");
    await expect(admin.connections.update("acme", { idp: { metadata: saml11 } })).rejects.toMatchObject({
      facts: { reason: "metadata_role_missing" },
    });
    const { saml, authnRequestUrl } = await begin("acme");
    const form = idp.respond({ serviceProvider: saml, authnRequestUrl, nameId: "mira", sign: "response" });
    const xml = Buffer.from(form.samlResponse, "base64")
      .toString()
      .replaceAll("SAML:2.0:protocol", "SAML:1.0:protocol");
    const older = await post(saml.acsUrl, { samlResponse: Buffer.from(xml).toString("base64") });
    expect([older.status, await older.text()]).toEqual([403, expect.stringContaining("root_unexpected")]);
  });

  it.each([
    ["an e-mail address", "mira@acme.example"],
    ["a user id", "00u1abcd"],
  ])("R79: finds people by a NameID that is %s", async (_, userName) => {
    const { directory, signIn, established } = await start();
    await directory.push({ userName });
    expect((await signIn("acme", userName)).status).toBe(303);
    expect(established[0]).toMatchObject({ account: { userName }, nameId: { value: userName } });
  });

  it("R89: works without SCIM: accounts made by hand sign in, and stay editable", async () => {
    const { admin, signIn } = await start();
    await admin.connections.update("acme", { scimEnabled: false });
    const { id } = await admin.accounts.create("acme", { userName: "local", kind: "user" });
    expect((await signIn("acme", "local")).status).toBe(303);
    expect(await admin.accounts.update("acme", id, { name: "Another" })).toMatchObject({ lockedFields: [] });
  });

  it("R92, R93: has a name and a button text of its own at each tenant", async () => {
    const { admin, api } = await start();
    await admin.connections.update("acme", { ssoName: "Acme SSO", loginButtonText: "Sign in with Acme" });
    expect(await admin.connections.get("docs")).toMatchObject({ ssoName: null, loginButtonText: null });
    expect((await api("PATCH", "/tenants/docs/connection", { loginButtonText: "Go to the docs" })).status).toBe(200);
    for (const text of ["", " ", "a\nb", "x".repeat(201)]) {
      expect((await api("PATCH", "/tenants/acme/connection", { loginButtonText: text })).status).toBe(400);
    }
  });

  it("R95: hands the limit for idle sessions to the host at each sign-in, and to nobody who signs in elsewhere", async () => {
    const { directory, signIn, established, admin } = await start();
    await directory.push({ userName: "mira" });
    await signIn("acme", "mira");
    await admin.connections.update("acme", { idleSignOut: { enabled: true, minutes: 20 } });
    await signIn("docs", "mira");
    expect(established.map(({ idleMinutes }) => idleMinutes)).toEqual([undefined, 20]);
  });
});

describe("a draft", () => {
  it("R97: is live nowhere: SCIM is closed, nothing is locked, and no sign-in leaves an account or a session", async () => {
    const { admin, directory, signIn, established, log } = await start({ jit: "reader" }, { tenant: { draft: true } });
    expect((await directory.request("GET", "/Users")).status).toBe(401);
    expect((await admin.connections.get("acme")).warnings[0]).toMatchObject({ code: "draft" });
    expect(await signIn("acme", "new")).toMatchObject({ status: 200, text: expect.stringContaining("test succeeded") });
    expect([established, (await admin.accounts.list("acme")).items]).toEqual([[], []]);
    expect(await log("acme")).toMatchObject([{ outcome: "tested", code: "not_provisioned" }]);
    expect((await signIn("docs", "new")).status).toBe(200);
  });

  it("R98: is tested by one person, who is told what would happen, and then goes live", async () => {
    const { admin, directory, signIn, log } = await start({}, { tenant: { draft: true } });
    const mira = await admin.accounts.create("acme", { userName: "mira", kind: "user" });
    expect((await signIn("acme", "mira")).text).toContain("You would be signed in.");
    await admin.accounts.update("acme", mira.id, { suspended: true });
    expect((await signIn("acme", "mira")).text).toContain("You would be told: Your account is suspended.");
    expect(await signIn("acme", "mira", { audience: "https://other.example" })).toMatchObject({ status: 403 });
    expect((await log("acme")).map(({ outcome, code }) => [outcome, code])).toEqual([
      ["tested", "audience_mismatch"],
      ["tested", "account_suspended"],
      ["tested", null],
    ]);
    expect((await admin.connections.get("acme")).verifiedAt).not.toBeNull();
    await admin.accounts.update("acme", mira.id, { suspended: false });
    await admin.connections.update("acme", { state: "active" });
    expect((await signIn("acme", "mira")).status).toBe(303);
    expect((await directory.request("GET", "/Users")).status).toBe(200);
  });

  it("cannot be returned to, and is no child's", async () => {
    const { admin } = await start();
    await expect(admin.connections.update("acme", { state: "draft" })).rejects.toMatchObject({
      code: "invalid_request",
    });
    await expect(admin.tenants.create({ id: "help", parent: "acme", draft: true })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });
});

describe("P32: a disabled connection", () => {
  it("R0: is closed on both sides, unlocks what it managed, and opens again as it was", async () => {
    const { admin, directory, signIn, provisioning } = await start();
    await directory.push({ userName: "mira", team: true });
    const locked = async () => (await accountOf({ admin }, "acme", "mira")).lockedFields;
    expect(await locked()).toContain("name");
    await admin.connections.update("acme", { state: "disabled" });
    for (const tenant of ["acme", "docs"]) {
      const { saml } = await admin.connections.get(tenant);
      expect((await provisioning.fetch(new Request(saml.signInUrl))).status).toBe(404);
    }
    expect((await directory.request("GET", "/Users")).status).toBe(401);
    expect(await locked()).toEqual([]);
    await admin.connections.update("acme", { state: "active" });
    expect((await signIn("acme", "mira")).status).toBe(303);
    expect(await locked()).toContain("name");
  });
});

describe("R94: auto assign reader group", () => {
  it("is hidden on new configurations, and no admin can bring it in", async () => {
    const { admin, api } = await start();
    expect(await admin.connections.get("acme")).not.toHaveProperty("legacyAutoAssignReaderGroups");
    const change = { legacyAutoAssignReaderGroups: true };
    const { status, body } = await api("PATCH", "/tenants/acme/connection", change);
    expect([status, body.error.code]).toEqual([400, "invalid_request"]);
  });

  it("of a configuration that the host took over gives readers the default groups once, and can be switched", async () => {
    const { admin, api, signIn } = await start();
    const { id: group } = await admin.groups.create("acme", { name: "Everybody", kind: "reader" });
    await admin.connections.update("acme", { legacyAutoAssignReaderGroups: true, defaultReaderGroups: [group] });
    const reader = await admin.accounts.create("acme", { userName: "rita", kind: "reader" });
    const user = await admin.accounts.create("acme", { userName: "uma", kind: "user" });
    await signIn("acme", "rita");
    await signIn("acme", "uma");
    const groupsOf = async (id: string) => (await admin.accounts.get("acme", id)).groups.map(({ name }) => name);
    expect([await groupsOf(reader.id), await groupsOf(user.id)]).toEqual([["Everybody"], []]);
    const off = await api("PATCH", "/tenants/acme/connection", { legacyAutoAssignReaderGroups: false });
    expect([off.status, off.body.legacyAutoAssignReaderGroups]).toEqual([200, false]);
    const later = await admin.accounts.create("acme", { userName: "ravi", kind: "reader" });
    await signIn("acme", "ravi");
    expect(await groupsOf(later.id)).toEqual([]);
  });
});

describe("R96: inviting people who have an account", () => {
  async function invited() {
    const world = await start({ inviteExisting: true });
    const person = { userName: "local", email: "Local@mail.example", kind: "user" } as const;
    const { id } = await world.admin.accounts.create("acme", person);
    return { ...world, id, invitation: await world.admin.accounts.invite("acme", id) };
  }

  it("I11: links the account of whoever opens the link and signs in with its e-mail, from then on", async () => {
    const { signIn, invitation, established, id, admin } = await invited();
    const attributes = { email: "local@MAIL.example", name: "x" };
    expect(await signIn("acme", "opaque-1", { attributes })).toMatchObject({ code: "not_provisioned" });
    expect((await signIn("acme", "opaque-1", { attributes, signInUrl: invitation.url })).status).toBe(303);
    expect((await signIn("acme", "opaque-1", { attributes })).status).toBe(303);
    expect(established.map(({ account }) => account.id)).toEqual([id, id]);
    expect((await admin.audit.list("acme")).items.map(({ action }) => action)).toContain("account.invited");
    expect(JSON.stringify(await admin.audit.list("acme"))).not.toContain(invitation.url.split("context=")[1]);
  });

  it("I11: the account is linked when the directory pushes the person afterwards", async () => {
    const { signIn, invitation, directory, id, admin } = await invited();
    await signIn("acme", "opaque-1", {
      attributes: { email: "local@mail.example", name: "x" },
      signInUrl: invitation.url,
    });
    await directory.push({ userName: "opaque-1", email: "local@mail.example", team: true });
    expect((await admin.accounts.list("acme")).items).toMatchObject([{ id, userName: "opaque-1" }]);
  });

  it("is good once, for seven days, for one e-mail, and only while the switch is on", async () => {
    const { signIn, invitation, admin, id, time } = await invited();
    const own = { email: "local@mail.example", name: "x" };
    const stranger = { email: "mallory@mail.example", name: "x" };
    const used = { signInUrl: invitation.url };
    expect((await signIn("acme", "m", { ...used, attributes: stranger })).code).toBe("not_provisioned");
    expect((await signIn("acme", "o", { ...used, attributes: own })).code).toBe("not_provisioned");
    const late = await admin.accounts.invite("acme", id);
    time.now = new Date(time.now.getTime() + 7 * 86_400_000);
    expect((await signIn("acme", "o", { signInUrl: late.url, attributes: own })).code).toBe("not_provisioned");
    const off = await admin.accounts.invite("acme", id);
    await admin.connections.update("acme", { inviteExisting: false });
    expect((await signIn("acme", "o", { signInUrl: off.url, attributes: own })).code).toBe("not_provisioned");
  });

  it("somebody who is known already signs in as before, whatever link was opened", async () => {
    const { signIn, invitation, directory, established } = await invited();
    await directory.push({ userName: "mira" });
    await signIn("acme", "mira", { signInUrl: invitation.url });
    expect(established.map(({ account }) => account.userName)).toEqual(["mira"]);
  });

  it("is refused while it is off, and for accounts that are managed, for emergencies, or without an address", async () => {
    const { admin, api, directory } = await start();
    const { id } = await admin.accounts.create("acme", { userName: "local", email: "l@mail.example", kind: "user" });
    const invite = async (account: string) => {
      const { body } = await api("POST", `/tenants/acme/accounts/${account}/invitation`);
      return body.error?.code ?? "invited";
    };
    expect(await invite(id)).toBe("invitations_off");
    await admin.connections.update("acme", { inviteExisting: true });
    expect(await invite(id)).toBe("invited");
    const root = { userName: "root", email: "r@mail.example", kind: "user", breakGlass: true } as const;
    const silent = await admin.accounts.create("acme", { userName: "silent", kind: "user" });
    await directory.push({ userName: "mira", email: "m@mail.example" });
    for (const account of [
      (await admin.accounts.create("acme", root)).id,
      silent.id,
      (await accountOf({ admin }, "acme", "mira")).id,
    ]) {
      expect(await invite(account)).toBe("conflict");
    }
    expect(await invite("nobody")).toBe("not_found");
  });
});

describe("options", () => {
  it("say where metadata may be fetched from", () => {
    const world = startWorld({ sso: { metadata: { allowedHosts: ["idp.example:8443"] } } });
    expect(world.admin).toBeDefined();
    expect(() => startWorld({ sso: { metadata: { allowedHosts: ["https://idp.example"] } } })).toThrow(/allowedHosts/);
    expect(() => startWorld({ sso: { metadata: { allowedHosts: ["*.example"] } } })).toThrow(/sso\.metadata/);
  });
});
