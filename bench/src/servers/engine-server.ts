/**
 * The engine on the memory store, served as the quick start serves it.
 *
 * @module
 */
import { getRequestListener } from "@hono/node-server";
import { createAcme, created } from "../acme.ts";
import { person } from "../corpus/people.ts";
import { listen, ready, wantedUsers } from "../http/service.ts";

const { server, url } = await listen();
const acme = await createAcme(url);
let someId = "";
for (let index = 0; index < wantedUsers(); index++) someId = await created(acme, "/Users", person(index));
server.on("request", getRequestListener(acme.provisioning.fetch));
ready({ scimUrl: acme.scimUrl, token: acme.token, someId });
