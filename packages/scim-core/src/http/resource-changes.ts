/**
 * Create, replace, patch, delete one resource (RFC 7644 §3.3, §3.5, §3.6): parse the body, call the backend. Single
 * requests and the operations of bulk requests come through here alike.
 *
 * @module
 */
import type { Precondition, RefusedWrite, RequestContext, Resource } from "../backend.ts";
import { isScimError } from "../errors.ts";
import { parseIfMatch, parseIfNoneMatch } from "../etag.ts";
import { parsePatch } from "../patch.ts";
import { formatPath } from "../path.ts";
import type { AttributeSelection } from "../projection.ts";
import { hasAttribute } from "../read-values.ts";
import { type ParsedResource, parseResource } from "../resource.ts";
import type { ResourceType } from "../schema.ts";
import { asksForAttributes, writeSelectionOf } from "./answer-resource.ts";
import type { Exchange } from "./exchange.ts";
import { nameIn } from "./name-in-body.ts";

/** What a change came to. */
export type Change =
  | { readonly status: 200 | 201; readonly resource: Resource; readonly selection: AttributeSelection }
  /** The resource is undefined when it was deleted. */
  | { readonly status: 204; readonly resource: Resource | undefined };

export async function createResource(exchange: Exchange, type: ResourceType): Promise<Change> {
  const { attributes, unknown } = await readCreation(exchange, type);
  const resource = await exchange.domain.backend.create(type, attributes, telling(exchange, unknown));
  const selection = writeSelectionOf(exchange, type, (path) => hasAttribute(attributes, path));
  return { status: 201, resource, selection };
}

/** The body of a creation, which may be looked at before anything is created. */
export function readCreation(exchange: Exchange, type: ResourceType): Promise<ParsedResource> {
  const write = { operation: "create", id: undefined } as const;
  return readWrite(exchange, type, write, (body) => parseResource(body, type, "create"));
}

export async function replaceResource(exchange: Exchange, type: ResourceType, id: string): Promise<Change> {
  const write = { operation: "replace", id } as const;
  const { attributes, unknown } = await readWrite(exchange, type, write, (body) =>
    parseResource(body, type, "replace"),
  );
  const context = telling(exchange, unknown);
  const resource = await exchange.domain.backend.replace(type, id, attributes, preconditionOf(exchange), context);
  const selection = writeSelectionOf(exchange, type, (path) => hasAttribute(attributes, path));
  return { status: 200, resource, selection };
}

export async function patchResource(exchange: Exchange, type: ResourceType, id: string): Promise<Change> {
  const { domain, context, limits } = exchange;
  const options = {
    replaceCreatesMissing: domain.replaceCreatesMissing ?? false,
    maxOperations: limits.patchOperations,
  };
  const write = { operation: "patch", id } as const;
  const patch = await readWrite(exchange, type, write, (body) => parsePatch(body, type, options));
  const selection = writeSelectionOf(exchange, type, (path) => patch.written.has(formatPath(path)));
  const asked = asksForAttributes(exchange) ? selection : undefined;
  const resource = await domain.backend.patch(type, id, patch, preconditionOf(exchange), asked, context);
  // RFC 7644 §3.5.2 leaves the choice between 200 and 204 when nobody asked for attributes.
  if (asked === undefined && resource.brief === true) return { status: 204, resource };
  return { status: 200, resource, selection };
}

export async function deleteResource(exchange: Exchange, type: ResourceType, id: string): Promise<Change> {
  const { domain, context } = exchange;
  await domain.backend.delete(type, id, preconditionOf(exchange), context);
  return { status: 204, resource: undefined };
}

/** Reads the body of a write; the backend is told of one that does not fit the schema. */
async function readWrite<Parsed>(
  { readBody, domain, context }: Exchange,
  type: ResourceType,
  write: Pick<RefusedWrite, "operation" | "id">,
  parse: (body: unknown) => Parsed,
): Promise<Parsed> {
  const body = await readBody();
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

/** The conditions of a request on the version; undefined without any. */
export function preconditionOf({ header }: Exchange): Precondition | undefined {
  const ifMatch = parseIfMatch(header("if-match"));
  const ifNoneMatch = parseIfNoneMatch(header("if-none-match"));
  if (ifMatch === undefined && ifNoneMatch === undefined) return undefined;
  return { ...(ifMatch && { ifMatch }), ...(ifNoneMatch && { ifNoneMatch }) };
}
