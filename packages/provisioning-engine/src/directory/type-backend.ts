/**
 * The verbs of SCIM for one resource type: reads are one transaction, writes one push.
 *
 * @module
 */
import type { RequestContext, Resource, ResourceType, ScimBackend } from "@muster/scim-core";
import type { EngineContext } from "../context.ts";
import type { Transaction } from "../ports/index.ts";
import { type DirectoryConnection, type Push, type Pushed, type PushRequest, runPush } from "../sync/push.ts";
import { failedWrite } from "../sync/sync-failure.ts";
import type { Endpoint } from "./endpoint.ts";
import { lookAlikeNotice } from "./look-alikes.ts";
import { notFound } from "./not-found.ts";
import { search } from "./search.ts";

/** A backend whose methods know their type. */
export type TypeBackend = { readonly [Name in keyof ScimBackend]: WithoutType<ScimBackend[Name]> };

type WithoutType<Method> = Method extends (type: ResourceType, ...rest: infer Rest) => infer Answer
  ? (...rest: Rest) => Answer
  : never;

export function typeBackend<Row extends { readonly id: string }>(
  context: EngineContext,
  connection: DirectoryConnection,
  endpoint: Endpoint<Row>,
): TypeBackend {
  const { connectionId } = connection;
  const read = reader(context, connection);
  const write = writer(context, connection);
  const whole = async ({ unit }: Push, { result, ...pushed }: Pushed<Row>): Promise<Pushed<Resource>> => ({
    ...pushed,
    result: await endpoint.renderWhole(unit.tx, result),
  });
  return {
    create: (attributes, { requestId }) => {
      const retry = { resourceType: endpoint.name, attributes };
      return write({ operation: "create", requestId, retry }, async (push) =>
        whole(push, await endpoint.create(push, attributes)),
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
        whole(push, await endpoint.replace(push, id, attributes, precondition)),
      ),
    patch: (id, patch, precondition, selection, { requestId }) =>
      write({ operation: "patch", requestId, retry: null }, async (push) => {
        const pushed = await endpoint.patch(push, id, patch, precondition);
        const told = { ...pushed, notice: lookAlikeNotice(patch.unknown) };
        if (selection?.includes(endpoint.derived)) return whole(push, told);
        return { ...told, result: endpoint.render(pushed.result) };
      }),
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
