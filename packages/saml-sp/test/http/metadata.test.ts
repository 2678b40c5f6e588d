import { describe, expect, it } from "vitest";
import type { SamlConnection } from "../../src/http/index.ts";
import { TEST_KEY_PAIRS } from "../../src/testing/index.ts";
import { createWorld } from "./world.ts";

describe("GET metadata", () => {
  it("R76: serves each connection's own metadata", async () => {
    const world = createWorld();
    const response = await world.get("/saml/c2/metadata");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/samlmetadata+xml");
    const xml = await response.text();
    expect(xml).toContain('entityID="https://app.example/saml/c2"');
    expect(xml).toContain('Location="https://app.example/saml/c2/acs"');
    expect(xml).toContain('WantAssertionsSigned="true"');
  });

  it("R11: says that requests are signed if they are, as providers refuse others then", async () => {
    const world = createWorld();
    const keys = { signingKeys: [TEST_KEY_PAIRS.serviceProvider] };
    const signedFor = async (identityProvider: SamlConnection["identityProvider"]) => {
      const [c1] = world.connections.values();
      if (c1 === undefined) throw new TypeError("no connection");
      world.connections.set("c1", { ...c1, identityProvider, serviceProvider: { ...c1.serviceProvider, ...keys } });
      return /AuthnRequestsSigned="(\w+)"/.exec(await (await world.get("/saml/c1/metadata")).text())?.[1];
    };
    const { settings } = world.idp;
    expect(await signedFor(undefined)).toBe("false");
    expect(await signedFor({ ...settings, wantAuthnRequestsSigned: false })).toBe("false");
    expect(await signedFor({ ...settings, wantAuthnRequestsSigned: true })).toBe("true");
    expect(await signedFor({ ...settings, signAuthnRequests: true })).toBe("true");
  });

  it("does not ask for signed assertions where the connection wants signed responses", async () => {
    const world = createWorld();
    const identityProvider = { ...world.idp.settings, signaturePolicy: "response" as const };
    for (const [id, connection] of world.connections) world.connections.set(id, { ...connection, identityProvider });
    expect(await (await world.get("/saml/c1/metadata")).text()).toContain('WantAssertionsSigned="false"');
  });
});
