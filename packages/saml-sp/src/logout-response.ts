/**
 * The answer to a logout request, in both directions (SAML Core §3.7.2, Profiles §4.4; rule R18).
 *
 * @module
 */
import { SamlError } from "./errors.ts";
import { readHttpUrl } from "./http-url.ts";
import type { IdentityProviderSettings } from "./identity-provider.ts";
import type { KeyCache } from "./key-cache.ts";
import { expectedLogout, HEADER_CHECKS, type LogoutParties, logoutNotConfigured } from "./logout-checks.ts";
import { type IncomingMessage, type LogoutHeader, openLogoutMessage, readLogoutHeader } from "./logout-message.ts";
import { ASSERTION_NAMESPACE, PROTOCOL_NAMESPACE } from "./namespaces.ts";
import { ourSigner } from "./our-signature.ts";
import { type OutgoingMessage, sendMessage } from "./outgoing-message.ts";
import type { OutstandingLogout, RequestStore } from "./request-store.ts";
import { readStatusCodes, STATUS } from "./response-status.ts";
import { checkChildren, malformed, optionalChild, requiredAttribute } from "./saml-element.ts";
import type { ServiceProviderSettings } from "./service-provider.ts";
import type { Signed } from "./signature.ts";
import { verificationOf } from "./verification.ts";
import { element, type XmlElement } from "./xml-writer.ts";

export interface LogoutResponseOptions {
  readonly serviceProvider: ServiceProviderSettings;
  readonly identityProvider: IdentityProviderSettings;
  /** An XML name. */
  readonly id: string;
  readonly issuedAt: Date;
  /** The id of the request. */
  readonly inResponseTo: string;
  /** Whether the sessions are over; those that were not there are. */
  readonly succeeded: boolean;
  /** That of the request, unchanged (SAML Bindings §3.4.3). */
  readonly relayState?: string | undefined;
  readonly keyCache?: KeyCache | undefined;
}

/**
 * Tells the identity provider what became of its logout request; always signed.
 *
 * @param options the two parties, and what became of which request
 * @throws {SamlError} `logout_not_configured`, `slo_url_invalid`, `signing_key_missing`, `key_pair_invalid`
 * @example
 * const message = createLogoutResponse({ ...parties, id, issuedAt, inResponseTo: request.id, succeeded: true, relayState });
 */
export function createLogoutResponse(options: LogoutResponseOptions): OutgoingMessage<"SAMLResponse"> {
  const { serviceProvider, identityProvider, relayState, keyCache } = options;
  const { sloUrl, sloResponseUrl = sloUrl, sloBinding = "redirect" } = identityProvider;
  if (sloResponseUrl === undefined) throw logoutNotConfigured("The identity provider takes no logout messages.");
  return sendMessage({
    name: "SAMLResponse",
    document: logoutResponse(options, sloResponseUrl),
    binding: sloBinding,
    to: readHttpUrl(sloResponseUrl, "slo_url_invalid"),
    relayState,
    signer: ourSigner(serviceProvider, keyCache),
  });
}

function logoutResponse(options: LogoutResponseOptions, destination: string): XmlElement {
  const { serviceProvider, id, issuedAt, inResponseTo, succeeded } = options;
  return element(
    "samlp:LogoutResponse",
    {
      ID: id,
      Version: "2.0",
      IssueInstant: issuedAt.toISOString(),
      Destination: destination,
      InResponseTo: inResponseTo,
    },
    element("saml:Issuer", {}, serviceProvider.entityId),
    element("samlp:Status", {}, element("samlp:StatusCode", { Value: succeeded ? STATUS.success : STATUS.responder })),
  );
}

export interface ValidateLogoutResponseOptions extends LogoutParties {
  readonly requestStore: RequestStore<OutstandingLogout>;
}

/** What became of a logout that began here. */
export interface LogoutOutcome {
  /** `partial` when the identity provider could not reach every other service, `failed` when it did nothing. */
  readonly outcome: "complete" | "partial" | "failed";
  /** The request that this answers. */
  readonly request: OutstandingLogout;
}

/**
 * What became of our logout request, if the identity provider says so to us, once, and signed.
 *
 * @param message `readRedirectQuery` of a query, or a form field
 * @throws {SamlError} with the code of the check that refused
 * @example
 * const { outcome, request } = await validateLogoutResponse(message, { ...parties, requestStore, now: new Date() });
 */
export async function validateLogoutResponse(
  message: IncomingMessage,
  options: ValidateLogoutResponseOptions,
): Promise<LogoutOutcome> {
  const expected = expectedLogout(options);
  const response = readLogoutResponse(openLogoutMessage(message, "LogoutResponse", verificationOf(options)));
  for (const check of HEADER_CHECKS) check(response, expected);
  // The last, as in sign-ins: no stranger can use up what a genuine answer still needs.
  const request = await options.requestStore.take(response.inResponseTo);
  if (request === undefined) {
    throw new SamlError("logout_request_unknown", "The logout was not started here, took too long or was completed.");
  }
  return { outcome: outcomeOf(response.statusCodes), request };
}

const CODE = "logout_malformed";

const CHILDREN = [
  [ASSERTION_NAMESPACE, "Issuer"],
  [PROTOCOL_NAMESPACE, "Extensions"],
  [PROTOCOL_NAMESPACE, "Status"],
] as const;

interface LogoutResponse extends LogoutHeader {
  readonly inResponseTo: string;
  readonly statusCodes: readonly string[];
}

function readLogoutResponse(response: Signed): LogoutResponse {
  checkChildren(response, CHILDREN, CODE);
  const status = optionalChild(response, PROTOCOL_NAMESPACE, "Status", CODE);
  if (status === undefined) throw malformed(CODE);
  return {
    ...readLogoutHeader(response),
    inResponseTo: requiredAttribute(response, "InResponseTo", CODE),
    statusCodes: readStatusCodes(status),
  };
}

/** SAML Core §3.7.3.2: some providers call a partial logout a success, and say more in the second code. */
function outcomeOf(codes: readonly string[]): LogoutOutcome["outcome"] {
  if (codes.includes(STATUS.partialLogout)) return "partial";
  return codes[0] === STATUS.success ? "complete" : "failed";
}
