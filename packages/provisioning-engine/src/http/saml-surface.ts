/**
 * SAML on the engine: connections are read anew at each request, refusals go to the log with what was expected.
 *
 * @module
 */
import { createSamlHandler, type SamlHandler } from "@muster/saml-sp/http";
import type { EngineContext } from "../context.ts";
import { type SsoOptions, samlConnection } from "../sign-in/saml-connections.ts";

export function createSamlSurface(context: EngineContext, sso: SsoOptions = {}): SamlHandler {
  const { clock, logger } = context;
  return createSamlHandler({
    connection: (id) => samlConnection(context, sso, id),
    clock,
    onRefused: ({ connectionId, requestId, error }) => {
      const { code, stage, hint, details } = error;
      logger.warn({ connectionId, requestId, code, stage, hint, ...details }, "A SAML request was refused.");
    },
    onError: (error, requestId) => logger.error({ requestId, error: String(error) }, "A SAML request failed."),
  });
}
