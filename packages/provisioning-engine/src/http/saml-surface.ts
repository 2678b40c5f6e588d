/**
 * SAML on the engine: connections are read anew at each request, refusals go to the log with what was expected.
 *
 * @module
 */
import { createSamlHandler, type SamlHandler, SignInRefusal } from "@muster/saml-sp/http";
import type { EngineContext } from "../context.ts";
import { isProvisioningError } from "../errors.ts";
import { createRefusalBudget } from "../sign-in/refusal-budget.ts";
import { type SsoOptions, samlConnection } from "../sign-in/saml-connections.ts";
import { isAuthenticated, logRefusal, type Refusal } from "../sign-in/sign-in-log.ts";

export function createSamlSurface(context: EngineContext, sso: SsoOptions = {}): SamlHandler {
  const { clock, logger } = context;
  const mayWrite = createRefusalBudget(clock);
  const handle = createSamlHandler({
    connection: (id) => samlConnection(context, sso, id).catch(unavailable),
    clock,
    onRefused: async (refusal) => {
      const { connectionId, requestId, error } = refusal;
      const { code, stage, hint, details } = error;
      logger.warn({ connectionId, requestId, code, stage, hint, ...details }, "A SAML request was refused.");
      if (stage !== "http" && (isAuthenticated(refusal) || mayWrite(connectionId))) await record(context, refusal);
    },
    onError: (error, requestId) => logger.error({ requestId, error: String(error) }, "A SAML request failed."),
  });
  return async (...request) => {
    const response = await handle(...request);
    if (response.status === 503) response.headers.set("retry-after", "5");
    return response;
  };
}

/** The person's answer does not depend on it. */
async function record(context: EngineContext, refusal: Refusal): Promise<void> {
  try {
    await logRefusal(context, refusal);
  } catch (error) {
    const { requestId } = refusal;
    context.logger.error({ requestId, error: String(error) }, "A refused sign-in could not be recorded.");
  }
}

/** While the store is away, the person may try again in a moment. */
function unavailable(cause: unknown): never {
  if (!isProvisioningError(cause) || cause.code !== "unavailable") throw cause;
  throw new SignInRefusal("unavailable", "Signing in is not possible now. Try again in a few seconds.", {
    status: 503,
    cause,
  });
}
