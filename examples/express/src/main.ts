import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import {
  createProvisioning,
  type EstablishedSignIn,
  extension,
  flag,
  type Provisioning,
} from "@muster/provisioning-engine";
import { sqliteStore } from "@muster/storage-sql/sqlite";
import { expressHandler } from "@muster/transport-node";
import express from "express";

const port = Number(process.env.PORT ?? 3000);
const sessions = new Map<string, { readonly tenant: string; readonly accountId: string }>();
const kind = extension("urn:ietf:params:scim:schemas:extension:document360:2.0:User", { isTeamAccount: flag() });

export const provisioning: Provisioning = createProvisioning({
  url: `http://localhost:${port}/provisioning`,
  store: sqliteStore({ path: process.env.DATABASE ?? "muster.db" }),
  user: { extensions: [kind] },
  sso: { establishSession: beginSession, defaultReturnPath: () => "/me" },
});
// Whoever leaves the directory is signed out here.
provisioning.on("account.deactivated", ({ tenant, account }) => {
  for (const [id, session] of sessions) {
    if (session.tenant === tenant && session.accountId === account.id) sessions.delete(id);
  }
});

const app = express();
app.use(express.json());
app.use("/provisioning", expressHandler(provisioning));
app.get("/me", async (request, response) => {
  const session = sessions.get(/(?:^|; )session=([^;]+)/.exec(request.headers.cookie ?? "")?.[1] ?? "");
  // Asked at each request: suspended or inactive people are out at once.
  if (session === undefined || !(await provisioning.canSignIn(session.tenant, session.accountId))) {
    return void response.sendStatus(401);
  }
  response.json(await provisioning.admin.accounts.get(session.tenant, session.accountId));
});
export const server: Server = app.listen(port);

function beginSession({ tenant, account }: EstablishedSignIn): { headers: Record<string, string> } {
  const id = randomUUID();
  sessions.set(id, { tenant, accountId: account.id });
  return { headers: { "set-cookie": `session=${id}; Path=/; HttpOnly; SameSite=Lax` } };
}
