/**
 * The engine behind the SCIM endpoint: one request, one use case, one transaction. Owns what is read and written where;
 * who becomes what is decided in `account` and `group`.
 *
 * @module
 */
import { type RequestContext, type Resource, type ResourceType, type ScimBackend, ScimError } from "@muster/scim-core";
import type { EngineContext } from "../context.ts";
import type { Transaction } from "../ports/index.ts";
import { type DirectoryConnection, type Push, type Pushed, type PushRequest, runPush } from "../sync/push.ts";
import { failedWrite } from "../sync/sync-failure.ts";
import type { Endpoint } from "./endpoint.ts";
import { groupEndpoint } from "./group-endpoint.ts";
import { notFound } from "./not-found.ts";
import { search } from "./search.ts";
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
  const users = typeBackend(context, connection, userEndpoint(context.userType));
  const groups = typeBackend(context, connection, groupEndpoint(context.groupType));
  const of = ({ name }: ResourceType): TypeBackend => {
    if (name === context.userType.name) return users;
    if (name === context.groupType.name) return groups;
    throw new ScimError("notImplemented", `${name} is not provisioned here.`);
  };
  return {
    create: async (type, ...rest) => of(type).create(...rest),
    get: async (type, ...rest) => of(type).get(...rest),
    query: async (type, ...rest) => of(type).query(...rest),
    replace: async (type, ...rest) => of(type).replace(...rest),
    patch: async (type, ...rest) => of(type).patch(...rest),
    delete: async (type, ...rest) => of(type).delete(...rest),
  };
}

type WithoutType<Method> = Method extends (type: ResourceType, ...rest: infer Rest) => infer Answer
  ? (...rest: Rest) => Answer
  : never;

type TypeBackend = { readonly [Name in keyof ScimBackend]: WithoutType<ScimBackend[Name]> };

function typeBackend<Row extends { readonly id: string }>(
  context: EngineContext,
  connection: DirectoryConnection,
  endpoint: Endpoint<Row>,
): TypeBackend {
  const { connectionId } = connection;
  const read = reader(context, connection);
  const write = writer(context, connection);
  return {
    create: (attributes, { requestId }) => {
      const retry = { resourceType: endpoint.name, attributes };
      return write({ operation: "create", requestId, retry }, async (push) =>
        rendered(await endpoint.create(push, attributes), (row) => endpoint.renderWhole(push.unit.tx, row)),
      );
    },
    get: (id, selection, request) =>
      read(request, async (tx) => {
        const row = await endpoint.get(tx, connectionId, id);
        if (row === null) throw notFound(endpoint.name, id);
        return selection.includes(endpoint.derived) ? endpoint.renderWhole(tx, row) : endpoint.render(row);
      }),
    query: (query, request) => read(request, (tx) => search({ tx, connectionId, collection: endpoint }, query)),
    replace: (id, attributes, precondition, { requestId }) =>
      write({ operation: "replace", requestId, retry: null }, async (push) =>
        rendered(await endpoint.replace(push, id, attributes, precondition), (row) =>
          endpoint.renderWhole(push.unit.tx, row),
        ),
      ),
    patch: (id, patch, precondition, selection, { requestId }) =>
      write({ operation: "patch", requestId, retry: null }, async (push) =>
        rendered(await endpoint.patch(push, id, patch, precondition), async (row) =>
          selection?.includes(endpoint.derived) ? endpoint.renderWhole(push.unit.tx, row) : endpoint.render(row),
        ),
      ),
    delete: (id, precondition, { requestId }) =>
      write({ operation: "delete", requestId, retry: null }, (push) => endpoint.delete(push, id, precondition)),
  };
}

type Write = Pick<PushRequest, "operation" | "requestId" | "retry">;

function writer(context: EngineContext, connection: DirectoryConnection) {
  return <Result>(request: Write, work: (push: Push) => Promise<Pushed<Result>>): Promise<Result> =>
    runPush({ context, connection, ...request }, work);
}

function reader({ store }: EngineContext, { tenantId }: DirectoryConnection) {
  return async <Result>({ requestId }: RequestContext, work: (tx: Transaction) => Promise<Result>): Promise<Result> => {
    try {
      return await store.transaction({ tenantId }, work);
    } catch (error) {
      throw failedWrite(error, requestId).answer;
    }
  };
}

async function rendered<Row>(
  { result, ...pushed }: Pushed<Row>,
  render: (row: Row) => Promise<Resource>,
): Promise<Pushed<Resource>> {
  return { ...pushed, result: await render(result) };
}
