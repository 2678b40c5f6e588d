/**
 * The only place that talks to scim-patch as a peer.
 *
 * @module
 */
import { patchBodyValidation, type ScimPatch, type ScimResource, scimPatch } from "scim-patch";

/** Validates the body and applies it to a copy. */
export function peerPatch(resource: object, body: object): object {
  patchBodyValidation(body as ScimPatch);
  return scimPatch(resource as ScimResource, (body as ScimPatch).Operations, { mutateDocument: false });
}
