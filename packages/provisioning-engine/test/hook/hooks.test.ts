import { createTestIdentityProvider } from "@muster/saml-sp/testing";
import { describe, expect, it, vi } from "vitest";
import { type HookOptions, type ProvisioningEvents, veto } from "../../src/index.ts";
import { accountOf, connect, ENGINE_URL, startWorld } from "../admin/harness.ts";

type Created = ProvisioningEvents["account.created"];

async function start(hooks: HookOptions) {
  const errors: object[] = [];
  const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: (facts: object) => void errors.push(facts) };
  const world = startWorld({ hooks, logger });
  await world.admin.tenants.create({ id: "acme" });
  const directory = await connect(world, "acme");
  const people = async (tenant = "acme") =>
    (await world.admin.accounts.list(tenant)).items.map(({ userName }) => userName);
  const events = async () => (await world.admin.audit.list("acme", { limit: 500 })).items.map(({ action }) => action);
  return { ...world, directory, people, events, errors };
}

const onlyAda = ({ account }: Created) => {
  if (account.userName !== "ada") throw veto("invalidValue", "Only Ada may come. Correct the assignment.");
};

const HAND_MADE = { kind: "reader" } as const;

describe("hooks.before", () => {
  it("R71: a veto answers the directory with its SCIM error, is filed, and leaves nothing behind", async () => {
    const { directory, people, admin, events } = await start({ before: { "account.created": onlyAda } });
    const user = { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: "bob" };
    const { status, body } = await directory.request("POST", "/Users", user);
    expect([status, body.scimType, body.detail]).toEqual([
      400,
      "invalidValue",
      "Only Ada may come. Correct the assignment.",
    ]);
    expect(await people()).toEqual([]);
    expect(await events()).not.toContain("account.created");
    expect((await admin.syncFailures.list("acme")).items).toMatchObject([
      { cause: "validation", message: body.detail, subject: { key: "bob" }, resolvedAt: null },
    ]);
    expect((await directory.request("GET", "/Users")).body.totalResults).toBe(0);
    await directory.push({ userName: "ada" });
    expect(await people()).toEqual(["ada"]);
  });

  it("sees the account as it would become, under the id that it gets", async () => {
    const seen: Created[] = [];
    const { directory, admin } = await start({ before: { "account.created": (event) => void seen.push(event) } });
    await admin.tenants.update("acme", { seatLimits: { user: 0 } });
    await directory.push({ userName: "ada", team: true, email: "ada@acme.example", name: "Ada" });
    const account = await accountOf({ admin }, "acme", "ada");
    expect(seen).toEqual([
      {
        id: expect.any(String),
        at: expect.any(String),
        type: "account.created",
        tenant: "acme",
        changes: [],
        account,
        actor: { type: "connection", id: expect.any(String) },
      },
    ]);
    expect(account.status).toBe("pending");
  });

  it("asks about each change of a write at once, and only once when it is repeated to the letter", async () => {
    const asked: string[] = [];
    const note = ({ type, changes }: { type: string; changes: readonly { path: string }[] }) =>
      void asked.push(`${type} ${changes.map(({ path }) => path)}`);
    const before = { "account.kind_changed": note, "account.deactivated": note, "account.updated": note };
    const { directory } = await start({ before });
    const id = await directory.push({ userName: "ada", team: true });
    await directory.patch(`/Users/${id}`, { op: "Replace", path: "active", value: "False" });
    await directory.patch(`/Users/${id}`, { op: "Replace", path: "active", value: "False" });
    await directory.patch(`/Users/${id}`, { op: "Replace", path: "displayName", value: "Ada" });
    expect(asked).toEqual(["account.deactivated status", expect.stringMatching(/^account\.updated /)]);
  });

  it("a veto protects groups and members", async () => {
    const { directory, admin } = await start({
      before: {
        "group.deleted": ({ group }) => {
          throw veto("forbidden", `${group.name} stays.`);
        },
        "group.members_added": ({ accountIds }) => {
          if (accountIds.length > 1) throw veto("conflict", "One at a time.");
        },
      },
    });
    const [ada, bob] = [await directory.push({ userName: "ada" }), await directory.push({ userName: "bob" })];
    const group = await directory.pushGroup("Editors", [ada]);
    expect((await directory.request("DELETE", `/Groups/${group}`)).status).toBe(403);
    const both = { op: "replace", path: "members", value: [] };
    expect((await directory.patch(`/Groups/${group}`, both)).status).toBeLessThan(300);
    const again = { op: "add", path: "members", value: [{ value: ada }, { value: bob }] };
    expect(await directory.patch(`/Groups/${group}`, again)).toMatchObject({ status: 409 });
    expect((await directory.request("GET", `/Groups/${group}`)).body.members ?? []).toEqual([]);
    const local = await admin.groups.create("acme", { name: "Local", kind: "reader" });
    await expect(admin.groups.delete("acme", local.id)).rejects.toMatchObject({
      code: "vetoed",
      message: "Local stays.",
    });
    expect((await admin.groups.list("acme")).items.map(({ name }) => name).sort()).toEqual(["Editors", "Local"]);
  });

  it("a veto refuses an admin in both interfaces", async () => {
    const { admin, api, people } = await start({ before: { "account.created": onlyAda } });
    await expect(admin.accounts.create("acme", { ...HAND_MADE, userName: "bob" })).rejects.toMatchObject({
      code: "vetoed",
      status: 409,
    });
    const { status, body } = await api("POST", "/tenants/acme/accounts", { ...HAND_MADE, userName: "bob" });
    expect([status, body.error.code, body.error.message]).toEqual([409, "vetoed", expect.stringContaining("Only Ada")]);
    expect(await people()).toEqual([]);
    expect((await api("POST", "/tenants/acme/accounts", { ...HAND_MADE, userName: "ada" })).status).toBe(201);
  });

  it("R100: a veto keeps somebody out who would be made at the sign-in", async () => {
    const { admin, provisioning, time, people } = await start({ before: { "account.created": onlyAda } });
    const idp = createTestIdentityProvider({
      entityId: "https://idp.example/metadata",
      ssoUrl: "https://idp.example/sso",
      clock: () => time.now,
    });
    await admin.connections.update("acme", { idp: { metadata: idp.metadata() }, jit: "reader" });
    const signIn = async (nameId: string) => {
      const { saml } = await admin.connections.get("acme");
      const begun = await provisioning.fetch(new Request(saml.signInUrl));
      const attributes = { email: `${nameId}@mail.example`, name: nameId };
      const authnRequestUrl = begun.headers.get("location") ?? "";
      const form = idp.respond({ serviceProvider: saml, authnRequestUrl, nameId, attributes });
      const body = new URLSearchParams({ SAMLResponse: form.samlResponse, RelayState: form.relayState ?? "" });
      return (await provisioning.fetch(new Request(saml.acsUrl, { method: "POST", body }))).status;
    };
    expect(await signIn("bob")).toBe(403);
    expect(await people()).toEqual([]);
    expect((await admin.syncFailures.list("acme")).items).toMatchObject([
      { operation: "create", cause: "validation", subject: { key: "bob" } },
    ]);
    expect((await admin.signIns.list("acme")).items[0]).toMatchObject({ code: "not_provisioned", outcome: "refused" });
    expect(await signIn("ada")).toBe(303);
    expect(await people()).toEqual(["ada"]);
  });

  it.each([
    ["throws", () => Promise.reject(new Error("secret://broken"))],
    ["hangs", () => new Promise<void>(() => {})],
  ])("I39: one that %s is a fault of ours: an answer in the 500s, and nothing was written", async (_, hook) => {
    const { directory, admin, people, errors } = await start({
      before: { "account.created": hook },
      deadlineSeconds: 0.05,
    });
    const user = { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: "bob" };
    const { status, body } = await directory.request("POST", "/Users", user);
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain("secret");
    expect((await admin.syncFailures.list("acme")).items).toMatchObject([{ cause: "internal" }]);
    await expect(admin.accounts.create("acme", { ...HAND_MADE, userName: "bob" })).rejects.toMatchObject({
      code: "hook_failed",
      status: 500,
    });
    expect(await people()).toEqual([]);
    expect(errors).not.toEqual([]);
  });

  it("aborts the signal of a hook that is too late", async () => {
    const aborted = vi.fn();
    const { admin } = await start({
      deadlineSeconds: 0.02,
      before: {
        "account.created": (_, { signal }) =>
          new Promise(() => signal.addEventListener("abort", () => aborted(), { once: true })),
      },
    });
    await expect(admin.accounts.create("acme", { ...HAND_MADE, userName: "bob" })).rejects.toThrow();
    expect(aborted).toHaveBeenCalledOnce();
  });

  it("holds no transaction: what it asks of the engine is answered, and what changed meanwhile is asked about anew", async () => {
    const names: string[] = [];
    const { admin } = await start({
      before: {
        "account.updated": async ({ account, changes }) => {
          names.push(`${changes[0]?.from} ${changes[0]?.to}`);
          if (names.length === 1) await admin.accounts.update("acme", account.id, { name: "Meanwhile" });
        },
      },
    });
    const { id } = await admin.accounts.create("acme", { ...HAND_MADE, userName: "ada", name: "Ada" });
    await admin.accounts.update("acme", id, { name: "Later" });
    expect(names).toEqual(["Ada Later", "Ada Meanwhile", "Meanwhile Later"]);
    expect((await admin.accounts.get("acme", id)).name).toBe("Later");
  });

  it("gives up when the answers are always outdated, instead of asking for ever", async () => {
    let round = 0;
    const world = await start({
      before: {
        "account.updated": async ({ account, changes }) => {
          if (changes[0]?.path === "role") return;
          if (changes[0]?.to === "Later")
            await world.admin.accounts.update("acme", account.id, { role: `R${++round}` });
        },
      },
    });
    const { admin } = world;
    const { id } = await admin.accounts.create("acme", { kind: "user", userName: "ada", name: "Ada" });
    await expect(admin.accounts.update("acme", id, { name: "Later" })).rejects.toMatchObject({ code: "conflict" });
    expect((await admin.accounts.get("acme", id)).name).toBe("Ada");
  });

  it("a child follows what was agreed to at its parent, without being asked again", async () => {
    const asked = vi.fn();
    const { admin, directory, people, provisioning } = await start({
      before: { "account.created": ({ tenant }) => asked(tenant) },
    });
    await admin.tenants.create({ id: "docs", parent: "acme" });
    await directory.push({ userName: "ada" });
    await provisioning.ready();
    expect(await people("docs")).toEqual(["ada"]);
    expect(asked.mock.calls).toEqual([["acme"]]);
  });

  it("a hook that changes its event changes nothing", async () => {
    const { directory, admin } = await start({
      before: { "account.created": (event) => void Object.assign(event.account, { kind: "user", userName: "eve" }) },
    });
    await directory.push({ userName: "ada" });
    expect(await accountOf({ admin }, "acme", "ada")).toMatchObject({ kind: "reader" });
  });

  it("unknown hooks are refused when the engine is made", () => {
    const before = { "account.create": () => {} } as never;
    expect(() => startWorld({ url: ENGINE_URL, hooks: { before } })).toThrow(/account\.created/);
    expect(() => startWorld({ hooks: { before: {}, deadlineSeconds: 31 } })).toThrow(/hooks\.deadlineSeconds/);
  });
});
