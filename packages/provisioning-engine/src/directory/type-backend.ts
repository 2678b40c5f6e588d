/**
 * The verbs of SCIM for one resource type: reads are one transaction, writes one push.
 *
 * @module
 */
import type { AttributeSelection, RequestContext, Resource, ResourceType, ScimBackend } from "@muster/scim-core";
import type { EngineContext } from "../context.ts";
import type { Transaction } from "../ports/index.ts";
import { type DirectoryConnection, type Push, type Pushed, type PushRequest, runPush } from "../sync/push.ts";
import { failedWrite } from "../sync/sync-failure.ts";
import { namedSubject } from "../sync/sync-subject.ts";
import type { Endpoint } from "./endpoint.ts";
import { lookAlikeNotice } from "./look-alikes.ts";
import { notFound } from "./not-found.ts";
import { search } from "./search.ts";

/** A backend whose methods know their type. */
export type TypeBackend = { readonly [Name in keyof ScimBackend]-?: WithoutType<Required<ScimBackend>[Name]> };

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
  const { subjects, derived } = endpoint;
  const showsDerived = (selection: AttributeSelection | undefined) =>
    derived !== undefined && selection?.includes(derived) === true;
  const whole = async ({ unit }: Push, { result, ...pushed }: Pushed<Row>): Promise<Pushed<Resource>> => ({
    ...pushed,
    result: await endpoint.renderWhole(unit.tx, result),
  });
  const renderPatched = async (tx: Transaction, row: Row, selection: AttributeSelection | undefined) => {
    if (selection === undefined) return (endpoint.renderPatched ?? endpoint.renderWhole)(tx, row);
    return showsDerived(selection) ? endpoint.renderWhole(tx, row) : endpoint.render(row);
  };
  return {
    create: (attributes, { requestId, txn, unknownNames }) => {
      const retry = subjects === undefined ? null : { resourceType: subjects.type, attributes };
      return write({ operation: "create", requestId, txn, retry }, async (push) =>
        whole(push, noting(await endpoint.create(push, attributes), unknownNames)),
      );
    },
    get: (id, selection, request) =>
      read(request, async (tx) => {
        const row = await endpoint.get(tx, connectionId, id);
        if (row === null) throw notFound(endpoint.type.name, id);
        return showsDerived(selection) ? endpoint.renderWhole(tx, row) : endpoint.render(row);
      }),
    query: (query, request) => read(request, (tx) => search({ tx, connectionId, collection: endpoint }, query)),
    replace: (id, attributes, precondition, { requestId, txn, unknownNames }) =>
      write({ operation: "replace", requestId, txn, retry: null }, async (push) =>
        whole(push, noting(await endpoint.replace(push, id, attributes, precondition), unknownNames)),
      ),
    patch: (id, patch, precondition, selection, { requestId, txn }) =>
      write({ operation: "patch", requestId, txn, retry: null }, async (push) => {
        const pushed = noting(await endpoint.patch(push, id, patch, precondition), patch.unknown);
        return { ...pushed, result: await renderPatched(push.unit.tx, pushed.result, selection) };
      }),
    delete: (id, precondition, { requestId, txn }) =>
      write({ operation: "delete", requestId, txn, retry: null }, (push) => endpoint.delete(push, id, precondition)),
    refused: async ({ operation, id, name, error }, { requestId }) => {
      if (subjects === undefined) return;
      const refusing = write({ operation, requestId, retry: null }, async (push): Promise<never> => {
        const row = id === undefined ? null : await endpoint.get(push.unit.tx, connectionId, id);
        if (row !== null) push.about(subjects.of(row));
        else if (id === undefined && name !== undefined) push.about(namedSubject(subjects.type, name));
        throw error;
      });
      // The client is answered already; the write was run to be filed as what it is, a failure.
      await refusing.catch(() => undefined);
    },
  };
}

/** Near misses among the names stand in the sync log (R18). */
function noting<Result>(pushed: Pushed<Result>, names: readonly string[] = []): Pushed<Result> {
  const notice = lookAlikeNotice(names);
  return notice === undefined ? pushed : { ...pushed, notice };
}

type Write = Pick<PushRequest, "operation" | "requestId" | "txn" | "retry">;

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
