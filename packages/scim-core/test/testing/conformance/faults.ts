/**
 * Services that are wrong in one way each: what a kit is worth that finds nothing wrong with any of them.
 *
 * @module
 */
import { isJsonObject, type JsonObject } from "../../../src/testing/json.ts";
import {
  bodyOf,
  filterOf,
  isBulk,
  isError,
  isList,
  isResource,
  patchedBy,
  refiltered,
  rewritten,
  statusFor,
  type Wrap,
  withHeader,
  withoutHeader,
  withoutParameter,
  withoutRequestHeader,
} from "./fault-tools.ts";
import { changedBody, inMemory, jsonAnswer } from "./in-memory.ts";

export interface Fault {
  /** What the service does. */
  readonly name: string;
  /** The requirements whose cases must fail, and their section. */
  readonly caught: readonly [section: string, ...ids: string[]];
  readonly wrap: Wrap;
}

const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

export const FAULTS: readonly Fault[] = [
  { name: "names no Location", caught: ["representation", "A01"], wrap: withoutHeader("location") },
  {
    name: "answers a POST 200",
    caught: ["representation", "A01"],
    wrap: statusFor((status) => (status === 201 ? 200 : status)),
  },
  {
    name: "answers as application/json",
    caught: ["representation", "A02"],
    wrap: withHeader("content-type", "application/json"),
  },
  {
    name: "shows another address in meta.location",
    caught: ["representation", "A01"],
    wrap: (next) =>
      changedBody(next, isResource, (body) => ({
        ...body,
        meta: { ...(body.meta as object), location: "https://x.test/Users/1" },
      })),
  },
  {
    name: "shows no meta",
    caught: ["representation", "A01"],
    wrap: (next) => changedBody(next, isResource, ({ meta: _meta, ...body }) => body),
  },
  {
    name: "writes the status of an error as a number",
    caught: ["representation", "A03"],
    wrap: (next) => changedBody(next, isError, (body) => ({ ...body, status: Number(body.status) })),
  },
  {
    name: "answers errors without their schema",
    caught: ["representation", "A03", "A05"],
    wrap: (next) => changedBody(next, isError, ({ detail }) => ({ error: detail })),
  },
  {
    name: "answers broken JSON 500",
    caught: ["representation", "A04"],
    wrap: statusFor((status) => (status === 400 ? 500 : status)),
  },
  {
    name: "takes the id of the client",
    caught: ["representation", "A09"],
    wrap: (next) => async (request) => {
      const body = await bodyOf(request);
      const answer = changedBody(next, isResource, (shown) => ({
        ...shown,
        ...(body.id === undefined ? {} : { id: body.id }),
      }));
      return answer(request);
    },
  },
  {
    name: "merges with PUT",
    caught: ["representation", "A18"],
    wrap: (next) => async (request) => {
      if (request.method !== "PUT") return next(request);
      const { schemas: _schemas, id: _id, meta: _meta, groups: _groups, ...value } = await bodyOf(request);
      return next(rewritten(request, { schemas: [PATCH_OP], Operations: [{ op: "replace", value }] }, "PATCH"));
    },
  },
  {
    name: "creates with PUT",
    caught: ["representation", "A19"],
    wrap: (next) => async (request) => {
      const response = await next(request.clone());
      if (request.method !== "PUT" || response.status !== 404) return response;
      const collection = request.url.replace(/\/[^/]+$/, "");
      return next(rewritten(request, await bodyOf(request), "POST", collection));
    },
  },
  {
    name: "keeps who is deleted",
    caught: ["representation", "A20"],
    wrap: (next) => async (request) =>
      request.method === "DELETE" ? new Response(null, { status: 204 }) : next(request),
  },
  {
    name: "deletes twice",
    caught: ["representation", "A20"],
    wrap: (next) => async (request) => {
      const response = await next(request);
      return request.method === "DELETE" && response.status === 404 ? new Response(null, { status: 204 }) : response;
    },
  },
  {
    name: "calls a taken userName 400",
    caught: ["values", "A10"],
    wrap: statusFor((status) => (status === 409 ? 400 : status)),
  },
  {
    name: "keeps what no schema lists",
    caught: ["values", "A32"],
    wrap: (next) => async (request) => {
      const { unicornColour } = await bodyOf(request);
      return changedBody(next, isResource, (body) => ({
        ...body,
        ...(unicornColour === undefined ? {} : { unicornColour }),
      }))(request);
    },
  },
  {
    name: "invents a displayName",
    caught: ["values", "J40"],
    wrap: (next) => changedBody(next, isResource, (body) => ({ displayName: body.userName, ...body })),
  },
  {
    name: "writes null for what is not there",
    caught: ["values", "A16"],
    wrap: (next) => changedBody(next, isResource, (body) => ({ emails: [], ...body })),
  },
  {
    name: "names the enterprise extension always",
    caught: ["values", "A29"],
    wrap: (next) =>
      changedBody(next, isResource, (body) => ({
        ...body,
        schemas: [...(body.schemas as string[]), "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
      })),
  },
  {
    name: "compares userName with its case",
    caught: ["filters", "B01"],
    wrap: (next) => async (request) => {
      const wanted = /^userName eq "(.*)"$/.exec(filterOf(request))?.[1];
      const isKept = (resource: unknown) => wanted === undefined || (resource as JsonObject).userName === wanted;
      return changedBody(next, isList, (body) => ({
        ...body,
        Resources: (body.Resources as unknown[]).filter(isKept),
      }))(request);
    },
  },
  {
    name: "compares externalId without case",
    caught: ["filters", "B04"],
    wrap: (next) => async (request) =>
      next(refiltered(request, (filter) => filter.replace(/externalId eq "x-/, 'externalId eq "X-'))),
  },
  {
    name: "answers what it does not understand with everybody",
    caught: ["filters", "B19", "B20", "B30"],
    wrap: (next) => async (request) => {
      const response = await next(request.clone());
      return response.status === 400 && filterOf(request) !== "" ? next(refiltered(request, () => "")) : response;
    },
  },
  {
    name: "lets a value path be met by several elements together",
    caught: ["filters", "B07"],
    wrap: (next) => async (request) =>
      next(
        refiltered(request, (filter) =>
          filter.replace(
            /emails\[type eq "(\w+)" and value co "([^"]+)"\]/,
            'emails.type eq "$1" and emails.value co "$2"',
          ),
        ),
      ),
  },
  {
    name: "compares times as texts",
    caught: ["filters", "B14"],
    wrap: (next) => async (request) => next(refiltered(request, (filter) => filter.replace(/[+-]\d\d:00"/, 'Z"'))),
  },
  {
    name: "counts the page instead of all",
    caught: ["lists", "C05"],
    wrap: (next) => changedBody(next, isList, (body) => ({ ...body, totalResults: body.itemsPerPage })),
  },
  { name: "ignores startIndex", caught: ["lists", "C01"], wrap: withoutParameter("startIndex") },
  { name: "ignores count", caught: ["lists", "C02", "C01"], wrap: withoutParameter("count") },
  { name: "ignores sortOrder", caught: ["lists", "C09", "C11"], wrap: withoutParameter("sortOrder") },
  { name: "ignores sortBy", caught: ["lists", "C09"], wrap: withoutParameter("sortBy") },
  { name: "ignores attributes", caught: ["projection", "C12", "C14"], wrap: withoutParameter("attributes") },
  { name: "ignores excludedAttributes", caught: ["projection", "C16"], wrap: withoutParameter("excludedAttributes") },
  {
    name: "leaves the id out when it is not asked for",
    caught: ["projection", "C12"],
    wrap: (next) => async (request) => {
      const asks = new URL(request.url).searchParams.has("attributes");
      return changedBody(
        next,
        () => asks,
        ({ id: _id, ...body }) => body,
      )(request);
    },
  },
  {
    name: "returns the password",
    caught: ["projection", "A21"],
    wrap: (next) => async (request) => {
      const { password } = await bodyOf(request);
      return changedBody(next, isResource, (body) => (password === undefined ? body : { ...body, password }))(request);
    },
  },
  {
    name: "knows lower-case operations only",
    caught: ["patch", "D01"],
    wrap: patchedBy((operation) => ({
      ...operation,
      op: /[A-Z]/.test(String(operation.op)) ? "unknown" : (operation.op ?? null),
    })),
  },
  {
    name: "replaces where it should add",
    caught: ["patch", "D03"],
    wrap: patchedBy((operation) => ({ ...operation, op: operation.op === "add" ? "replace" : (operation.op ?? null) })),
  },
  {
    name: "adds where it should replace",
    caught: ["patch", "D52"],
    wrap: patchedBy((operation) => ({ ...operation, op: operation.op === "replace" ? "add" : (operation.op ?? null) })),
  },
  {
    name: "forgets the filter of a path",
    caught: ["patch", "D12", "D16"],
    wrap: patchedBy((operation) => ({ ...operation, path: String(operation.path ?? "").replace(/\[.*\]/, "") })),
  },
  {
    name: "keeps what came before a failed operation",
    caught: ["patch-refusals", "D24"],
    wrap: (next) => async (request) => {
      if (request.method !== "PATCH") return next(request);
      const { schemas, Operations: operations } = await bodyOf(request);
      if (!Array.isArray(operations) || operations.length < 2) return next(request);
      let response = jsonAnswer(200, {});
      for (const operation of operations) {
        response = await next(rewritten(request, { schemas: schemas ?? [], Operations: [operation] }));
        if (!response.ok) return response;
      }
      return response;
    },
  },
  {
    name: "names no scimType",
    caught: ["patch-refusals", "D15", "D29"],
    wrap: (next) => changedBody(next, isError, ({ scimType: _scimType, ...body }) => body),
  },
  {
    name: "takes every operation on what is read-only, and does nothing",
    caught: ["patch-refusals", "D21"],
    wrap: statusFor((status, request) => (request.method === "PATCH" && status === 400 ? 200 : status)),
  },
  {
    name: "takes the text False for true",
    caught: ["dialects", "D40", "D10"],
    wrap: patchedBy((operation) => ({
      ...operation,
      value: operation.value === "False" ? true : (operation.value ?? null),
    })),
  },
  {
    name: "removes all members instead of one",
    caught: ["groups", "D16"],
    wrap: patchedBy((operation) => ({
      ...operation,
      path: String(operation.path ?? "").replace(/^members\[.*/, "members"),
    })),
  },
  {
    name: "removes all members instead of those that are listed",
    caught: ["groups", "D17"],
    wrap: patchedBy(({ value, ...operation }) =>
      operation.op === "Remove" ? operation : { ...operation, ...(value === undefined ? {} : { value }) },
    ),
  },
  {
    name: "replaces the members by those that are added",
    caught: ["groups", "D05"],
    wrap: patchedBy((operation) => ({ ...operation, op: operation.op === "add" ? "replace" : (operation.op ?? null) })),
  },
  {
    name: "shows a hundred members at most",
    caught: ["groups", "J08"],
    wrap: (next) =>
      changedBody(next, isResource, (body) =>
        Array.isArray(body.members) ? { ...body, members: body.members.slice(0, 100) } : body,
      ),
  },
  { name: "ignores If-Match", caught: ["versions", "E02", "E03", "E04"], wrap: withoutRequestHeader("if-match") },
  { name: "ignores If-None-Match", caught: ["versions", "E05"], wrap: withoutRequestHeader("if-none-match") },
  { name: "gives no ETag", caught: ["versions", "E01"], wrap: withoutHeader("etag") },
  {
    name: "has one version for ever",
    caught: ["versions", "E07"],
    wrap: (next) =>
      changedBody(next, isResource, (body) => ({ ...body, meta: { ...(body.meta as object), version: 'W/"1"' } })),
  },
  {
    name: "writes the status of a bulk operation as a number",
    caught: ["bulk", "F06"],
    wrap: (next) =>
      changedBody(next, isBulk, (body) => ({
        ...body,
        Operations: (body.Operations as JsonObject[]).map((one) => ({ ...one, status: Number(one.status) })),
      })),
  },
  {
    name: "does not say why a bulk operation failed",
    caught: ["bulk", "F07"],
    wrap: (next) =>
      changedBody(next, isBulk, (body) => ({
        ...body,
        Operations: (body.Operations as JsonObject[]).map(({ response: _response, ...one }) => one),
      })),
  },
  {
    name: "ignores failOnErrors",
    caught: ["bulk", "F03"],
    wrap: (next) => async (request) => {
      const { failOnErrors, ...body } = await bodyOf(request);
      return failOnErrors === undefined ? next(request) : next(rewritten(request, body));
    },
  },
  {
    name: "takes a reference of a bulk request for an id",
    caught: ["bulk", "F01", "F02"],
    wrap: (next) => async (request) => {
      const { Operations: operations, ...body } = await bodyOf(request);
      if (!isBulk(request) || !Array.isArray(operations)) return next(request);
      const Operations = JSON.parse(JSON.stringify(operations).replaceAll('"bulkId:', '"id:')) as JsonObject[];
      return next(rewritten(request, { ...body, Operations }));
    },
  },
  {
    name: "has no limits in bulk",
    caught: ["bulk", "F04", "F05"],
    wrap: (next) => async (request) => {
      const response = await next(request);
      return isBulk(request) && response.status === 413 ? jsonAnswer(200, { Operations: [] }) : response;
    },
  },
  { name: "gives no challenge", caught: ["security", "A06"], wrap: withoutHeader("www-authenticate") },
  {
    name: "takes every token",
    caught: ["security", "A06", "A07"],
    wrap: (next) => async (request) => {
      const open = new Request(request);
      open.headers.set("authorization", `Bearer ${inMemory().token}`);
      return next(open);
    },
  },
  {
    name: "shows its internals",
    caught: ["security", "J43"],
    wrap: (next) =>
      changedBody(next, isError, (body) => ({ ...body, detail: "Error: x\n    at parse (/app/src/parser.ts:1:2)" })),
  },
  {
    name: "finds people by their externalId",
    caught: ["security", "J01"],
    wrap: (next) => async (request) => {
      const id = /\/Users\/(mc\w+)$/.exec(request.url)?.[1];
      return id === undefined ? next(request) : jsonAnswer(200, { id });
    },
  },
  {
    name: "loses members that are added at once",
    caught: ["concurrency", "I02"],
    wrap: (next) => async (request) => {
      const { schemas, Operations: operations } = await bodyOf(request);
      const [operation] = Array.isArray(operations) ? operations.filter(isJsonObject) : [];
      if (request.method !== "PATCH" || operation?.path !== "members") return next(request);
      const group = (await (await next(rewritten(request, undefined, "GET"))).json()) as { members?: JsonObject[] };
      const value = [...(group.members ?? []), ...(operation.value as JsonObject[])];
      return next(
        rewritten(request, { schemas: schemas ?? [], Operations: [{ op: "replace", path: "members", value }] }),
      );
    },
  },
  {
    name: "describes attributes without their mutability",
    caught: ["discovery", "G06"],
    wrap: (next) =>
      changedBody(
        next,
        (request) => request.url.endsWith("/Schemas"),
        (body) => JSON.parse(JSON.stringify(body).replaceAll(/"mutability":"\w+",?/g, "")) as object,
      ),
  },
  {
    name: "describes a userName with its case",
    caught: ["discovery", "G06"],
    wrap: (next) =>
      changedBody(
        next,
        (request) => request.url.endsWith("/Schemas"),
        (body) => JSON.parse(JSON.stringify(body).replaceAll('"caseExact":false', '"caseExact":true')) as object,
      ),
  },
  {
    name: "filters its schemas",
    caught: ["discovery", "G04"],
    wrap: (next) => async (request) => next(refiltered(request, () => "")),
  },
  {
    name: "does not list an extension",
    caught: ["discovery", "G01"],
    wrap: (next) =>
      changedBody(
        next,
        (request) => request.url.endsWith("/Schemas"),
        (body) => ({
          ...body,
          Resources: (body.Resources as JsonObject[]).filter(({ id }) => !String(id).includes("document360")),
        }),
      ),
  },
];
