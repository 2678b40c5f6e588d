import { serve } from "@hono/node-server";
import { simulateEntra } from "@muster/idp-simulator";
import { createProvisioning, extension, flag, memoryStore } from "@muster/provisioning-engine";
import { Hono } from "hono";

// The attribute by which directories tell team members from readers.
const kind = extension("urn:ietf:params:scim:schemas:extension:document360:2.0:User", { isTeamAccount: flag() });
const port = Number(process.env.PORT ?? 3000);
const provisioning = createProvisioning({
  url: `http://localhost:${port}/provisioning`, // where you mount it
  store: memoryStore(), // sqliteStore({ path: "muster.db" }) keeps
  user: { extensions: [kind] },
});
provisioning.on("account.created", ({ type, tenant, account }) => {
  console.log(type, tenant, account.kind, account.userName);
});

const app = new Hono();
app.all("/provisioning/*", (context) => provisioning.fetch(context.req.raw));
serve({ fetch: app.fetch, port });

// Your first customer, and what their identity provider will do.
await provisioning.admin.tenants.create({ id: "acme" });
const { scim } = await provisioning.admin.connections.update("acme", { scimEnabled: true, consent: true });
const { token } = await provisioning.admin.tokens.create("acme");
await simulateEntra({ baseUrl: scim?.baseUrl ?? "", token, users: 3 });
