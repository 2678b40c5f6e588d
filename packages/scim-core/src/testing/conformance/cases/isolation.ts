/**
 * Two tenants of one service know nothing of each other (RFC 7644 §6).
 *
 * @module
 */
import { PATCH_OP_URN } from "../../../urn.ts";
import type { JsonObject } from "../../json.ts";
import { FILTER } from "../abilities.ts";
import type { Send } from "../client.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { verifyBody, verifyEqual, verifyStatus } from "../statements.ts";
import type { World } from "../world.ts";

const CLAUSE = "RFC 7644 §6";

export const isolationCases: readonly ConformanceCase[] = [
  {
    id: "J02",
    clause: CLAUSE,
    title: "the id of one tenant's person is unknown to the other",
    run: async (world) => {
      const { path, name } = await world.createUser();
      const before = await world.read(path);
      for (const { method, body } of attempts(world.userBody({ userName: name }))) {
        verifyStatus(await stranger(world)({ method, path, ...(body === undefined ? {} : { body }) }), 404);
      }
      verifyEqual("The person after it", await world.read(path), before);
    },
  },
  {
    id: "J02",
    clause: CLAUSE,
    title: "the token of one tenant opens nothing at the address of the other",
    run: async ({ createUser, connect, service }) => {
      const { path } = await createUser();
      const send = connect({ token: service.features.otherTenant?.token ?? "" });
      verifyStatus(await send({ method: "GET", path }), 401, 403, 404);
    },
  },
  {
    id: "J02",
    clause: CLAUSE,
    title: "the lists of one tenant do not show the other's people",
    needs: [FILTER],
    run: async (world) => {
      await world.createUser();
      const filter = encodeURIComponent(`userName sw "${world.mark}"`);
      const answer = await stranger(world)({ method: "GET", path: `/Users?filter=${filter}` });
      verifyStatus(answer, 200);
      verifyEqual("totalResults", answer.body.totalResults, 0);
    },
  },
  {
    id: "A30",
    clause: "RFC 7643 §3.1",
    title: "under load no tenant gets the other's addresses",
    run: async (world) => {
      const { path, body } = await world.createUser();
      const { location = "" } = body.meta as { location?: string };
      const reads = Array.from({ length: 20 }, async (_, at) => {
        if (at % 2 === 1) return stranger(world)({ method: "GET", path: "/ServiceProviderConfig" });
        const answer = await world.send({ method: "GET", path });
        verifyBody(answer.call, answer.body, { "meta.location": location });
        return answer;
      });
      for (const answer of await Promise.all(reads)) verifyStatus(answer, 200);
    },
  },
];

function attempts(body: JsonObject): readonly { readonly method: string; readonly body?: JsonObject }[] {
  const patch = {
    schemas: [PATCH_OP_URN],
    Operations: [{ op: "replace", path: "displayName", value: "Mallory" }],
  };
  return [{ method: "GET" }, { method: "PUT", body }, { method: "PATCH", body: patch }, { method: "DELETE" }];
}

/** The other tenant, at its own address. */
function stranger({ connect, service }: World): Send {
  return connect(service.features.otherTenant ?? {});
}
