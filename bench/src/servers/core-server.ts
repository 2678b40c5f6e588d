/**
 * The protocol core alone over maps, as its README serves it: what scimmy-routers does, and no more.
 *
 * @module
 */
import { getRequestListener } from "@hono/node-server";
import { createScimHandler } from "@muster/scim-core/http";
import { USER_TYPE } from "../acme.ts";
import { person } from "../corpus/people.ts";
import { listen, ready, wantedUsers } from "../http/service.ts";
import { mapBackend } from "./map-backend.ts";

const TOKEN = "mst_000000000000_a-token-as-long-as-one-of-ours-000000000000";
const MOUNT = "/scim/v2";

const { server, url } = await listen();
const scimUrl = url + MOUNT;
const domain = { backend: mapBackend(USER_TYPE), baseUrl: scimUrl };
const scim = createScimHandler({
  resourceTypes: [USER_TYPE],
  authenticate: async (token) => (token === TOKEN ? domain : undefined),
});
const fetchScim = (request: Request) => scim(request, new URL(request.url).pathname.slice(MOUNT.length), "");

let someId = "";
for (let index = 0; index < wantedUsers(); index++) someId = await create(person(index));
server.on("request", getRequestListener(fetchScim));
ready({ scimUrl, token: TOKEN, someId });

async function create(user: object): Promise<string> {
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/scim+json" };
  const request = new Request(`${scimUrl}/Users`, { method: "POST", headers, body: JSON.stringify(user) });
  const { id } = (await (await fetchScim(request)).json()) as { readonly id: string };
  return id;
}
