/**
 * `xmlsec1` in both roles: it signs and encrypts the responses of our test identity provider, and it verifies what we
 * sign.
 *
 * @module
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  createAuthnRequest,
  createLogoutRequest,
  createLogoutResponse,
  type IdentityProviderSettings,
  type OutgoingMessage,
  readIdentityProviderMetadata,
} from "@muster/saml-sp";
import { createTestIdentityProvider, TEST_KEY_PAIRS, type TestKeyPair } from "@muster/saml-sp/testing";
import { type Check, runChecks } from "../checks.ts";
import { ROOT } from "../paths.ts";
import { type SamlService, withService } from "../saml/service.ts";
import { expectRefusal, expectSignIn, type MessageForm } from "../saml/tell.ts";
import {
  encryptionTemplate,
  metadataTemplate,
  type SignatureTerms,
  signatureTemplate,
  wrappedForEncryption,
} from "../saml/templates.ts";
import { encryptAssertion, requireXmlsec1, signDocument, verifies } from "../saml/xmlsec1.ts";
import type { Suite } from "../suite.ts";

export const XMLSEC1: Suite = {
  name: "xmlsec1",
  version: "1.2 or newer",
  foreign: true,
  prepare: async () => {
    await requireXmlsec1();
    return () =>
      withService((service) => runChecks([...theirSignatures(service), ...theirMetadata(), ...ourSignatures(service)]));
  },
};

const IDP = { entityId: "https://idp.example", ssoUrl: "https://idp.example/sso", sloUrl: "https://idp.example/slo" };
const RSA = TEST_KEY_PAIRS.identityProvider;
const KEYS = join(ROOT, "packages", "saml-sp", "test", "fixtures", "keys");
const EC: TestKeyPair = {
  privateKey: readFileSync(join(KEYS, "ec.key.pem"), "utf8"),
  certificate: readFileSync(join(KEYS, "ec.cert.pem"), "utf8"),
};

const RSA_SHA256: SignatureTerms = { algorithm: "rsa-sha256", digest: "sha256" };

interface Signing {
  readonly terms: SignatureTerms;
  readonly keys: TestKeyPair;
}

/** By the name of the check. */
const SIGNINGS: Readonly<Record<string, Signing>> = {
  "RSA-SHA256": { terms: RSA_SHA256, keys: RSA },
  "RSA-SHA256 with a PrefixList": { terms: { ...RSA_SHA256, prefixList: "saml samlp xs" }, keys: RSA },
  "RSA-SHA384": { terms: { algorithm: "rsa-sha384", digest: "sha256" }, keys: RSA },
  "RSA-SHA512": { terms: { algorithm: "rsa-sha512", digest: "sha512" }, keys: RSA },
  "ECDSA-SHA256": { terms: { algorithm: "ecdsa-sha256", digest: "sha256" }, keys: EC },
};

function theirSignatures(service: SamlService): readonly Check[] {
  const signed = Object.entries(SIGNINGS).flatMap(([name, signing]) => [
    ...acceptedAndRefused(service, `assertion signed with ${name}`, signing, ["Assertion"]),
    ...acceptedAndRefused(service, `response signed with ${name}`, signing, ["Response"]),
  ]);
  const both = acceptedAndRefused(service, "both signed", { terms: RSA_SHA256, keys: RSA }, ["Assertion", "Response"]);
  return [...signed, ...both, ...encrypted(service, "aes128-gcm"), ...encrypted(service, "aes256-gcm")];
}

/** @param targets what is signed, the inner one first */
function acceptedAndRefused(
  service: SamlService,
  name: string,
  { terms, keys }: Signing,
  targets: readonly string[],
): readonly Check[] {
  const signed = async () => {
    trust(service, keys);
    let xml = unsignedResponse(service);
    for (const target of targets) xml = await signDocument(signatureTemplate(xml, target, terms), target, keys);
    return xml;
  };
  return [
    {
      name: `${name} is accepted`,
      run: async () => assert.equal((await expectSignIn(service, form(await signed()))).nameId.value, "ada"),
    },
    {
      name: `${name} and altered is refused`,
      run: async () => expectRefusal(service, form(altered(await signed())), "digest_mismatch"),
    },
  ];
}

function encrypted(service: SamlService, content: "aes128-gcm" | "aes256-gcm"): readonly Check[] {
  const sealed = async (certificate: string) => {
    trust(service, RSA);
    const template = signatureTemplate(unsignedResponse(service), "Assertion", RSA_SHA256);
    const signed = await signDocument(template, "Assertion", RSA);
    const sessionKey = content === "aes128-gcm" ? "aes-128" : "aes-256";
    return encryptAssertion(wrappedForEncryption(signed), encryptionTemplate(content), sessionKey, certificate);
  };
  return [
    {
      name: `assertion encrypted with ${content} is accepted`,
      run: async () => {
        const xml = await sealed(TEST_KEY_PAIRS.serviceProvider.certificate);
        assert.equal((await expectSignIn(service, form(xml))).nameId.value, "ada");
      },
    },
    {
      name: `assertion encrypted with ${content} and altered is refused`,
      run: async () => {
        const xml = await sealed(TEST_KEY_PAIRS.serviceProvider.certificate);
        await expectRefusal(service, form(withAlteredCiphertext(xml)), "decryption_failed");
      },
    },
    {
      name: `assertion encrypted with ${content} for somebody else is refused`,
      run: async () =>
        expectRefusal(service, form(await sealed(TEST_KEY_PAIRS.stranger.certificate)), "decryption_failed"),
    },
  ];
}

/** Nobody asks: what is judged here is the signature, not the exchange. */
function trust(service: SamlService, { certificate }: TestKeyPair): void {
  service.set({
    identityProvider: { ...IDP, ssoBinding: "post", certificates: [certificate] },
    allowIdpInitiated: true,
  });
}

function unsignedResponse({ serviceProvider }: SamlService): string {
  const idp = createTestIdentityProvider(IDP);
  const attributes = { email: "ada@acme.example", name: "Ada & <Lovelace>", Role: ["admin", "editor"] };
  const { samlResponse } = idp.respond({ serviceProvider, nameId: "ada", attributes, variant: "unsigned" });
  return Buffer.from(samlResponse, "base64").toString("utf8");
}

function form(xml: string): MessageForm {
  return { SAMLResponse: Buffer.from(xml).toString("base64") };
}

function altered(xml: string): string {
  return xml.replace("ada</saml:NameID>", "eve</saml:NameID>");
}

/** The last is that of the assertion; one character in its middle is another. */
function withAlteredCiphertext(xml: string): string {
  const at = xml.lastIndexOf("<xenc:CipherValue>") + 200;
  return `${xml.slice(0, at)}${xml[at] === "A" ? "B" : "A"}${xml.slice(at + 1)}`;
}

/** Metadata that somebody vouches for: only what was signed is read. */
function theirMetadata(): readonly Check[] {
  const signed = () => {
    const template = metadataTemplate(createTestIdentityProvider(IDP).metadata(), RSA_SHA256);
    return signDocument(template, "EntityDescriptor", RSA);
  };
  const read = (xml: string, { certificate }: TestKeyPair) =>
    readIdentityProviderMetadata(xml, { now: new Date(), signingCertificates: [certificate] });
  const refused = { code: "metadata_signature_invalid" };
  return [
    {
      name: "signed metadata is read",
      run: async () => assert.equal(read(await signed(), RSA).ssoUrl, IDP.ssoUrl),
    },
    {
      name: "signed metadata that was altered is refused",
      run: async () => {
        const xml = (await signed()).replace(IDP.ssoUrl, "https://eve.example/sso");
        assert.throws(() => read(xml, RSA), refused);
      },
    },
    {
      name: "metadata that somebody else signed is refused",
      run: async () => {
        const xml = await signed();
        assert.throws(() => read(xml, TEST_KEY_PAIRS.stranger), refused);
      },
    },
  ];
}

/** Messages that we sign, over the binding that carries the signature within the document. */
function ourSignatures({ serviceProvider }: SamlService): readonly Check[] {
  const identityProvider: IdentityProviderSettings = {
    ...IDP,
    ssoBinding: "post",
    sloBinding: "post",
    signAuthnRequests: true,
    certificates: [RSA.certificate],
  };
  const parties = { serviceProvider, identityProvider, id: "id-1", issuedAt: new Date() };
  const nameId = { value: "ada", format: undefined, nameQualifier: undefined, spNameQualifier: undefined };
  const session = { nameId, sessionIndex: "_1" };
  const messages = {
    AuthnRequest: () => documentOf(createAuthnRequest({ ...parties, relayState: "r" }), "SAMLRequest"),
    LogoutRequest: () => documentOf(createLogoutRequest({ ...parties, session }), "SAMLRequest"),
    LogoutResponse: () =>
      documentOf(
        createLogoutResponse({ ...parties, inResponseTo: "_2", succeeded: true, relayState: undefined }),
        "SAMLResponse",
      ),
  };
  return Object.entries(messages).map(([name, make]) => ({
    name: `our ${name} verifies, and not when it is altered`,
    run: async () => {
      const { certificate } = TEST_KEY_PAIRS.serviceProvider;
      assert.ok(await verifies(make(), certificate), "xmlsec1 does not verify it.");
      assert.ok(!(await verifies(make().replace(serviceProvider.entityId, "https://eve"), certificate)));
    },
  }));
}

function documentOf<Name extends "SAMLRequest" | "SAMLResponse">(message: OutgoingMessage<Name>, name: Name): string {
  assert.ok(message.binding === "post", "It is not a form.");
  return Buffer.from(message.fields[name], "base64").toString("utf8");
}
