/**
 * A resource as its answer: what the client selected of it, with its version (RFC 7644 §3.9, §3.14).
 *
 * @module
 */
import type { Resource } from "../backend.ts";
import { etagOf } from "../etag.ts";
import type { AttributePath } from "../path.ts";
import {
  type AttributeSelection,
  projectResource,
  type RequestedAttributes,
  selectAttributes,
  withWritten,
} from "../projection.ts";
import { locationOf, renderResource } from "../representation.ts";
import type { ResourceType } from "../schema.ts";
import { answer } from "./answer.ts";
import type { Exchange } from "./exchange.ts";

/** Any operation that returns a resource may be asked for a part of it (RFC 7644 §3.9). */
export function selectionOf({ params }: Exchange, type: ResourceType): AttributeSelection {
  return selectAttributes(requestedAttributes(params), type);
}

/**
 * Of the answer to a write, without parameters: what the client wrote and nobody else sees unasked comes back.
 *
 * @param isWritten whether the request specified the attribute at a path
 */
export function writeSelectionOf(
  exchange: Exchange,
  type: ResourceType,
  isWritten: (path: AttributePath) => boolean,
): AttributeSelection {
  const selection = selectionOf(exchange, type);
  return asksForAttributes(exchange) ? selection : withWritten(selection, isWritten);
}

/** Whether the client said anything about attributes. */
export function asksForAttributes({ params }: Exchange): boolean {
  return params.has("attributes") || params.has("excludedAttributes");
}

/** The version does not depend on the selection: it is the resource's, not the answer's. */
export function answerResource(
  { domain }: Exchange,
  type: ResourceType,
  resource: Resource,
  selection: AttributeSelection,
  status: 200 | 201 = 200,
): Response {
  const body = projectResource(renderResource(resource, type, domain.baseUrl), selection, type);
  const location = status === 201 ? { location: locationOf(resource, type, domain.baseUrl) } : {};
  return answer(status, body, { etag: etagOf(resource.version), ...location });
}

function requestedAttributes(params: URLSearchParams): RequestedAttributes {
  return { attributes: params.getAll("attributes"), excludedAttributes: params.getAll("excludedAttributes") };
}
