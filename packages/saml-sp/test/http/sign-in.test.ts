import { inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createWorld, refusalOf } from "./world.ts";

const JSON_WANTED = { accept: "application/json" };

function authnRequest(location: string): string {
  const deflated = Buffer.from(new URL(location).searchParams.get("SAMLRequest") ?? "", "base64");
  return inflateRawSync(deflated).toString("utf8");
}

describe("GET sign-in", () => {
  it("sends the browser to the identity provider with a question that is remembered for ten minutes", async () => {
    const world = createWorld();
    const response = await world.get("/saml/c1/sign-in?returnTo=%2Fdocs");
    expect(response.status).toBe(302);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const location = new URL(response.headers.get("location") ?? "");
    expect(location.origin + location.pathname).toBe("https://idp.example/sso");
    const id = / ID="([^"]+)"/.exec(authnRequest(location.href))?.[1] ?? "";
    const remembered = await world.connections.get("c1")?.requestStore.take(id);
    expect(remembered).toEqual({
      id,
      relayState: location.searchParams.get("RelayState"),
      returnTo: "/docs",
      issuedAt: "2026-03-01T12:00:00.000Z",
      forceAuthn: false,
    });
  });

  it("forgets the question after ten minutes", async () => {
    const world = createWorld();
    const authnRequestUrl = await world.ask();
    world.clock = new Date(world.clock.getTime() + 10 * 60_000);
    const response = await world.deliver(world.respond({ authnRequestUrl }));
    expect((await refusalOf(response)).code).toBe("request_unknown");
    expect(world.signIns).toEqual([]);
  });

  it("asks with another id and another handle each time; neither begins with a digit or says anything", async () => {
    const world = createWorld();
    const [first, second] = [await world.ask(), await world.ask()];
    expect(authnRequest(first)).toMatch(/ ID="id-[0-9a-f]{32}"/);
    expect(new URL(first).searchParams.get("RelayState")).toMatch(/^[0-9a-f]{32}$/);
    expect(new URL(first).searchParams.get("RelayState")).not.toBe(new URL(second).searchParams.get("RelayState"));
    expect(authnRequest(first)).not.toBe(authnRequest(second));
  });

  it.each([
    "https://elsewhere.example",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "/\t/elsewhere.example",
    "",
    "javascript:alert(1)",
  ])("R19: refuses to return to %j", async (returnTo) => {
    const world = createWorld();
    const response = await world.get(`/saml/c1/sign-in?${new URLSearchParams({ returnTo })}`, JSON_WANTED);
    expect(response.status).toBe(400);
    expect((await refusalOf(response)).code).toBe("return_path_invalid");
    expect(world.connections.get("c1")?.requestStore).toMatchObject({ size: 0 });
  });

  it("R19: refuses two return paths, and does without any", async () => {
    const world = createWorld();
    expect((await world.get("/saml/c1/sign-in?returnTo=/a&returnTo=/b")).status).toBe(400);
    expect((await world.get("/saml/c1/sign-in")).status).toBe(302);
  });

  it("posts itself to a provider that takes only forms, in a page that may run nothing else", async () => {
    const world = createWorld();
    const [connection] = [...world.connections.values()];
    if (connection === undefined) throw new TypeError("no connection");
    const identityProvider = {
      ...world.idp.settings,
      ssoBinding: "post" as const,
      ssoUrl: 'https://idp.example/?"&<a>',
    };
    world.connections.set("c1", { ...connection, identityProvider });
    const response = await world.get("/saml/c1/sign-in");
    const html = await response.text();
    expect(response.status).toBe(200);
    const [, nonce] = /script-src 'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "") ?? [];
    expect(html).toContain(`<script nonce="${nonce}">`);
    expect(html).toContain('action="https://idp.example/?%22&#38;%3Ca%3E"');
    expect(html).toMatch(/name="SAMLRequest" value="[A-Za-z0-9+/=]+"/);
  });

  it("N7: answers 409 while no identity provider is configured", async () => {
    const world = createWorld({ identityProvider: undefined });
    expect((await world.get("/saml/c1/sign-in")).status).toBe(409);
    expect((await world.deliver(world.respond())).status).toBe(409);
    expect((await world.get("/saml/c1/metadata")).status).toBe(200);
  });
});
