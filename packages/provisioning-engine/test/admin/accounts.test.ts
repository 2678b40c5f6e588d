import { describe, expect, it } from "vitest";
import type { Account } from "../../src/index.ts";
import { accountOf, connect, type Directory, eventually, startWorld, type World } from "./harness.ts";

const refused = (code: string) => expect.objectContaining({ code });

interface Family extends World {
  readonly directory: Directory;
  readonly ada: Account;
}

/** A parent and a child; the directory has pushed Ada, a user. */
async function startFamily(): Promise<Family> {
  const world = startWorld();
  await world.admin.tenants.create({ id: "acme" });
  await world.admin.tenants.create({ id: "acme-docs", parent: "acme" });
  const directory = await connect(world, "acme");
  await directory.push({ userName: "ada", team: true, email: "ada@acme.test" });
  return { ...world, directory, ada: await accountOf(world, "acme", "ada") };
}

describe("admin.accounts of people whom the directory manages", () => {
  it.each([
    ["R41", { name: "Somebody Else" }],
    ["R50", { userName: "somebody" }],
    ["R50", { email: "somebody@acme.test" }],
    ["R50", { email: null }],
    ["I21", { kind: "reader" as const }],
    ["I21", { status: "inactive" as const }],
    ["I21", { role: "Editor", name: "Somebody Else" }],
  ])("%s: %j is refused as a whole, at the parent and at the child", async (_, change) => {
    const { admin, ada } = await startFamily();
    for (const tenant of ["acme", "acme-docs"]) {
      await expect(admin.accounts.update(tenant, ada.id, change)).rejects.toThrow(refused("managed_by_idp"));
      expect(await admin.accounts.get(tenant, ada.id)).toEqual(ada);
    }
  });

  it("R45: the refusal names what, which connection, and where to go; whoever asks", async () => {
    const { admin, ada } = await startFamily();
    await admin.connections.update("acme", { ssoName: "Acme Entra" });
    await admin.accounts.update("acme", ada.id, { role: "Owner" });
    const attempt = admin
      .as({ type: "person", id: ada.id })
      .accounts.update("acme", ada.id, { name: "x", kind: "user" });
    await expect(attempt).rejects.toMatchObject({
      code: "managed_by_idp",
      message: expect.stringContaining("name, kind"),
      hint: expect.stringMatching(/"Acme Entra".*"acme"/),
      facts: { fields: ["name", "kind"], tenant: "acme" },
    });
  });

  it("R43: is not deleted, neither at the parent nor at the child", async () => {
    const { admin, ada } = await startFamily();
    for (const tenant of ["acme", "acme-docs"]) {
      await expect(admin.accounts.delete(tenant, ada.id)).rejects.toThrow(refused("managed_by_idp"));
    }
    expect(await admin.accounts.get("acme", ada.id)).toEqual(ada);
  });

  it("R46, R47, R111: role, content role and content access are each tenant's own", async () => {
    const { admin, ada } = await startFamily();
    const local = { role: "Editor", contentRole: "Drafter", contentAccess: { folders: ["a", "b"] } };
    expect(await admin.accounts.update("acme-docs", ada.id, local)).toMatchObject(local);
    expect(await admin.accounts.get("acme", ada.id)).toEqual(ada);
  });

  it("R30, R46: a local role survives a sync, and null returns to the provisioned one", async () => {
    const { admin, ada, directory } = await startFamily();
    await admin.accounts.update("acme", ada.id, { role: "Editor" });
    const { body } = await directory.request("GET", `/Users?filter=${encodeURIComponent('userName eq "ada"')}`);
    await directory.patch(`/Users/${body.Resources[0].id}`, { op: "replace", path: "displayName", value: "Ada L." });
    expect(await admin.accounts.get("acme", ada.id)).toMatchObject({ name: "Ada L.", role: "Editor" });
    expect(await admin.accounts.update("acme", ada.id, { role: null })).toMatchObject({ role: "Contributor" });
  });

  it("R47: content access is editable while inactive", async () => {
    const { admin, ada, directory } = await startFamily();
    const { body } = await directory.request("GET", "/Users");
    await directory.patch(`/Users/${body.Resources[0].id}`, { op: "replace", path: "active", value: false });
    const after = await admin.accounts.update("acme", ada.id, { contentAccess: ["all"] });
    expect(after).toMatchObject({ status: "inactive", contentAccess: ["all"] });
  });

  it("suspension is local, ends sign-in, and lifts again", async () => {
    const { admin, ada, provisioning } = await startFamily();
    await admin.accounts.update("acme", ada.id, { suspended: true });
    expect(await provisioning.canSignIn("acme", ada.id)).toBe(false);
    expect(await admin.accounts.get("acme", ada.id)).toMatchObject({ status: "active", suspended: true });
    await admin.accounts.update("acme", ada.id, { suspended: false });
    expect(await provisioning.canSignIn("acme", ada.id)).toBe(true);
  });

  it("I39, I34: audits what changed and tells of it once; nothing for a change that changes nothing", async () => {
    const { admin, ada, provisioning } = await startFamily();
    const heard: unknown[] = [];
    provisioning.on("account.updated", ({ tenant, changes }) => void heard.push([tenant, changes]));
    await admin.as({ type: "person", id: "olga" }).accounts.update("acme", ada.id, { role: "Editor" });
    await admin.accounts.update("acme", ada.id, { role: "Editor", suspended: false });
    const entries = (await admin.audit.list("acme")).items.filter(({ action }) => action === "account.updated");
    expect(entries).toMatchObject([
      { actor: { type: "person", id: "olga" }, before: { role: "Contributor" }, after: { role: "Editor" } },
    ]);
    await eventually(async () =>
      expect(heard).toEqual([["acme", [{ path: "role", from: "Contributor", to: "Editor" }]]]),
    );
  });

  it("R48: while SCIM is off the parent edits and deletes, and the child is told whose the person is", async () => {
    const { admin, ada } = await startFamily();
    await admin.connections.update("acme", { scimEnabled: false });
    await expect(admin.accounts.update("acme-docs", ada.id, { name: "x" })).rejects.toThrow(
      refused("inherited_read_only"),
    );
    await expect(admin.accounts.delete("acme-docs", ada.id)).rejects.toThrow(refused("inherited_read_only"));
    expect(await admin.accounts.update("acme", ada.id, { name: "Ada L." })).toMatchObject({ name: "Ada L." });
    await admin.accounts.delete("acme", ada.id);
    for (const tenant of ["acme", "acme-docs"]) {
      await expect(admin.accounts.get(tenant, ada.id)).rejects.toThrow(refused("not_found"));
    }
  });

  it("somebody who was deleted while SCIM was off is a new person when pushed again", async () => {
    const { admin, ada, directory } = await startFamily();
    await admin.accounts.update("acme-docs", ada.id, { role: "Editor" });
    await admin.connections.update("acme", { scimEnabled: false });
    await admin.accounts.delete("acme", ada.id);
    await admin.connections.update("acme", { scimEnabled: true });
    await directory.push({ userName: "ada", team: true });
    const again = await accountOf({ admin }, "acme-docs", "ada");
    expect(again.id).not.toBe(ada.id);
    expect(again.role).toBe("Contributor");
  });
});

describe("admin.accounts of a family", () => {
  it("I15: a deleted account holds no seat, at a limited child neither", async () => {
    const { admin, ada } = await startFamily();
    await admin.tenants.update("acme-docs", { seatLimits: { user: 5 } });
    expect((await admin.tenants.get("acme-docs")).seats.user.used).toBe(1);
    await admin.connections.update("acme", { scimEnabled: false });
    await admin.accounts.delete("acme", ada.id);
    for (const tenant of ["acme", "acme-docs"]) expect((await admin.tenants.get(tenant)).seats.user.used).toBe(0);
  });
});

describe("admin.accounts made by hand", () => {
  it("R9, R49: is its tenant's to edit, for ever and completely", async () => {
    const { admin } = await startFamily();
    const made = await admin.accounts.create("acme", { userName: "olga", kind: "user", email: "olga@acme.test" });
    expect(made).toMatchObject({
      name: "olga",
      role: "Contributor",
      status: "active",
      lockedFields: [],
      managedBy: null,
    });
    const change = { name: "Olga", userName: "olga2", email: null, kind: "reader", status: "inactive" } as const;
    expect(await admin.accounts.update("acme", made.id, change)).toMatchObject({ ...change, id: made.id, role: null });
    await admin.accounts.delete("acme", made.id);
    await expect(admin.accounts.get("acme", made.id)).rejects.toThrow(refused("not_found"));
  });

  it("does not show at a child, which has its own", async () => {
    const { admin } = await startFamily();
    const parents = await admin.accounts.create("acme", { userName: "olga", kind: "user" });
    const childs = await admin.accounts.create("acme-docs", { userName: "olga", kind: "user" });
    await expect(admin.accounts.get("acme-docs", parents.id)).rejects.toThrow(refused("not_found"));
    await expect(admin.accounts.get("acme", childs.id)).rejects.toThrow(refused("not_found"));
  });

  it("I7: nobody has two accounts of one name, at a child neither with somebody inherited", async () => {
    const { admin } = await startFamily();
    for (const tenant of ["acme", "acme-docs"]) {
      await expect(admin.accounts.create(tenant, { userName: "ADA", kind: "reader" })).rejects.toThrow(
        refused("already_exists"),
      );
    }
    const { id } = await admin.accounts.create("acme", { userName: "olga", kind: "user" });
    const { id: childs } = await admin.accounts.create("acme-docs", { userName: "paul", kind: "user" });
    for (const [tenant, account] of [
      ["acme", id],
      ["acme-docs", childs],
    ] as const) {
      await expect(admin.accounts.update(tenant, account, { userName: "Ada" })).rejects.toThrow(
        refused("already_exists"),
      );
    }
  });

  it("J02: hostile names are names", async () => {
    const { admin } = await startFamily();
    for (const userName of ["__proto__", "constructor", "%", "' OR 1=1 --", "ö@acme.test"]) {
      const { id } = await admin.accounts.create("acme", { userName, kind: "reader" });
      expect((await admin.accounts.list("acme", { q: userName })).items.map((account) => account.id)).toEqual([id]);
    }
  });

  it("I14: takes a seat or is refused, and gives it back", async () => {
    const world = startWorld();
    const { admin } = world;
    await admin.tenants.create({ id: "acme", seatLimits: { user: 1, reader: 1 } });
    const olga = await admin.accounts.create("acme", { userName: "olga", kind: "user" });
    await expect(admin.accounts.create("acme", { userName: "paul", kind: "user" })).rejects.toThrow(
      refused("seat_limit"),
    );
    expect((await admin.accounts.list("acme")).items).toHaveLength(1);
    const paul = await admin.accounts.create("acme", { userName: "paul", kind: "reader" });
    await expect(admin.accounts.update("acme", paul.id, { kind: "user" })).rejects.toThrow(refused("seat_limit"));
    await admin.accounts.update("acme", olga.id, { status: "inactive" });
    expect(await admin.accounts.update("acme", paul.id, { kind: "user" })).toMatchObject({ kind: "user" });
    await expect(admin.accounts.update("acme", olga.id, { status: "active" })).rejects.toThrow(refused("seat_limit"));
    const { seats } = await admin.tenants.get("acme");
    expect([seats.user.used, seats.reader.used]).toEqual([1, 0]);
  });

  it("a seat that is given back goes to whoever waits", async () => {
    const world = startWorld();
    await world.admin.tenants.create({ id: "acme", seatLimits: { user: 1 } });
    const { id } = await world.admin.accounts.create("acme", { userName: "olga", kind: "user" });
    await (await connect(world, "acme")).push({ userName: "ada", team: true });
    expect((await accountOf(world, "acme", "ada")).status).toBe("pending");
    await world.admin.accounts.delete("acme", id);
    expect((await accountOf(world, "acme", "ada")).status).toBe("active");
  });

  it("I2: a break-glass account needs no seat and is out of the directory's reach", async () => {
    const world = startWorld();
    await world.admin.tenants.create({ id: "acme", seatLimits: { user: 0 } });
    const glass = await world.admin.accounts.create("acme", { userName: "root", kind: "user", breakGlass: true });
    expect(glass.status).toBe("active");
    const { body } = await (await connect(world, "acme")).request("GET", "/Users");
    expect(body.totalResults).toBe(0);
  });

  it("a reader has no role", async () => {
    const { admin } = await startFamily();
    await expect(admin.accounts.create("acme", { userName: "r", kind: "reader", role: "Owner" })).rejects.toThrow(
      refused("invalid_request"),
    );
    const { id } = await admin.accounts.create("acme", { userName: "r", kind: "reader" });
    await expect(admin.accounts.update("acme", id, { role: "Owner" })).rejects.toThrow(refused("invalid_request"));
  });

  it("emits what happened: kind and status by their own names", async () => {
    const { admin, provisioning } = await startFamily();
    const heard: string[] = [];
    const names = ["account.created", "account.kind_changed", "account.deactivated", "account.reactivated"] as const;
    for (const name of names) {
      provisioning.on(name, ({ type, account }) => void (account.userName === "olga" && heard.push(type)));
    }
    provisioning.on("account.deleted", ({ type, accountId }) => void heard.push(`${type} ${accountId === id}`));
    const { id } = await admin.accounts.create("acme", { userName: "olga", kind: "user" });
    await eventually(async () => expect(heard).toEqual(["account.created"]));
    await admin.accounts.update("acme", id, { kind: "reader" });
    await admin.accounts.update("acme", id, { status: "inactive" });
    await admin.accounts.update("acme", id, { status: "active" });
    await eventually(async () => expect(heard).toEqual([...names].toSorted(inOrder)));
    await admin.accounts.delete("acme", id);
    await eventually(async () => expect(heard.at(-1)).toBe("account.deleted true"));
  });
});

/** The order in which the test does things. */
function inOrder(a: string, b: string): number {
  const order = ["account.created", "account.kind_changed", "account.deactivated", "account.reactivated"];
  return order.indexOf(a) - order.indexOf(b);
}

describe("admin.accounts while SCIM is off", () => {
  it.each([
    ["status", { status: "inactive" }, { op: "replace", path: "active", value: true }],
    ["name", { name: "By Hand" }, { op: "replace", path: "displayName", value: "ada" }],
    ["userName", { userName: "by.hand" }, { op: "replace", path: "userName", value: "ada" }],
    ["kind", { kind: "reader" }, { op: "replace", path: "title", value: "Boss" }],
  ] as const)(
    "R48: a %s set by hand gives way to the next write of the directory, though it says nothing new",
    async (field, change, operation) => {
      const world = startWorld();
      const { admin } = world;
      await admin.tenants.create({ id: "acme" });
      const directory = await connect(world, "acme");
      const id = await directory.push({ userName: "ada", team: true });
      await directory.patch(`/Users/${id}`, { op: "replace", path: "title", value: "Boss" });
      const before = await accountOf(world, "acme", "ada");
      await admin.connections.update("acme", { scimEnabled: false });
      await admin.accounts.update("acme", before.id, change);
      await admin.connections.update("acme", { scimEnabled: true });
      expect((await admin.accounts.get("acme", before.id))[field]).not.toBe(before[field]);
      for (let times = 0; times < 2; times++) {
        expect((await directory.patch(`/Users/${id}`, operation)).status).toBe(200);
        expect(await admin.accounts.get("acme", before.id)).toEqual(before);
      }
      const { items } = await admin.syncEvents.list("acme");
      expect(items.slice(0, 2).map(({ outcome }) => outcome)).toEqual(["unchanged", "changed"]);
    },
  );
});

describe("approving a link", () => {
  it("I11, I39, R64: lets the failure of before be tried again, and says so in the audit log", async () => {
    const world = startWorld();
    const { admin, api } = world;
    await admin.tenants.create({ id: "acme" });
    const directory = await connect(world, "acme");
    await admin.connections.update("acme", { linkPolicy: "adminApproved" });
    const email = "mira@acme.test";
    const { id } = await admin.accounts.create("acme", { userName: "mira", email, kind: "user", role: "Editor" });
    await expect(directory.push({ userName: email, email, team: true })).rejects.toThrow("Approve the link");
    const [failure] = (await admin.syncFailures.list("acme", { open: true })).items;
    const { status, body } = await api("POST", `/tenants/acme/accounts/${id}/link-approval`);
    expect([status, body]).toEqual([201, { account: id, email, expiresAt: "2026-03-08T12:00:00.000Z" }]);
    expect((await admin.audit.list("acme")).items[0]).toMatchObject({
      action: "account.link_approved",
      actor: { type: "person", id: "olga" },
      after: { email },
    });
    const explained = await admin.explain("acme", { resource: { userName: email, emails: [{ value: email }] } });
    expect(explained).toMatchObject({ link: { by: "email", account: id } });
    expect(await admin.syncFailures.retry("acme", failure?.id ?? "")).toMatchObject({ retryable: false });
    expect((await admin.accounts.list("acme")).items).toMatchObject([
      { id, userName: email, role: "Editor", managedBy: { tenant: "acme" } },
    ]);
  });

  it("I2, I11: is refused for whom nobody links", async () => {
    const { admin } = startWorld();
    await admin.tenants.create({ id: "acme" });
    const approve = async (account: { readonly email?: string; readonly breakGlass?: boolean }) => {
      const userName = account.email ?? "somebody";
      const { id } = await admin.accounts.create("acme", { userName, kind: "user", ...account });
      return admin.accounts.approveLink("acme", id).catch(({ code }: { readonly code: string }) => code);
    };
    expect(await approve({})).toBe("conflict");
    expect(await approve({ email: "a@acme.test", breakGlass: true })).toBe("conflict");
    expect(await approve({ email: "b@acme.test" })).toMatchObject({ email: "b@acme.test" });
    await admin.connections.update("acme", { linkPolicy: "none" });
    expect(await approve({ email: "c@acme.test" })).toBe("conflict");
  });
});

describe("the last owner", () => {
  it("I1: is not demoted, suspended, deactivated, made a reader or deleted by anybody", async () => {
    const { admin } = await startFamily();
    const { id } = await admin.accounts.create("acme", { userName: "olga", kind: "user", role: "Owner" });
    for (const change of [
      { role: "Editor" },
      { role: null },
      { suspended: true },
      { status: "inactive" as const },
      { kind: "reader" as const },
    ]) {
      await expect(admin.accounts.update("acme", id, change)).rejects.toThrow(refused("last_owner"));
    }
    await expect(admin.accounts.delete("acme", id)).rejects.toThrow(refused("last_owner"));
    expect(await admin.accounts.get("acme", id)).toMatchObject({ role: "Owner", status: "active", suspended: false });
  });

  it("I1: is free to go once there is another, and an owner who cannot sign in is none", async () => {
    const { admin, ada } = await startFamily();
    const { id } = await admin.accounts.create("acme", { userName: "olga", kind: "user", role: "Owner" });
    await admin.accounts.update("acme", ada.id, { suspended: true });
    await admin.accounts.update("acme", ada.id, { role: "Owner" });
    await expect(admin.accounts.delete("acme", id)).rejects.toThrow(refused("last_owner"));
    await admin.accounts.update("acme", ada.id, { suspended: false });
    await admin.accounts.delete("acme", id);
  });

  it("I1: each tenant has its own: an owner at the child only is the child's last", async () => {
    const { admin, ada } = await startFamily();
    await admin.accounts.update("acme-docs", ada.id, { role: "Owner" });
    await expect(admin.accounts.update("acme-docs", ada.id, { role: "Editor" })).rejects.toThrow(refused("last_owner"));
    await expect(admin.accounts.update("acme", ada.id, { suspended: true })).rejects.toMatchObject({
      code: "last_owner",
      facts: { tenant: "acme-docs" },
    });
    await admin.connections.update("acme", { scimEnabled: false });
    await expect(admin.accounts.update("acme", ada.id, { status: "inactive" })).rejects.toMatchObject({
      code: "last_owner",
      facts: { tenant: "acme-docs" },
    });
  });
});

describe("admin.accounts.list", () => {
  it("filters and pages, in order of creation", async () => {
    const world = startWorld();
    await world.admin.tenants.create({ id: "acme" });
    for (const userName of ["a1", "a2", "b1"]) await world.admin.accounts.create("acme", { userName, kind: "user" });
    await world.admin.accounts.create("acme", { userName: "a3", kind: "reader" });
    const names = async (filter: object) =>
      (await world.admin.accounts.list("acme", filter)).items.map(({ userName }) => userName);
    expect(await names({ kind: "reader" })).toEqual(["a3"]);
    expect(await names({ q: "A" })).toEqual(["a1", "a2", "a3"]);
    const { nextCursor } = await world.admin.accounts.list("acme", { limit: 2 });
    expect(await names({ limit: 2, cursor: nextCursor })).toEqual(["b1", "a3"]);
    await expect(world.admin.accounts.list("acme", { kind: "user", sort: "name" } as never)).rejects.toThrow(
      refused("invalid_request"),
    );
  });

  it("the accounts of one tenant are never another's, whatever the id", async () => {
    const world = startWorld();
    for (const id of ["acme", "globex"]) await world.admin.tenants.create({ id });
    const { id } = await world.admin.accounts.create("acme", { userName: "olga", kind: "user" });
    await expect(world.admin.accounts.get("globex", id)).rejects.toThrow(refused("not_found"));
    await expect(world.admin.accounts.update("globex", id, { role: "Owner" })).rejects.toThrow(refused("not_found"));
    await expect(world.admin.accounts.delete("globex", id)).rejects.toThrow(refused("not_found"));
    expect((await world.admin.accounts.list("globex")).items).toEqual([]);
  });
});
