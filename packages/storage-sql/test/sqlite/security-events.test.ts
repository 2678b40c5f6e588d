import { generateKeyPairSync } from "node:crypto";
import type { Provisioning, SecurityEvent } from "@muster/provisioning-engine";
import { expect, it } from "vitest";
import { type EngineProcess, startEngine } from "./engine-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();
const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const { privateKey: key } = generateKeyPairSync("ed25519");

function start(deliver: (event: SecurityEvent) => void): EngineProcess {
  const securityEvents = { audience: "receiver", signingKey: { key }, asyncRequest: "request", deliver } as const;
  return startEngine(folder.file("events.db"), { scim: { securityEvents } });
}

it("J27, J28: what one process accepted and could not deliver, the next one delivers, in order and under its id", async () => {
  const refused: string[] = [];
  const first = start(({ id }) => {
    refused.push(id);
    throw new Error("away");
  });
  const { admin } = first.provisioning;
  await admin.tenants.create({ id: "acme" });
  const { scim } = await admin.connections.update("acme", { scimEnabled: true, consent: true });
  const { token } = await admin.tokens.create("acme");
  const send = (provisioning: Provisioning, address: string, init: RequestInit = {}) => {
    const type = "application/scim+json";
    const headers = { authorization: `Bearer ${token}`, "content-type": type, prefer: "respond-async" };
    return provisioning.fetch(new Request(address, { ...init, headers }));
  };
  const body = JSON.stringify({ schemas: [USER], userName: "mira" });
  const accepted = await send(first.provisioning, `${scim?.baseUrl}/Users`, { method: "POST", body });
  expect(accepted.status).toBe(202);
  await first.stop();

  const delivered: SecurityEvent[] = [];
  const second = start((event) => void delivered.push(event));
  await second.provisioning.ready();
  const completion = await send(second.provisioning, accepted.headers.get("location") ?? "");
  expect(completion.status).toBe(200);
  await second.stop();
  expect(delivered.map(({ claims }) => Object.keys(claims.events))).toEqual([
    ["urn:ietf:params:scim:event:prov:create:notice"],
    ["urn:ietf:params:scim:event:misc:asyncresp"],
  ]);
  expect(new Set(delivered.map(({ claims }) => claims.txn))).toEqual(new Set([accepted.headers.get("set-txn")]));
  expect(refused[0]).toBe(delivered[0]?.id);
});
