import { describe, expect, it } from "vitest";
import { start } from "./world.ts";

describe("sso.bindToBrowser", () => {
  it("refuses a sign-in that ends in another browser, at parent and child, and says so in the sign-in log", async () => {
    const { directory, provisioning, idp, admin, signIn, log, established } = await start({}, { bindToBrowser: true });
    await directory.push({ userName: "mira" });
    for (const tenant of ["acme", "docs"]) {
      expect(await signIn(tenant, "mira")).toMatchObject({ status: 403, code: "browser_mismatch" });
      expect((await log(tenant))[0]).toMatchObject({ outcome: "refused", code: "browser_mismatch", stage: "request" });

      const { saml } = await admin.connections.get(tenant);
      const begun = await provisioning.fetch(new Request(saml.signInUrl));
      const cookie = begun.headers.get("set-cookie")?.split(";")[0] ?? "";
      const authnRequestUrl = begun.headers.get("location") ?? "";
      const attributes = { email: "mira@mail.example", name: "Mira" };
      const { samlResponse } = idp.respond({ serviceProvider: saml, authnRequestUrl, nameId: "mira", attributes });
      const body = new URLSearchParams({ SAMLResponse: samlResponse });
      const ended = await provisioning.fetch(new Request(saml.acsUrl, { method: "POST", body, headers: { cookie } }));
      expect(ended.status).toBe(303);
    }
    expect(established.map(({ tenant }) => tenant)).toEqual(["acme", "docs"]);
  });
});
