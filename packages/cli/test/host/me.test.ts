import type { Account, EstablishedSignIn, Provisioning } from "@muster/provisioning-engine";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { meHandler } from "../../src/host/me.ts";
import { memorySessions } from "../../src/host/sessions.ts";

const ACCOUNT = { id: "a1", userName: "mira.okafor@brightharbor.example" } as Account;
const NOON = new Date("2026-03-01T12:00:00Z");

/** A host whose engine answers as told, with one session of Mira at acme. */
function start(facts: { sessionNotOnOrAfter?: Date } = {}) {
  const world = { now: NOON, allowed: true };
  const provisioning = {
    canSignIn: async () => world.allowed,
    admin: { accounts: { get: async () => ACCOUNT } },
  } as unknown as Provisioning;
  const sessions = memorySessions(() => world.now);
  const app = new Hono().get("/t/:tenant/me", meHandler(provisioning, sessions));
  const signIn = { tenant: "acme", account: ACCOUNT, nameId: { value: "mira" }, ...facts } as EstablishedSignIn;
  const header = sessions.begin(signIn);
  const cookie = header.split(";")[0] ?? "";
  const ask = (path = "/t/acme/me", sent = cookie) => app.request(path, { headers: { cookie: sent } });
  return { world, header, cookie, ask };
}

describe("GET /t/:tenant/me", () => {
  it("tells tenant, account and nameId, and is never cached", async () => {
    const response = await start().ask();
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(await response.json()).toEqual({ tenant: "acme", account: ACCOUNT, nameId: "mira" });
  });

  it("sets a cookie that scripts and foreign forms cannot use", () => {
    expect(start().header).toMatch(/^muster_session_acme=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
  });

  it("answers 401 to everybody without a session", async () => {
    const { ask } = start();
    for (const cookie of ["", "muster_session_acme=guess", "muster_session_acme="]) {
      expect((await ask("/t/acme/me", cookie)).status).toBe(401);
    }
  });

  it("answers 401 in any other tenant, whatever the cookie is called", async () => {
    const { ask, cookie } = start();
    expect((await ask("/t/acme-docs/me")).status).toBe(401);
    expect((await ask("/t/acme-docs/me", cookie.replace("acme", "acme-docs"))).status).toBe(401);
    expect((await ask()).status).toBe(200);
  });

  it("R54: asks at every request whether the person still may, and ends the session when not", async () => {
    const { ask, world } = start();
    world.allowed = false;
    expect((await ask()).status).toBe(401);
    world.allowed = true;
    expect((await ask()).status).toBe(401);
  });

  it("ends after eight hours, or when the identity provider says, whichever is sooner", async () => {
    const plain = start();
    plain.world.now = new Date("2026-03-01T19:59:59Z");
    expect((await plain.ask()).status).toBe(200);
    plain.world.now = new Date("2026-03-01T20:00:00Z");
    expect((await plain.ask()).status).toBe(401);
    const short = start({ sessionNotOnOrAfter: new Date("2026-03-01T12:30:00Z") });
    short.world.now = new Date("2026-03-01T12:30:00Z");
    expect((await short.ask()).status).toBe(401);
  });
});
