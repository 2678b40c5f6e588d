/**
 * Our own side: an engine on the memory store with one connection that takes SCIM.
 *
 * @module
 */
import {
  createProvisioning,
  extension,
  flag,
  type Logger,
  memoryStore,
  type Provisioning,
} from "@muster/provisioning-engine";
import { type ResourceType, userResourceType } from "@muster/scim-core";

export interface Acme {
  readonly provisioning: Provisioning;
  readonly scimUrl: string;
  readonly token: string;
}

/** What the recorded traffic asks to be registered. */
const team = extension("urn:ietf:params:scim:schemas:extension:document360:2.0:User", { isTeamAccount: flag() });

export const USER_TYPE: ResourceType = userResourceType([team]);

const SILENT: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {}

/** @param url where the engine is mounted */
export async function createAcme(url: string): Promise<Acme> {
  const options = { url, store: memoryStore(), user: { extensions: [team] }, logger: SILENT };
  const provisioning = createProvisioning(options);
  await provisioning.admin.tenants.create({ id: "acme" });
  const change = { scimEnabled: true, consent: true, groupSync: true };
  const { scim } = await provisioning.admin.connections.update("acme", change);
  const { token } = await provisioning.admin.tokens.create("acme");
  if (scim === null) throw new Error("The connection has no SCIM address.");
  return { provisioning, scimUrl: scim.baseUrl, token };
}

/** A request with the connection's token; the body, if there is one, as JSON. */
export function scimRequest({ scimUrl, token }: Acme, method: string, path: string, body?: object): Request {
  return new Request(scimUrl + path, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** @throws {Error} when the answer is no success */
export async function answered(acme: Acme, method: string, path: string, body?: object): Promise<Response> {
  const response = await acme.provisioning.fetch(scimRequest(acme, method, path, body));
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${await response.text()}`);
  return response;
}

/** @returns the id of the new resource */
export async function created(acme: Acme, path: string, body: object): Promise<string> {
  const { id } = (await (await answered(acme, "POST", path, body)).json()) as { readonly id: string };
  return id;
}
