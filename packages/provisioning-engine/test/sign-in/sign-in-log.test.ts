import { TEST_KEY_PAIRS } from "@muster/saml-sp/testing";
import { describe, expect, it } from "vitest";
import { memoryStore, type SignInView, type Store } from "../../src/index.ts";
import { accountOf, EVERYTHING } from "../admin/harness.ts";
import { start } from "./world.ts";

const minutes = (now: Date, by: number) => new Date(now.getTime() + by * 60_000);

/** The newest entry. */
function newest(log: readonly SignInView[]): SignInView | undefined {
  return log[0];
}

describe("the sign-in log", () => {
  it("R88: has users and readers of one connection, with the account that each was found to be", async () => {
    const { directory, admin, signIn, established, log } = await start();
    await directory.push({ userName: "mira", team: true });
    await directory.push({ userName: "tomas", team: false });
    await signIn("acme", "mira");
    await signIn("acme", "tomas");
    expect(established.map(({ account }) => account.kind)).toEqual(["user", "reader"]);
    const tomas = await accountOf({ admin }, "acme", "tomas");
    const { idp } = await admin.connections.get("acme");
    expect(await log("acme")).toMatchObject([
      { subject: { nameId: "tomas", accountId: tomas.id, userName: "tomas" } },
      { subject: { nameId: "mira" } },
    ]);
    expect(newest(await log("acme"))).toEqual({
      id: expect.any(String),
      at: "2026-03-01T12:00:00.000Z",
      outcome: "accepted",
      code: null,
      stage: null,
      message: null,
      hint: null,
      facts: { attributes: "email name", certificate: idp?.certificates[0]?.fingerprint },
      authenticated: true,
      subject: { nameId: "tomas", accountId: tomas.id, userName: "tomas" },
      requestId: expect.stringMatching(/^\w+$/),
    });
  });

  it("says what was expected and what came, under the request id that the browser was shown", async () => {
    const { signIn, log } = await start();
    const { text } = await signIn("acme", "mira", { audience: "https://other.example" });
    const { requestId } = (JSON.parse(text) as { error: { requestId: string } }).error;
    expect(newest(await log("acme"))).toMatchObject({
      outcome: "refused",
      code: "audience_mismatch",
      stage: "assertion",
      facts: { expected: expect.stringContaining("/saml/"), received: "https://other.example" },
      hint: expect.any(String),
      authenticated: true,
      subject: null,
      requestId,
    });
  });

  it("names the certificates when the signature is somebody else's", async () => {
    const { signIn, admin, log } = await start();
    await admin.connections.update("acme", { idp: { certificates: [TEST_KEY_PAIRS.stranger.certificate] } });
    const { idp } = await admin.connections.get("acme");
    await signIn("acme", "mira");
    const { code, authenticated, facts } = newest(await log("acme")) ?? {};
    expect([code, authenticated, facts?.expected]).toEqual([
      "signature_invalid",
      false,
      idp?.certificates[0]?.fingerprint,
    ]);
    expect(facts?.received).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  it("tells how far the clocks are apart", async () => {
    const { signIn, time, log } = await start();
    await signIn("acme", "mira", { notOnOrAfter: minutes(time.now, -10) });
    expect(newest(await log("acme"))).toMatchObject({
      code: "conditions_expired",
      facts: { differenceSeconds: -600, toleratedSeconds: 60 },
    });
  });

  it("I33: repeats nothing that the assertion says of a person who is not signed in", async () => {
    const { signIn, log, admin } = await start();
    const attributes = { Email: "secret@mail.example", clearance: "top-secret" };
    expect(await signIn("acme", "mira-secret", { attributes })).toMatchObject({ code: "attribute_missing" });
    await signIn("acme", "mira-secret", { recipient: "https://other.example", attributes });
    expect(await log("acme")).toHaveLength(2);
    expect(JSON.stringify([await log("acme"), (await admin.syncEvents.list("acme")).items])).not.toContain("secret");
  });

  it("J02: is each tenant's own, also at a child", async () => {
    const { directory, admin, signIn, log } = await start();
    await directory.push({ userName: "mira" });
    await signIn("docs", "mira");
    expect([(await log("docs")).length, (await log("acme")).length]).toEqual([1, 0]);
    await admin.tenants.create({ id: "other" });
    expect(await log("other")).toEqual([]);
  });

  it("J02: opens to whoever may read this tenant, page by page", async () => {
    const { signIn, api } = await start();
    for (const name of ["a", "b", "c"]) await signIn("acme", name);
    const { body } = await api("GET", "/tenants/acme/sign-ins?limit=2");
    expect(body.items.map(({ subject }: SignInView) => subject?.nameId)).toEqual(["c", "b"]);
    const next = await api("GET", `/tenants/acme/sign-ins?limit=2&cursor=${body.nextCursor}`);
    expect(next.body.items.map(({ subject }: SignInView) => subject?.nameId)).toEqual(["a"]);
    expect(next.body.nextCursor).toBeUndefined();
    const elsewhere = { ...EVERYTHING, tenants: ["docs"] };
    expect((await api("GET", "/tenants/acme/sign-ins", undefined, elsewhere)).status).toBe(404);
    const blind = { ...EVERYTHING, can: ["operate"] as const };
    expect((await api("GET", "/tenants/acme/sign-ins", undefined, blind)).status).toBe(403);
  });

  it("is flooded by nobody: strangers fill their own share, at a bounded pace, and push nobody out", async () => {
    const { directory, signIn, begin, post, time, log } = await start();
    await directory.push({ userName: "mira" });
    await signIn("acme", "mira");
    const { saml } = await begin("acme");
    const samlResponse = Buffer.from("<not-saml/>").toString("base64");
    for (let count = 0; count < 40; count += 1) await post(saml.acsUrl, { samlResponse });
    const strangers = async () => (await log("acme")).filter(({ authenticated }) => !authenticated).length;
    expect(await strangers()).toBe(30);
    time.now = minutes(time.now, 1);
    await post(saml.acsUrl, { samlResponse });
    expect(await strangers()).toBe(31);
    expect((await log("acme")).filter(({ outcome }) => outcome === "accepted")).toHaveLength(1);
  });

  it("has no entry for what is no sign-in", async () => {
    const { admin, send, log } = await start();
    const { saml } = await admin.connections.get("acme");
    const path = saml.acsUrl.slice("https://app.example.com/provisioning".length);
    expect((await send(path)).status).toBe(405);
    expect((await send(path, { method: "POST", body: "{}" })).status).toBe(415);
    expect((await send("/saml/nowhere/acs", { method: "POST" })).status).toBe(404);
    expect(await log("acme")).toEqual([]);
  });

  it("does not stand in the way: a person is answered when it cannot be written", async () => {
    const { signIn } = await start({}, { store: withoutLog(memoryStore()) });
    expect(await signIn("acme", "mira", { audience: "https://other.example" })).toMatchObject({
      status: 403,
      code: "audience_mismatch",
    });
  });
});

describe("R4: a connection that works", () => {
  it("is known from the first answer that holds, at each tenant by itself, until the provider is another", async () => {
    const { directory, admin, signIn, time } = await start();
    await directory.push({ userName: "mira" });
    const verifiedAt = async (tenant: string) => (await admin.connections.get(tenant)).verifiedAt;
    await signIn("acme", "mira", { audience: "https://other.example" });
    expect(await verifiedAt("acme")).toBeNull();
    expect((await admin.connections.get("acme")).warnings).toMatchObject([{ code: "not_verified" }]);
    await signIn("acme", "mira");
    expect([await verifiedAt("acme"), await verifiedAt("docs")]).toEqual([time.now.toISOString(), null]);
    expect((await admin.connections.get("acme")).warnings).toEqual([]);
    await admin.connections.update("acme", { idp: { attributeNames: { name: "displayName" } } });
    expect(await verifiedAt("acme")).not.toBeNull();
    await admin.connections.update("acme", { idp: { entityId: "https://other.example" } });
    expect(await verifiedAt("acme")).toBeNull();
  });
});

/** A store whose sign-in log is broken. */
function withoutLog(store: Store): Store {
  const append = () => Promise.reject(new Error("disk full"));
  return {
    ...store,
    transaction: (scope, work) => store.transaction(scope, (tx) => work({ ...tx, signIns: { ...tx.signIns, append } })),
  };
}
