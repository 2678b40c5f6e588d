/**
 * Logout messages of the test identity provider, in both directions and over both bindings, and the forgeries of them
 * that a service must refuse.
 *
 * @module
 */
import { signatureOver, withSignature } from "../enveloped-signature.ts";
import { type MessageName, type OutgoingMessage, sendMessage } from "../outgoing-message.ts";
import type { ServiceProviderSettings } from "../service-provider.ts";
import { element, type XmlElement } from "../xml-writer.ts";
import { TEST_KEY_PAIRS, type TestKeyPair } from "./keys.ts";
import { envelopedSigner, type TestSigner } from "./sign.ts";
import { FORGED_NAME_ID } from "./wrapping.ts";

/** What is wrong with a logout message. `wrapped` hides the signed one in a forged one, and needs the form binding. */
export type TestLogoutVariant =
  | "unsigned"
  | "other-key"
  | "sha1"
  | "wrapped"
  | "expired"
  | "wrong-issuer"
  | "wrong-destination";

/** Null leaves the field out of the message. */
interface LogoutFields {
  readonly id: string;
  readonly issuer: string;
  readonly issuedAt: Date;
  readonly destination: string | null;
}

/** What both messages are made with. Any field may be given too, and replaces the honest value. */
interface LogoutOptions extends Partial<LogoutFields> {
  /** Must have a `sloUrl`. */
  readonly serviceProvider: ServiceProviderSettings;
  /** `redirect` when absent. */
  readonly binding?: "redirect" | "post";
  readonly relayState?: string;
  readonly variant?: TestLogoutVariant;
}

export interface TestLogoutRequestOptions extends LogoutOptions {
  readonly nameId: string;
  readonly nameIdFormat?: string | null;
  /** None when absent: all sessions of the person. */
  readonly sessionIndexes?: readonly string[];
  readonly notOnOrAfter?: Date | null;
}

export interface TestLogoutResponseOptions extends LogoutOptions {
  /** The id of the request that this answers. */
  readonly inResponseTo: string;
  /** The status codes, the outer one first; success when absent. */
  readonly statusCodes?: readonly string[];
}

/** Who sends. */
export interface LogoutSender {
  readonly entityId: string;
  readonly keys: TestKeyPair;
  readonly now: Date;
  readonly newId: () => string;
}

const LIFETIME_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;
const ELSEWHERE = "https://elsewhere.example";
const SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
const UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

/** @throws {TypeError} if the service provider has no `sloUrl` */
export function testLogoutRequest(
  sender: LogoutSender,
  options: TestLogoutRequestOptions,
): OutgoingMessage<"SAMLRequest"> {
  const { nameId, nameIdFormat = UNSPECIFIED, sessionIndexes = [] } = options;
  const fields = fieldsOf(sender, options);
  const { notOnOrAfter = new Date(fields.issuedAt.getTime() + LIFETIME_MS) } = options;
  const request = (name: string, id: string) =>
    element(
      "samlp:LogoutRequest",
      { ...attributesOf({ ...fields, id }), NotOnOrAfter: notOnOrAfter?.toISOString() },
      element("saml:Issuer", {}, fields.issuer),
      element("saml:NameID", { Format: nameIdFormat ?? undefined }, name),
      ...sessionIndexes.map((index) => element("samlp:SessionIndex", {}, index)),
    );
  return send("SAMLRequest", sender, options, request(nameId, fields.id), () => request(FORGED_NAME_ID, "_forged"));
}

/** @throws {TypeError} if the service provider has no `sloUrl` */
export function testLogoutResponse(
  sender: LogoutSender,
  options: TestLogoutResponseOptions,
): OutgoingMessage<"SAMLResponse"> {
  const { inResponseTo, statusCodes = [SUCCESS] } = options;
  const fields = fieldsOf(sender, options);
  const response = (codes: readonly string[], id: string) =>
    element(
      "samlp:LogoutResponse",
      { ...attributesOf({ ...fields, id }), InResponseTo: inResponseTo },
      element("saml:Issuer", {}, fields.issuer),
      element("samlp:Status", {}, statusCode(codes)),
    );
  return send("SAMLResponse", sender, options, response(statusCodes, fields.id), () => response([SUCCESS], "_forged"));
}

function fieldsOf({ entityId, now, newId }: LogoutSender, options: LogoutOptions): LogoutFields {
  const { variant, serviceProvider } = options;
  const honestDestination = variant === "wrong-destination" ? ELSEWHERE : sloUrlOf(serviceProvider);
  return {
    id: options.id ?? newId(),
    issuer: options.issuer ?? (variant === "wrong-issuer" ? ELSEWHERE : entityId),
    issuedAt: options.issuedAt ?? (variant === "expired" ? new Date(now.getTime() - HOUR_MS) : now),
    destination: options.destination === undefined ? honestDestination : options.destination,
  };
}

function attributesOf({ id, issuedAt, destination }: LogoutFields): XmlElement["attributes"] {
  return { ID: id, Version: "2.0", IssueInstant: issuedAt.toISOString(), Destination: destination ?? undefined };
}

function statusCode([code = SUCCESS, ...more]: readonly string[]): XmlElement {
  return element("samlp:StatusCode", { Value: code }, more.length === 0 ? undefined : statusCode(more));
}

function send<Name extends MessageName>(
  name: Name,
  { keys }: LogoutSender,
  { serviceProvider, binding = "redirect", relayState, variant }: LogoutOptions,
  honest: XmlElement,
  forge: () => XmlElement,
): OutgoingMessage<Name> {
  const used: TestSigner = {
    keys: variant === "other-key" ? TEST_KEY_PAIRS.stranger : keys,
    algorithm: variant === "sha1" ? "rsa-sha1" : "rsa-sha256",
  };
  const signer = envelopedSigner(used);
  const isWrapped = variant === "wrapped";
  return sendMessage({
    name,
    document: isWrapped ? wrapped(forge(), honest, signatureOver(honest, signer)) : honest,
    binding,
    to: new URL(sloUrlOf(serviceProvider)),
    relayState,
    signer: variant === "unsigned" || isWrapped ? undefined : signer,
  });
}

/** The forged message carries the signature of the genuine one, which hides in an extension. */
function wrapped(forged: XmlElement, genuine: XmlElement, signature: XmlElement): XmlElement {
  const extensions = element("samlp:Extensions", {}, genuine);
  return withSignature(withSignature(forged, extensions), signature);
}

function sloUrlOf({ sloUrl }: ServiceProviderSettings): string {
  if (sloUrl === undefined) throw new TypeError("The service provider has no sloUrl to send logout messages to.");
  return sloUrl;
}
