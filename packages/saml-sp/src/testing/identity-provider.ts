/**
 * A SAML identity provider for tests and demonstrations: it signs whatever it is asked to sign, and makes the forged
 * responses that a service must refuse.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import type { IdentityProviderSettings } from "../identity-provider.ts";
import { keyInfo } from "../key-info.ts";
import type { OutgoingMessage } from "../outgoing-message.ts";
import type { ServiceProviderSettings } from "../service-provider.ts";
import { element, writeXml, type XmlElement } from "../xml-writer.ts";
import type { Encrypter, TestEncryption } from "./encrypt.ts";
import { TEST_KEY_PAIRS, type TestKeyPair } from "./keys.ts";
import {
  type TestLogoutRequestOptions,
  type TestLogoutResponseOptions,
  testLogoutRequest,
  testLogoutResponse,
} from "./logout.ts";
import { honestFields, type ResponseFields } from "./response-fields.ts";
import { envelopedSigner } from "./sign.ts";
import { signedResponse } from "./signed-response.ts";
import { BENDS, type TestResponseVariant } from "./variants.ts";

export interface TestIdentityProviderOptions {
  readonly entityId: string;
  readonly ssoUrl: string;
  /** Where it takes logout messages; it takes none when absent. */
  readonly sloUrl?: string | undefined;
  readonly clock?: (() => Date) | undefined;
  /** A public pair of this package when absent. */
  readonly keys?: TestKeyPair | undefined;
  /** Makes the ids of responses, assertions and sessions; must begin with a letter or an underscore. */
  readonly newId?: (() => string) | undefined;
}

/** What to answer. Any field of the response may be given too, and replaces the honest value. */
export interface RespondOptions extends Partial<ResponseFields> {
  readonly serviceProvider: ServiceProviderSettings;
  /** The address that the service redirected the browser to (SAML Bindings §3.4); without it nobody asked. */
  readonly authnRequestUrl?: string;
  /** Sent along when there is no `authnRequestUrl`: the start address of an unsolicited response. */
  readonly relayState?: string;
  readonly nameId: string;
  /** `assertion` when absent. */
  readonly sign?: "assertion" | "response" | "both";
  /** What is encrypted, and how; `{}` for an assertion as most products encrypt it, nothing when absent. */
  readonly encrypt?: TestEncryption;
  /** What is forged; nothing when absent. */
  readonly variant?: TestResponseVariant;
}

/** The form fields of the HTTP-POST binding (SAML Bindings §3.5.4). */
export interface TestResponse {
  /** Base64. */
  readonly samlResponse: string;
  readonly relayState?: string;
}

export interface TestIdentityProvider {
  /** What a service that trusts it has configured. */
  readonly settings: IdentityProviderSettings;
  metadata(): string;
  /** @throws {TypeError} if `authnRequestUrl` carries no AuthnRequest */
  respond(options: RespondOptions): TestResponse;
  /**
   * Tells a service that somebody signed out; signed, as everything else.
   *
   * @throws {TypeError} if the service provider has no `sloUrl`
   */
  logoutRequest(options: TestLogoutRequestOptions): OutgoingMessage<"SAMLRequest">;
  /**
   * Answers the logout request of a service.
   *
   * @throws {TypeError} if `logoutRequestUrl` carries no LogoutRequest, or the service provider has no `sloUrl`
   */
  logoutResponse(options: AnswerLogoutOptions): OutgoingMessage<"SAMLResponse">;
}

/** What is answered: a request by redirect, or one whose id is known. */
export type AnswerLogoutOptions =
  | TestLogoutResponseOptions
  | (Omit<TestLogoutResponseOptions, "inResponseTo"> & { readonly logoutRequestUrl: string });

/**
 * An identity provider for tests: it answers with honest responses, and with every kind of forged one.
 *
 * @param options who it is; with `clock` and `newId` its responses are the same at every run
 * @example
 * const idp = createTestIdentityProvider({ entityId: "https://idp.example", ssoUrl: "https://idp.example/sso" });
 * const honest = idp.respond({ serviceProvider, authnRequestUrl, nameId: "ada", attributes: { email: "ada@acme.example" } });
 * const encrypted = idp.respond({ serviceProvider, authnRequestUrl, nameId: "ada", encrypt: {} });
 * const forged = idp.respond({ serviceProvider, authnRequestUrl, nameId: "ada", variant: "xsw3" });
 */
export function createTestIdentityProvider(options: TestIdentityProviderOptions): TestIdentityProvider {
  const { entityId, ssoUrl, sloUrl } = options;
  const keys = options.keys ?? TEST_KEY_PAIRS.identityProvider;
  const clock = options.clock ?? (() => new Date());
  const newId = options.newId ?? (() => `_${randomUUID()}`);
  const sender = () => ({ entityId, keys, now: clock(), newId });
  return {
    settings: { entityId, ssoUrl, ssoBinding: "redirect", sloUrl, certificates: [keys.certificate] },
    metadata: () => writeXml(metadataElement(options, keys)),
    logoutRequest: (request) => testLogoutRequest(sender(), request),
    logoutResponse: (answer) => testLogoutResponse(sender(), answeringLogout(answer)),
    respond: (answer) => {
      const asked = answer.authnRequestUrl === undefined ? undefined : readRequest(answer.authnRequestUrl);
      const { serviceProvider, nameId } = answer;
      const inResponseTo = asked?.id ?? null;
      const honest = honestFields({ serviceProvider, issuer: entityId, inResponseTo, nameId, now: clock(), newId });
      const relayState = asked?.relayState ?? answer.relayState;
      return {
        samlResponse: Buffer.from(writeResponse({ ...honest, ...answer }, keys, answer, newId)).toString("base64"),
        ...(relayState === undefined ? {} : { relayState }),
      };
    },
  };
}

function answeringLogout(answer: AnswerLogoutOptions): TestLogoutResponseOptions {
  if ("inResponseTo" in answer) return answer;
  const { id, relayState } = readRequest(answer.logoutRequestUrl);
  return { ...(relayState === undefined ? {} : { relayState }), ...answer, inResponseTo: id };
}

/** The stages that a variant may bend: fields, signer, encryption, composition, text. */
function writeResponse(
  fields: ResponseFields,
  keys: TestKeyPair,
  { variant, sign, encrypt, serviceProvider }: RespondOptions,
  newId: () => string,
): string {
  const bend = variant === undefined ? {} : BENDS[variant];
  const said = { ...fields, ...bend.fields?.(fields) };
  const signer = envelopedSigner({ keys, algorithm: "rsa-sha256", ...bend.signer });
  const encrypter: Encrypter = { ...encrypterFor(serviceProvider), newId, ...encrypt, ...bend.encryption };
  const isEncrypted = encrypt !== undefined || bend.encryption !== undefined;
  const document =
    bend.compose?.(said, signer, encrypter) ??
    signedResponse(said, signer, sign ?? "assertion", isEncrypted ? encrypter : undefined);
  const xml = writeXml(document);
  return bend.rewrite?.(xml, said) ?? xml;
}

function encrypterFor({ decryptionKeys = [] }: ServiceProviderSettings): { readonly certificate: string } {
  return decryptionKeys[0] ?? TEST_KEY_PAIRS.serviceProvider;
}

const MAX_REQUEST_BYTES = 65_536;

/** SAML Bindings §3.4.4.1: the request is deflated, then base64. */
function readRequest(url: string): { readonly id: string; readonly relayState: string | undefined } {
  const query = new URL(url).searchParams;
  const deflated = Buffer.from(query.get("SAMLRequest") ?? "", "base64");
  const xml = deflated.length === 0 ? "" : inflateRawSync(deflated, { maxOutputLength: MAX_REQUEST_BYTES }).toString();
  const id = /^<[^>]* ID="([^"]+)"/.exec(xml)?.[1];
  if (id === undefined) throw new TypeError("The address carries no request of the HTTP-Redirect binding.");
  return { id, relayState: query.get("RelayState") ?? undefined };
}

function metadataElement({ entityId, ssoUrl, sloUrl }: TestIdentityProviderOptions, keys: TestKeyPair): XmlElement {
  const service = (name: string, location: string) =>
    element(name, { Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect", Location: location });
  return element(
    "md:EntityDescriptor",
    { entityID: entityId },
    element(
      "md:IDPSSODescriptor",
      { protocolSupportEnumeration: "urn:oasis:names:tc:SAML:2.0:protocol", WantAuthnRequestsSigned: "false" },
      element("md:KeyDescriptor", { use: "signing" }, keyInfo(keys.certificate)),
      sloUrl === undefined ? undefined : service("md:SingleLogoutService", sloUrl),
      service("md:SingleSignOnService", ssoUrl),
    ),
  );
}
