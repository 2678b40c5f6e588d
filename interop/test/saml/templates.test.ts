import { expect, it } from "vitest";
import {
  encryptionTemplate,
  metadataTemplate,
  signatureTemplate,
  wrappedForEncryption,
} from "../../src/saml/templates.ts";

const issuer = "<saml:Issuer>idp</saml:Issuer>";
const assertion = `<saml:Assertion ID="_a">${issuer}<saml:Subject/></saml:Assertion>`;
const response = `<samlp:Response Version="2.0" ID="_r">${issuer}<samlp:Status/>${assertion}</samlp:Response>`;
const terms = { algorithm: "rsa-sha256", digest: "sha256" } as const;

it.each([
  ["Response", "_r", `${issuer}SIGNATURE<samlp:Status/>`],
  ["Assertion", "_a", `${issuer}SIGNATURE<saml:Subject/>`],
])("a signature of the %s stands after its issuer and names it", (target, id, placed) => {
  const signed = signatureTemplate(response, target, terms);
  const signature = /<ds:Signature .*<\/ds:Signature>/.exec(signed)?.[0] ?? "";
  expect(signature).toContain(`<ds:Reference URI="#${id}">`);
  expect(signed.replace(signature, "SIGNATURE")).toContain(placed);
  expect(signed.replace(signature, "")).toBe(response);
});

it("a PrefixList goes to both canonicalizations", () => {
  expect(signatureTemplate(response, "Response", terms)).not.toContain("PrefixList");
  expect(
    signatureTemplate(response, "Response", { ...terms, prefixList: "xs" }).match(/PrefixList="xs"/g),
  ).toHaveLength(2);
});

it("metadata gets an id, and a signature in front of everything", () => {
  const signed = metadataTemplate(
    '<md:EntityDescriptor entityID="idp"><md:IDPSSODescriptor/></md:EntityDescriptor>',
    terms,
  );
  expect(signed).toMatch(
    /^<md:EntityDescriptor ID="_metadata" entityID="idp"><ds:Signature .*<\/ds:Signature><md:IDPSSO/,
  );
  expect(signed).toContain('URI="#_metadata"');
});

it("what is not there cannot be signed", () => {
  expect(() => signatureTemplate("<a/>", "Response", terms)).toThrow("no Response");
});

it("an assertion is wrapped to be encrypted, and the algorithm is named", () => {
  expect(wrappedForEncryption(response)).toMatch(
    /<saml:EncryptedAssertion .*><saml:Assertion .*<\/saml:EncryptedAssertion>/,
  );
  expect(encryptionTemplate("aes128-gcm")).toContain('Algorithm="http://www.w3.org/2009/xmlenc11#aes128-gcm"');
});
