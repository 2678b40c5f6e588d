/**
 * SAML on the engine: connections are read anew at each request, refusals go to the log with what was expected.
 *
 * @module
 */
import { createSamlHandler, type SamlHandler, SignInRefusal } from "@muster/saml-sp/http";
import type { EngineContext } from "../context.ts";
import { isProvisioningError } from "../errors.ts";
import { type SsoOptions, samlConnection } from "../sign-in/saml-connections.ts";

export function createSamlSurface(context: EngineContext, sso: SsoOptions = {}): SamlHandler {
  const { clock, logger } = context;
  const handle = createSamlHandler({
    connection: (id) => samlConnection(context, sso, id).catch(unavailable),
    clock,
    onRefused: ({ connectionId, requestId, error }) => {
      const { code, stage, hint, details } = error;
      logger.warn({ connectionId, requestId, code, stage, hint, ...details }, "A SAML request was refused.");
    },
    onError: (error, requestId) => logger.error({ requestId, error: String(error) }, "A SAML request failed."),
  });
  return async (...request) => {
    const response = await handle(...request);
    if (response.status === 503) response.headers.set("retry-after", "5");
    return response;
  };
}

/** While the store is away, the person may try again in a moment. */
function unavailable(cause: unknown): never {
  if (!isProvisioningError(cause) || cause.code !== "unavailable") throw cause;
  throw new SignInRefusal("unavailable", "Signing in is not possible now. Try again in a few seconds.", {
    status: 503,
    cause,
  });
}
