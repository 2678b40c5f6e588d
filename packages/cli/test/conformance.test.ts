import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testScimConformance } from "@muster/scim-core/testing";
import { afterAll, describe, it } from "vitest";
import { startServer } from "../src/index.ts";
import { SILENT_LOGGER } from "../src/logger.ts";

for (const store of ["memory", "sqlite"] as const) {
  const folder = mkdtempSync(join(tmpdir(), "muster-conformance-"));
  const { server, scim, otherTenant } = await twoTenants(
    store === "memory" ? "memory:" : `sqlite:${join(folder, "dev.db")}`,
  );
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  describe(`SCIM conformance over HTTP, ${store}`, () => {
    testScimConformance({ runner: { describe, it }, ...scim, features: { otherTenant } });
  });
}

/** Acme, and a second customer that knows nothing of it. */
async function twoTenants(store: string) {
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    store,
    seed: { allowIdpInitiated: false },
    logger: SILENT_LOGGER,
  });
  const scim = server.description.tenants[0]?.scim;
  if (scim === undefined || scim === null) throw new Error("acme has no SCIM access.");
  const admin = server.provisioning.admin.as({ type: "job", id: "test" });
  await admin.tenants.create({ id: "globex" });
  const { scim: other } = await admin.connections.update("globex", { scimEnabled: true, consent: true });
  const { token } = await admin.tokens.create("globex");
  if (other === null) throw new Error("globex has no SCIM access.");
  return { server, scim, otherTenant: { baseUrl: other.baseUrl, token } };
}
