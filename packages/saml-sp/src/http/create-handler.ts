/**
 * Routes a request to its endpoint. Settings are read anew for each, so that a change acts at once.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import { areRequestsSigned } from "../authn-request.ts";
import { isSamlError, SamlError } from "../errors.ts";
import { createKeyCache } from "../key-cache.ts";
import { serviceProviderMetadata } from "../metadata.ts";
import { answerError, publicError } from "./answer-error.ts";
import type { Exchange } from "./exchange.ts";
import { finishSignIn } from "./finish-sign-in.ts";
import type { SamlConnection, SamlEndpoint, SamlHandler, SamlHandlerOptions } from "./handler.ts";
import { isSignInRefusal } from "./sign-in-refusal.ts";
import { startSignIn } from "./start-sign-in.ts";

interface EndpointRoute {
  readonly method: "GET" | "POST";
  readonly answer: (exchange: Exchange) => Promise<Response>;
}

const ROUTES: Readonly<Record<SamlEndpoint, EndpointRoute>> = {
  "sign-in": { method: "GET", answer: startSignIn },
  acs: { method: "POST", answer: finishSignIn },
  metadata: { method: "GET", answer: async ({ connection }) => metadata(connection) },
};

const BODY_BYTES = 512 * 1024;

/**
 * The sign-in, callback and metadata endpoints of every connection.
 *
 * @param options how connections are found, and what time it is
 * @example
 * const saml = createSamlHandler({ connection: (id) => connections.find(id), clock: () => new Date() });
 * const response = await saml(request, connectionId, "acs");
 */
export function createSamlHandler(options: SamlHandlerOptions): SamlHandler {
  const newId = options.randomId ?? randomId;
  const keyCache = createKeyCache();
  return async (request, connectionId, endpoint) => {
    const requestId = newId();
    const { method, answer } = ROUTES[endpoint];
    try {
      if (request.method !== method) throw new SamlError("method_not_allowed", `This address takes ${method} only.`);
      const connection = await knownConnection(options, connectionId);
      const { clock, bodyBytes = BODY_BYTES } = options;
      return await answer({ request, requestId, connection, now: clock(), newId, bodyBytes, keyCache });
    } catch (error) {
      await report(options, error, connectionId, requestId);
      const response = answerError(publicError(error), request, requestId);
      if (response.status === 405) response.headers.set("allow", method);
      return response;
    }
  };
}

async function knownConnection(options: SamlHandlerOptions, id: string): Promise<SamlConnection> {
  const connection = await options.connection(id);
  if (connection !== undefined) return connection;
  throw new SamlError("connection_not_found", "There is no single sign-on at this address.");
}

async function report(
  options: SamlHandlerOptions,
  error: unknown,
  connectionId: string,
  requestId: string,
): Promise<void> {
  if (isSamlError(error)) await options.onRefused?.({ connectionId, requestId, error });
  // What the host refuses it knows best itself.
  else if (!isSignInRefusal(error)) options.onError?.(error, requestId);
}

function metadata({ serviceProvider, identityProvider }: SamlConnection): Response {
  const document = serviceProviderMetadata(serviceProvider, {
    wantAssertionsSigned: identityProvider?.signaturePolicy !== "response",
    authnRequestsSigned: identityProvider !== undefined && areRequestsSigned(serviceProvider, identityProvider),
  });
  return new Response(document, {
    headers: { "content-type": "application/samlmetadata+xml", "x-content-type-options": "nosniff" },
  });
}

/** 128 bits. */
function randomId(): string {
  return randomBytes(16).toString("hex");
}
