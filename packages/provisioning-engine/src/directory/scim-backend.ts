/**
 * The engine behind the SCIM endpoint: one request, one use case, one transaction. Owns what is read and written where;
 * who becomes what is decided in `account` and `group`.
 *
 * @module
 */
import { type ResourceType, type ScimBackend, ScimError } from "@muster/scim-core";
import type { EngineContext } from "../context.ts";
import type { DirectoryConnection } from "../sync/push.ts";
import { groupEndpoint } from "./group-endpoint.ts";
import { resourceEndpoint } from "./resource-endpoint.ts";
import { type TypeBackend, typeBackend } from "./type-backend.ts";
import { userEndpoint } from "./user-endpoint.ts";

/**
 * The resources of one root connection, as its token opens them.
 *
 * @param connection what the credential decided
 * @example
 * const backend = createScimBackend(context, { tenantId, connectionId, credentialId });
 * await backend.create(context.userType, { userName: "mira@acme.example" }, { requestId });
 */
export function createScimBackend(context: EngineContext, connection: DirectoryConnection): ScimBackend {
  const backends = new Map<string, TypeBackend>([
    [context.userType.name, typeBackend(context, connection, userEndpoint(context.userType))],
    [context.groupType.name, typeBackend(context, connection, groupEndpoint(context.groupType))],
    ...context.resourceTypes.map((type): [string, TypeBackend] => [
      type.name,
      typeBackend(context, connection, resourceEndpoint(type)),
    ]),
  ]);
  const of = ({ name }: ResourceType): TypeBackend => {
    const backend = backends.get(name);
    if (backend === undefined) throw new ScimError("notImplemented", `${name} is not provisioned here.`);
    return backend;
  };
  return {
    create: async (type, ...rest) => of(type).create(...rest),
    get: async (type, ...rest) => of(type).get(...rest),
    query: async (type, ...rest) => of(type).query(...rest),
    replace: async (type, ...rest) => of(type).replace(...rest),
    patch: async (type, ...rest) => of(type).patch(...rest),
    delete: async (type, ...rest) => of(type).delete(...rest),
    refused: async (type, ...rest) => of(type).refused(...rest),
  };
}
