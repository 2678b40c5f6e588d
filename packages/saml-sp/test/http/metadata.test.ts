import { describe, expect, it } from "vitest";
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

  it("does not ask for signed assertions where the connection wants signed responses", async () => {
    const world = createWorld();
    const identityProvider = { ...world.idp.settings, signaturePolicy: "response" as const };
    for (const [id, connection] of world.connections) world.connections.set(id, { ...connection, identityProvider });
    expect(await (await world.get("/saml/c1/metadata")).text()).toContain('WantAssertionsSigned="false"');
  });
});
