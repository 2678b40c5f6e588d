import { describe, expect, it } from "vitest";
import { createWorld, refusalOf } from "./world.ts";

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

describe("answers", () => {
  it.each([
    ["application/json", "application/json"],
    ["application/json; q=1, */*", "application/json"],
    [BROWSER, "text/html; charset=utf-8"],
    ["text/html, application/json", "text/html; charset=utf-8"],
    ["*/*", "text/html; charset=utf-8"],
    ["", "text/html; charset=utf-8"],
  ])("an error for Accept: %s is %s", async (accept, contentType) => {
    const response = await createWorld().get("/saml/c1/sign-in?returnTo=x", { accept });
    expect(response.headers.get("content-type")).toBe(contentType);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("a page may do nothing, and quotes the request id of the log", async () => {
    const world = createWorld();
    const response = await world.get("/saml/c1/sign-in?returnTo=x", { accept: BROWSER });
    expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    const html = await response.text();
    expect(html).not.toContain("<script");
    expect(html).toContain(world.refusals[0]?.requestId);
  });

  it.each(["application/json", BROWSER])("nothing of an assertion is echoed (Accept: %s)", async (accept) => {
    const world = createWorld({ allowIdpInitiated: true });
    const secret = "<b>secret-of-the-assertion</b>";
    const { samlResponse } = world.respond({ nameId: secret, audience: secret, attributes: { [secret]: secret } });
    const response = await world.post("/saml/c1/acs", new URLSearchParams({ SAMLResponse: samlResponse }), { accept });
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain("secret-of-the-assertion");
  });

  it.each([
    ["POST", "sign-in", "GET"],
    ["HEAD", "sign-in", "GET"],
    ["GET", "acs", "POST"],
    ["DELETE", "metadata", "GET"],
  ])("405 to %s %s, with what is allowed", async (method, endpoint, allowed) => {
    const world = createWorld();
    const send = method === "GET" ? world.get : world.send(method);
    const response = await send(`/saml/c1/${endpoint}`);
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe(allowed);
  });

  it("404 for a connection that does not exist or is switched off, at every endpoint", async () => {
    const world = createWorld();
    for (const endpoint of ["sign-in", "metadata"]) {
      const response = await world.get(`/saml/none/${endpoint}`, { accept: "application/json" });
      expect(response.status).toBe(404);
      expect((await refusalOf(response)).code).toBe("connection_not_found");
    }
    expect((await world.post("/saml/none/acs", new URLSearchParams())).status).toBe(404);
  });
});
