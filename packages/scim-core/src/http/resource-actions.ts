/**
 * One resource: create, read, replace, patch, delete (RFC 7644 §3.3, §3.4.1, §3.5, §3.6).
 *
 * @module
 */
import type { Precondition, RefusedWrite, RequestContext } from "../backend.ts";
import { isScimError } from "../errors.ts";
import { etagMatches, parseIfMatch, parseIfNoneMatch } from "../etag.ts";
import { parsePatch } from "../patch.ts";
import { parseResource } from "../resource.ts";
import type { ResourceType } from "../schema.ts";
import { answerEmpty } from "./answer.ts";
import { answerResource, asksForAttributes, selectionOf } from "./answer-resource.ts";
import type { Exchange } from "./exchange.ts";
import { nameIn } from "./name-in-body.ts";
import { readBody } from "./request-body.ts";

export async function createResource(exchange: Exchange, type: ResourceType): Promise<Response> {
  const write = { operation: "create", id: undefined } as const;
  const { attributes, unknown } = await readWrite(exchange, type, write, (body) => parseResource(body, type, "create"));
  const resource = await exchange.domain.backend.create(type, attributes, telling(exchange, unknown));
  return answerResource(exchange, type, resource, selectionOf(exchange, type), 201);
}

export async function readResource(exchange: Exchange, type: ResourceType, id: string): Promise<Response> {
  const { request, domain, context } = exchange;
  const selection = selectionOf(exchange, type);
  const resource = await domain.backend.get(type, id, selection, context);
  const known = parseIfNoneMatch(request.headers.get("if-none-match"));
  if (etagMatches(known, resource.version)) return answerEmpty(304, resource.version);
  return answerResource(exchange, type, resource, selection);
}

export async function replaceResource(exchange: Exchange, type: ResourceType, id: string): Promise<Response> {
  const { request, domain } = exchange;
  const write = { operation: "replace", id } as const;
  const { attributes, unknown } = await readWrite(exchange, type, write, (body) =>
    parseResource(body, type, "replace"),
  );
  const context = telling(exchange, unknown);
  const resource = await domain.backend.replace(type, id, attributes, preconditionOf(request), context);
  return answerResource(exchange, type, resource, selectionOf(exchange, type));
}

export async function patchResource(exchange: Exchange, type: ResourceType, id: string): Promise<Response> {
  const { request, domain, context, limits } = exchange;
  const options = {
    replaceCreatesMissing: domain.replaceCreatesMissing ?? false,
    maxOperations: limits.patchOperations,
  };
  const write = { operation: "patch", id } as const;
  const patch = await readWrite(exchange, type, write, (body) => parsePatch(body, type, options));
  const selection = selectionOf(exchange, type);
  const asked = asksForAttributes(exchange) ? selection : undefined;
  const resource = await domain.backend.patch(type, id, patch, preconditionOf(request), asked, context);
  // RFC 7644 §3.5.2 leaves the choice between 200 and 204 when nobody asked for attributes.
  if (asked === undefined && resource.brief === true) return answerEmpty(204, resource.version);
  return answerResource(exchange, type, resource, selection);
}

export async function deleteResource(exchange: Exchange, type: ResourceType, id: string): Promise<Response> {
  const { request, domain, context } = exchange;
  await domain.backend.delete(type, id, preconditionOf(request), context);
  return answerEmpty(204);
}

/** Reads the body of a write; the backend is told of one that does not fit the schema. */
async function readWrite<Parsed>(
  { request, domain, context, limits }: Exchange,
  type: ResourceType,
  write: Pick<RefusedWrite, "operation" | "id">,
  parse: (body: unknown) => Parsed,
): Promise<Parsed> {
  const body = await readBody(request, limits);
  try {
    return parse(body);
  } catch (error) {
    if (isScimError(error)) await domain.backend.refused?.(type, { ...write, name: nameIn(body), error }, context);
    throw error;
  }
}

function telling({ context }: Exchange, unknownNames: readonly string[]): RequestContext {
  return unknownNames.length === 0 ? context : { ...context, unknownNames };
}

function preconditionOf(request: Request): Precondition | undefined {
  const ifMatch = parseIfMatch(request.headers.get("if-match"));
  return ifMatch === undefined ? undefined : { ifMatch };
}
