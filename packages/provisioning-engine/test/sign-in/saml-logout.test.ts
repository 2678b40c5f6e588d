import type { EndedSessions, SamlSession } from "@muster/saml-sp";
import { createTestIdentityProvider, TEST_KEY_PAIRS } from "@muster/saml-sp/testing";
import { describe, expect, it } from "vitest";
import { accountOf, connect, startWorld } from "../admin/harness.ts";

const SIGNING_KEYS = [TEST_KEY_PAIRS.serviceProvider];

/** `acme` with a child, a person `mira`, and an identity provider with single logout. */
async function start(signingKeys: typeof SIGNING_KEYS | undefined = SIGNING_KEYS) {
  const ended: (EndedSessions & { readonly tenant: string })[] = [];
  const sessions: SamlSession[] = [];
  const world = startWorld({
    sso: {
      establishSession: ({ nameId, sessionIndex }) => {
        sessions.push({ nameId, sessionIndex });
        return {};
      },
      signOut: () => ({ session: sessions.at(-1), headers: { "set-cookie": "session=; Max-Age=0" } }),
      endSessions: (sessions) => {
        ended.push(sessions);
        return { headers: { "set-cookie": "session=; Max-Age=0" } };
      },
      defaultReturnPath: (tenant) => `/t/${tenant}`,
      signingKeys,
    },
  });
  const { admin, provisioning, time } = world;
  await admin.tenants.create({ id: "acme" });
  await admin.tenants.create({ id: "docs", parent: "acme" });
  const directory = await connect(world, "acme");
  const idp = createTestIdentityProvider({
    entityId: "https://idp.example/metadata",
    ssoUrl: "https://idp.example/sso",
    sloUrl: "https://idp.example/slo",
    clock: () => time.now,
  });
  await admin.connections.update("acme", { idp: { metadata: idp.metadata() } });
  await directory.push({ userName: "mira" });
  const get = (url: string) => provisioning.fetch(new Request(url, { headers: { accept: "application/json" } }));
  const signIn = async (tenant: string) => {
    const { saml } = await admin.connections.get(tenant);
    const authnRequestUrl = (await get(saml.signInUrl)).headers.get("location") ?? "";
    const attributes = { email: "mira@mail.example" };
    const { samlResponse } = idp.respond({ serviceProvider: saml, authnRequestUrl, nameId: "mira", attributes });
    const body = new URLSearchParams({ SAMLResponse: samlResponse });
    await provisioning.fetch(new Request(saml.acsUrl, { method: "POST", body }));
    return saml;
  };
  return { ...world, idp, ended, sessions, get, signIn };
}

interface Refusal {
  readonly error: { readonly code: string };
}

function redirectOf(message: { readonly binding: string; readonly url?: string }): string {
  if (message.url === undefined) throw new TypeError("expected a redirect");
  return message.url;
}

describe("single logout", () => {
  it("R18: signs out here, tells the identity provider, and returns when it answers", async () => {
    const { signIn, get, idp } = await start();
    const saml = await signIn("acme");
    const response = await get(`${saml.signOutUrl}?returnTo=/bye`);
    expect(response.headers.get("set-cookie")).toBe("session=; Max-Age=0");
    const logoutRequestUrl = response.headers.get("location") ?? "";
    expect(logoutRequestUrl).toMatch(/^https:\/\/idp\.example\/slo\?SAMLRequest=.*&Signature=/);
    const answer = redirectOf(idp.logoutResponse({ serviceProvider: saml, logoutRequestUrl }));
    const back = await get(answer);
    expect([back.status, back.headers.get("location")]).toEqual([303, "/bye"]);
    expect((await get(answer)).status).toBe(403);
  });

  it("R18: ends what the identity provider ends, by callback and by event, each in its own tenant", async () => {
    const { signIn, get, idp, ended, sessions, provisioning, admin } = await start();
    const heard: unknown[] = [];
    provisioning.on("account.signed_out", ({ tenant, account, reason, sessionIndexes }) => {
      heard.push({ tenant, id: account.id, reason, sessionIndexes });
    });
    const { id } = await accountOf({ admin }, "acme", "mira");
    for (const tenant of ["acme", "docs"]) {
      const saml = await signIn(tenant);
      const sessionIndexes = [sessions.at(-1)?.sessionIndex ?? ""];
      const request = idp.logoutRequest({ serviceProvider: saml, nameId: "mira", sessionIndexes });
      const response = await get(redirectOf(request));
      expect(response.headers.get("location")).toMatch(/^https:\/\/idp\.example\/slo\?SAMLResponse=/);
      expect(response.headers.get("set-cookie")).toBe("session=; Max-Age=0");
      expect(ended.at(-1)).toMatchObject({ tenant, nameId: { value: "mira" }, sessionIndexes });
      await expect.poll(() => heard.at(-1)).toEqual({ tenant, id, reason: "identity_provider", sessionIndexes });
      expect((await get(redirectOf(request))).status).toBe(403);
    }
    expect(ended).toHaveLength(2);
  });

  it("R18: tells a stranger's logout to nobody, and refuses one that is forged", async () => {
    const { admin, get, idp, ended } = await start();
    const { saml } = await admin.connections.get("acme");
    const forged = idp.logoutRequest({ serviceProvider: saml, nameId: "mira", variant: "other-key" });
    expect((await get(redirectOf(forged))).status).toBe(403);
    expect(ended).toEqual([]);
    const stranger = await get(redirectOf(idp.logoutRequest({ serviceProvider: saml, nameId: "nobody" })));
    expect(stranger.headers.get("location")).toContain("SAMLResponse=");
    const { items } = await admin.events.list("acme");
    expect(items.filter(({ type }) => type === "account.signed_out")).toEqual([]);
  });

  it("R18: is offered in the metadata and taken only where messages can be signed", async () => {
    for (const [keys, message, signOut] of [
      [SIGNING_KEYS, "query_invalid", 303],
      [[], "logout_not_configured", 409],
    ] as const) {
      const { admin, get, idp } = await start([...keys]);
      const { saml } = await admin.connections.get("acme");
      expect((await (await get(saml.metadataUrl)).text()).includes("SingleLogoutService")).toBe(keys.length > 0);
      const honest = redirectOf(idp.logoutRequest({ serviceProvider: saml, nameId: "mira" }));
      const { error } = (await (await get(`${honest}${keys.length > 0 ? "&SigAlg=x" : ""}`)).json()) as Refusal;
      expect(error.code).toBe(message);
      expect((await get(saml.signOutUrl)).status).toBe(signOut);
    }
  });

  it("R18: takes the address from metadata, or from an admin's hand, and forgets it when told to", async () => {
    const { admin } = await start();
    const slo = async (sloUrl: string | null) =>
      (await admin.connections.update("acme", { idp: { sloUrl } })).idp?.sloUrl;
    expect((await admin.connections.get("acme")).idp?.sloUrl).toBe("https://idp.example/slo");
    expect(await slo("https://idp.example/other")).toBe("https://idp.example/other");
    expect(await slo(null)).toBeUndefined();
    await expect(slo("javascript:alert(1)")).rejects.toMatchObject({ code: "invalid_request" });
  });
});
