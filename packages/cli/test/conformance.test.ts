import { testScimConformance } from "@muster/scim-core/testing";
import { afterAll, describe, it } from "vitest";
import type { RunningServer } from "../src/index.ts";
import { openScimSession, STORES } from "./scim-session.ts";

for (const store of STORES) {
  const { server, scim, close } = await openScimSession(store);
  const features = { otherTenant: await addGlobex(server) };
  afterAll(close);
  describe(`SCIM conformance over HTTP, ${store}`, () => {
    testScimConformance({ runner: { describe, it }, ...scim, features });
  });
}

/** A second customer that knows nothing of acme. */
async function addGlobex({ provisioning }: RunningServer) {
  const admin = provisioning.admin.as({ type: "job", id: "test" });
  await admin.tenants.create({ id: "globex" });
  const { scim } = await admin.connections.update("globex", { scimEnabled: true, consent: true });
  const { token } = await admin.tokens.create("globex");
  if (scim === null) throw new Error("globex has no SCIM access.");
  return { baseUrl: scim.baseUrl, token };
}
