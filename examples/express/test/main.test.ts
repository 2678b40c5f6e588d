import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEntraClient, createSamlIdentityProvider, makePeople } from "@muster/idp-simulator";
import { expect, it, vi } from "vitest";

it("provisions by SCIM, signs in by SAML, and signs out whoever was disabled, over a real listener", async () => {
  const folder = mkdtempSync(join(tmpdir(), "muster-example-"));
  const port = await freePort();
  vi.stubEnv("PORT", String(port));
  vi.stubEnv("DATABASE", join(folder, "muster.db"));
  const { provisioning, server } = await import("../src/main.ts");
  const { admin } = provisioning;
  const [mira] = makePeople(1) as [ReturnType<typeof makePeople>[number]];
  const person = { nameId: mira.userName, email: mira.email, name: mira.displayName };

  await admin.tenants.create({ id: "acme" });
  const idp = createSamlIdentityProvider({
    baseUrl: "https://idp.example",
    serviceProviders: () => [saml],
    people: () => [person],
  });
  const change = { scimEnabled: true, consent: true, idp: { metadata: idp.metadata() } };
  const { scim, saml } = await admin.connections.update("acme", change);
  const { token } = await admin.tokens.create("acme");
  const entra = createEntraClient({ baseUrl: scim?.baseUrl ?? "", token });
  const { id } = await entra.provisionPerson(mira);

  const redirect = await fetch(saml.signInUrl, { redirect: "manual" });
  const form = await idp.answer(redirect.headers.get("location") ?? "", person);
  const signedIn = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(form.fields),
    redirect: "manual",
  });
  expect([signedIn.status, signedIn.headers.get("location")]).toEqual([303, "/me"]);
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const me = () => fetch(`http://localhost:${port}/me`, { headers: { cookie } });
  expect(await (await me()).json()).toMatchObject({ userName: mira.userName, kind: "user" });

  await entra.disablePerson(id);
  expect((await me()).status).toBe(401);

  server.closeAllConnections();
  server.close();
  await provisioning.close();
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
