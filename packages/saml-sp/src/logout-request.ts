/**
 * "This person is signed out", in both directions (SAML Core §3.7.1, Profiles §4.4; rule R18).
 *
 * @module
 */
import { createHash } from "node:crypto";
import { readNameId } from "./assertion.ts";
import type { NameID } from "./claims.ts";
import { type Decryption, decryptWithinAssertion } from "./encryption.ts";
import { SamlError } from "./errors.ts";
import { readHttpUrl } from "./http-url.ts";
import type { IdentityProviderSettings } from "./identity-provider.ts";
import { isOver } from "./instant.ts";
import type { KeyCache } from "./key-cache.ts";
import {
  type ExpectedLogout,
  expectedLogout,
  HEADER_CHECKS,
  type LogoutCheck,
  type LogoutParties,
  logoutNotConfigured,
} from "./logout-checks.ts";
import { type IncomingMessage, type LogoutHeader, openLogoutMessage, readLogoutHeader } from "./logout-message.ts";
import { ASSERTION_NAMESPACE, PROTOCOL_NAMESPACE } from "./namespaces.ts";
import { rememberedUntil } from "./one-time-use.ts";
import { ourSigner } from "./our-signature.ts";
import { type OutgoingMessage, ownRelayState, sendMessage } from "./outgoing-message.ts";
import type { ReplayStore } from "./replay-store.ts";
import { clocksDiffer, IMPROPER_NAME, isProperName } from "./response-checks.ts";
import { checkChildren, instantAttribute, leafText, malformed, optionalChild } from "./saml-element.ts";
import type { ServiceProviderSettings } from "./service-provider.ts";
import type { Signed } from "./signature.ts";
import { verificationOf } from "./verification.ts";
import { childrenNamed, type Element } from "./xml.ts";
import { element, type XmlElement } from "./xml-writer.ts";

/** What a sign-in must keep, so that it can be ended everywhere. */
export interface SamlSession {
  /** As it came, with format and qualifiers. */
  readonly nameId: NameID;
  readonly sessionIndex: string | undefined;
}

/** Whose sessions are over. */
export interface EndedSessions {
  readonly nameId: NameID;
  /** Those of the person that are over; all of them when there is none here (SAML Core §3.7.1). */
  readonly sessionIndexes: readonly string[];
}

/** A request of the identity provider that may be believed. */
export interface LogoutRequest extends LogoutHeader, EndedSessions {
  /** When it is of no use any more. */
  readonly notOnOrAfter: Date;
}

export interface LogoutRequestOptions {
  readonly serviceProvider: ServiceProviderSettings;
  readonly identityProvider: IdentityProviderSettings;
  /** Unguessable; an XML name, so it must begin with a letter or an underscore. */
  readonly id: string;
  readonly issuedAt: Date;
  readonly session: SamlSession;
  /** A random handle of at most 80 bytes. */
  readonly relayState?: string | undefined;
  readonly keyCache?: KeyCache | undefined;
}

/** How long a browser may take to carry a message that does not say so itself. */
const LOGOUT_LIFETIME_MS = 10 * 60_000;

/**
 * Tells the identity provider that a person signs out; always signed.
 *
 * @param options the two parties, and the session as the sign-in has left it
 * @throws {SamlError} `logout_not_configured`, `slo_url_invalid`, `signing_key_missing`, `key_pair_invalid`
 * @throws {TypeError} for a RelayState of more than 80 bytes
 * @example
 * const message = createLogoutRequest({ serviceProvider, identityProvider, id: `id-${nonce}`, issuedAt, session });
 * if (message.binding === "redirect") return Response.redirect(message.url, 302);
 */
export function createLogoutRequest(options: LogoutRequestOptions): OutgoingMessage<"SAMLRequest"> {
  const { serviceProvider, identityProvider, relayState, keyCache } = options;
  const { sloUrl, sloBinding = "redirect" } = identityProvider;
  if (sloUrl === undefined) throw logoutNotConfigured("The identity provider takes no logout messages.");
  return sendMessage({
    name: "SAMLRequest",
    document: logoutRequest(options, sloUrl),
    binding: sloBinding,
    to: readHttpUrl(sloUrl, "slo_url_invalid"),
    relayState: ownRelayState(relayState),
    signer: ourSigner(serviceProvider, keyCache),
  });
}

function logoutRequest({ serviceProvider, id, issuedAt, session }: LogoutRequestOptions, sloUrl: string): XmlElement {
  const { nameId, sessionIndex } = session;
  return element(
    "samlp:LogoutRequest",
    {
      ID: id,
      Version: "2.0",
      IssueInstant: issuedAt.toISOString(),
      Destination: sloUrl,
      NotOnOrAfter: new Date(issuedAt.getTime() + LOGOUT_LIFETIME_MS).toISOString(),
      Reason: "urn:oasis:names:tc:SAML:2.0:logout:user",
    },
    element("saml:Issuer", {}, serviceProvider.entityId),
    element(
      "saml:NameID",
      { Format: nameId.format, NameQualifier: nameId.nameQualifier, SPNameQualifier: nameId.spNameQualifier },
      nameId.value,
    ),
    sessionIndex === undefined ? undefined : element("samlp:SessionIndex", {}, sessionIndex),
  );
}

export interface ValidateLogoutRequestOptions extends LogoutParties {
  /** The one of the connection's assertions serves. */
  readonly replayStore: ReplayStore;
}

const CHECKS: readonly LogoutCheck<LogoutRequest>[] = [...HEADER_CHECKS, requestIsFresh, subjectIsNamed];

/**
 * Whose sessions the identity provider ends, if it says so to us, now, once, and signed.
 *
 * @param message `readRedirectQuery` of a query, or a form field
 * @throws {SamlError} with the code of the check that refused
 * @example
 * const request = await validateLogoutRequest(message, { serviceProvider, identityProvider, replayStore, now: new Date() });
 * await sessions.end(request.nameId, request.sessionIndexes);
 */
export async function validateLogoutRequest(
  message: IncomingMessage,
  options: ValidateLogoutRequestOptions,
): Promise<LogoutRequest> {
  const expected = expectedLogout(options);
  const verification = verificationOf(options);
  const request = readLogoutRequest(openLogoutMessage(message, "LogoutRequest", verification), verification.decryption);
  for (const check of CHECKS) check(request, expected);
  await useOnce(request, expected, options.replayStore);
  return request;
}

const CODE = "logout_malformed";
const DAY_MS = 24 * 3_600_000;

const CHILDREN = [
  [ASSERTION_NAMESPACE, "Issuer"],
  [PROTOCOL_NAMESPACE, "Extensions"],
  [ASSERTION_NAMESPACE, "NameID"],
  [ASSERTION_NAMESPACE, "EncryptedID"],
  [PROTOCOL_NAMESPACE, "SessionIndex"],
] as const;

function readLogoutRequest(request: Signed, decryption: Decryption): LogoutRequest {
  checkChildren(request, CHILDREN, CODE);
  const header = readLogoutHeader(request);
  const indexes = childrenNamed(request, PROTOCOL_NAMESPACE, "SessionIndex");
  return {
    ...header,
    notOnOrAfter: readEnd(request, header.issueInstant),
    nameId: readNameId(findNameId(request, decryption), CODE),
    sessionIndexes: indexes.map((index) => leafText(index, CODE)),
  };
}

/** What is valid for longer than a day could be stolen longer; what names no end has one soon. */
function readEnd(request: Element, issueInstant: Date): Date {
  const stated = instantAttribute(request, "NotOnOrAfter");
  const latest = issueInstant.getTime() + (stated === undefined ? LOGOUT_LIFETIME_MS : DAY_MS);
  return new Date(Math.min(stated?.getTime() ?? latest, latest));
}

function findNameId(request: Element, decryption: Decryption): Element {
  const nameId = optionalChild(request, ASSERTION_NAMESPACE, "NameID", CODE);
  const encrypted = optionalChild(request, ASSERTION_NAMESPACE, "EncryptedID", CODE);
  const found = encrypted === undefined ? nameId : decryptWithinAssertion(encrypted, "NameID", decryption);
  if (found === undefined) throw new SamlError("name_id_missing", "The logout request names nobody.");
  if (nameId !== undefined && encrypted !== undefined) throw malformed(CODE);
  return found;
}

/** SAML Core §3.7.1. */
function requestIsFresh({ notOnOrAfter }: LogoutRequest, clock: ExpectedLogout): void {
  if (!isOver(notOnOrAfter, clock)) return;
  throw new SamlError("logout_expired", "The logout took too long. Sign out again.", clocksDiffer(clock, notOnOrAfter));
}

function subjectIsNamed({ nameId }: LogoutRequest): void {
  if (isProperName(nameId.value)) return;
  throw new SamlError("name_id_invalid", IMPROPER_NAME);
}

/** A request that is sent again would end sessions that began since. */
async function useOnce(
  { id, notOnOrAfter }: LogoutRequest,
  { sloUrl, identityProvider, skewMs }: ExpectedLogout,
  replayStore: ReplayStore,
): Promise<void> {
  const identity = JSON.stringify(["LogoutRequest", sloUrl, identityProvider.entityId, id]);
  const key = createHash("sha256").update(identity).digest("hex");
  if (await replayStore.putIfAbsent(key, rememberedUntil(notOnOrAfter.getTime() + skewMs))) return;
  throw new SamlError("logout_replayed", "This logout was done already.");
}
