/**
 * The engine behind the SCIM endpoint: one request, one use case, one transaction. Owns what is read and written where;
 * who becomes what is decided in `account` and `group`.
 *
 * @module
 */
import { type ResourceType, type ScimBackend, ScimError } from "@muster/scim-core";
import type { EngineContext } from "../context.ts";
import { tellWrites } from "../security-event/tell-writes.ts";
import type { DirectoryConnection } from "../sync/push.ts";
import type { Endpoint } from "./endpoint.ts";
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
  const { userType, groupType, resourceTypes, eventPolicy } = context;
  const named = <Row extends { readonly id: string }>(endpoint: Endpoint<Row>): [string, TypeBackend] => [
    endpoint.type.name,
    typeBackend(context, connection, tellWrites(endpoint, eventPolicy)),
  ];
  const backends = new Map<string, TypeBackend>([
    named(userEndpoint(userType)),
    named(groupEndpoint(groupType)),
    ...resourceTypes.map((type) => named(resourceEndpoint(type))),
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
