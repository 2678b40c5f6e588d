/**
 * SCIM on the engine: a token opens the connection in the address, and nothing else.
 *
 * @module
 */
import { ScimError } from "@muster/scim-core";
import { createScimHandler, type ScimHandler } from "@muster/scim-core/http";
import { cursorSecretOf } from "../connection/cursor-secret.ts";
import { scimBaseUrl } from "../connection/endpoints.ts";
import { authenticateScim } from "../connection/scim-access.ts";
import type { EngineContext } from "../context.ts";
import { createScimBackend } from "../directory/scim-backend.ts";
import { isProvisioningError } from "../errors.ts";
import type { ScimOptions } from "../options/options.ts";
import type { EventStream } from "../security-event/event-stream.ts";

/** @param stream undefined when nobody receives security events */
export function createScimSurface(
  context: EngineContext,
  { limits, cursorSecret }: ScimOptions = {},
  stream?: EventStream,
): ScimHandler {
  const { userType, groupType, resourceTypes, url, logger, newId, clock } = context;
  return createScimHandler({
    resourceTypes: [userType, groupType, ...resourceTypes],
    limits,
    clock,
    newRequestId: newId,
    authenticate: async (token, connectionId, { requestId }) => {
      const access = await authenticateScim(context, { connectionId, token, requestId }).catch(unavailable);
      if (access === undefined) return undefined;
      return {
        backend: createScimBackend(context, access),
        baseUrl: scimBaseUrl(url, connectionId),
        replaceCreatesMissing: access.settings.replaceCreatesMissing,
        cursorSecret: () => cursorSecretOf(context, access, cursorSecret).catch(unavailable),
        ...stream?.offers(context, access),
      };
    },
    onError: (error, { requestId }) => logger.error({ requestId, error: String(error) }, "A SCIM request failed."),
  });
}

/** While the store, or the keys of a token issuer, are away: 503, never 401, which would make an identity provider give up on the token. */
function unavailable(error: unknown): never {
  if (!isProvisioningError(error) || error.code !== "unavailable") throw error;
  throw new ScimError("unavailable", "The service cannot answer now. Try again in a few seconds.", { cause: error });
}
