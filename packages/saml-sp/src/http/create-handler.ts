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
import { readBody } from "./read-form.ts";
import { isSignInRefusal } from "./sign-in-refusal.ts";
import { answerLogout } from "./single-logout.ts";
import { startSignIn } from "./start-sign-in.ts";
import { startSignOut } from "./start-sign-out.ts";

interface EndpointRoute {
  readonly methods: readonly ("GET" | "POST")[];
  readonly answer: (exchange: Exchange) => Promise<Response>;
}

const ROUTES: Readonly<Record<SamlEndpoint, EndpointRoute>> = {
  "sign-in": { methods: ["GET"], answer: startSignIn },
  acs: { methods: ["POST"], answer: finishSignIn },
  metadata: { methods: ["GET"], answer: async ({ connection }) => metadata(connection) },
  "sign-out": { methods: ["GET"], answer: startSignOut },
  slo: { methods: ["GET", "POST"], answer: answerLogout },
};

const BODY_BYTES = 512 * 1024;

/**
 * The endpoints of every connection.
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
    const { methods, answer } = ROUTES[endpoint];
    const onError = (error: unknown) => options.onError?.(error, requestId);
    try {
      checkMethod(request, methods);
      const { clock, bodyBytes = BODY_BYTES } = options;
      // Whoever holds a body back would have it judged by a time and by settings that were true when it began.
      const body = await readBody(request, bodyBytes);
      const connection = await knownConnection(options, connectionId);
      return await answer({ request, body, requestId, connection, now: clock(), newId, keyCache, onError });
    } catch (error) {
      await report(options, error, connectionId, requestId);
      const response = answerError(publicError(error), request, requestId);
      if (response.status === 405) response.headers.set("allow", methods.join(", "));
      return response;
    }
  };
}

function checkMethod({ method }: Request, methods: readonly string[]): void {
  if (methods.includes(method)) return;
  throw new SamlError("method_not_allowed", `This address takes ${methods.join(" and ")} only.`);
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
