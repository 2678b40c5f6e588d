/**
 * scimmy-routers on Express, as its documentation serves it.
 *
 * @module
 */
import express from "express";
import SCIMMYRouters from "scimmy-routers";
import { person } from "../corpus/people.ts";
import { listen, ready, wantedUsers } from "../http/service.ts";
import { scimmyCreateUser } from "../peers/scimmy.ts";

const TOKEN = "mst_000000000000_a-token-as-long-as-one-of-ours-000000000000";

const { server, url } = await listen();
let someId = "";
for (let index = 0; index < wantedUsers(); index++) someId = await scimmyCreateUser(person(index));
const app = express();
app.use(
  "/scim/v2",
  new SCIMMYRouters({
    type: "bearer",
    baseUri: () => url,
    handler: (request) => {
      if (request.header("authorization") !== `Bearer ${TOKEN}`) throw new Error("The token is wrong.");
      return "";
    },
  }),
);
server.on("request", app);
ready({ scimUrl: `${url}/scim/v2`, token: TOKEN, someId });
