import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ReadMetadataOptions, readIdentityProviderMetadata } from "../src/metadata-reader.ts";
import { createTestIdentityProvider, TEST_KEY_PAIRS } from "../src/testing/index.ts";

const NOW = new Date("2026-03-01T12:00:00.000Z");
const CURRENT = TEST_KEY_PAIRS.identityProvider.certificate;
const OTHER = TEST_KEY_PAIRS.stranger.certificate;

function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/metadata/${name}.xml`, import.meta.url), "utf8");
}

function read(xml: string | Uint8Array, options: Partial<ReadMetadataOptions> = {}) {
  return readIdentityProviderMetadata(xml, { now: NOW, ...options });
}

function refusal(xml: string | Uint8Array, options: Partial<ReadMetadataOptions> = {}) {
  try {
    return read(xml, options);
  } catch (error) {
    return error;
  }
}

describe("readIdentityProviderMetadata: vendors", () => {
  it("R74: Entra, with a byte order mark and roles of another protocol in front", () => {
    const xml = readFileSync(new URL("fixtures/metadata/entra.xml", import.meta.url));
    const expected = {
      entityId: "https://sts.windows.net/00000000-0000-0000-0000-00000000000a/",
      ssoUrl: "https://login.microsoftonline.com/00000000-0000-0000-0000-00000000000a/saml2",
      ssoBinding: "redirect",
      bindings: ["redirect", "post"],
      certificates: [CURRENT],
      wantAuthnRequestsSigned: false,
      sloUrl: "https://login.microsoftonline.com/00000000-0000-0000-0000-00000000000a/saml2",
      sloBinding: "redirect",
      nameIdFormats: [],
      validUntil: undefined,
    };
    expect(read(xml)).toEqual(expected);
    expect(read(xml.toString("utf8"))).toEqual(expected);
  });

  it("R74: Okta, which names the form binding first", () => {
    expect(read(fixture("okta"))).toEqual({
      entityId: "http://www.okta.com/exk0000000000000000",
      ssoUrl: "https://acme.okta.com/app/acme_1/exk0/sso/saml",
      ssoBinding: "redirect",
      bindings: ["redirect", "post"],
      certificates: [CURRENT],
      wantAuthnRequestsSigned: false,
      nameIdFormats: [
        "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
        "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
      ],
      validUntil: undefined,
    });
  });

  it("R74: Google, with a query in the address and an end of validity", () => {
    expect(read(fixture("google"))).toMatchObject({
      ssoUrl: "https://accounts.google.com/o/saml2/idp?idpid=C00000000",
      certificates: [CURRENT],
      validUntil: new Date("2031-02-11T09:13:31.000Z"),
    });
  });

  it("R85: Keycloak, with two keys and the form binding only", () => {
    expect(read(fixture("keycloak"))).toMatchObject({
      entityId: "https://keycloak.example/realms/acme",
      ssoUrl: "https://keycloak.example/realms/acme/protocol/saml",
      ssoBinding: "post",
      bindings: ["post"],
      certificates: [CURRENT, OTHER],
    });
  });

  it("CVE-2026-16443: Shibboleth, with comments, and one key without a use that is there twice", () => {
    expect(read(fixture("shibboleth"))).toMatchObject({
      ssoUrl: "https://idp.university.example/idp/profile/SAML2/Redirect/SSO",
      ssoBinding: "redirect",
      certificates: [OTHER],
    });
  });

  it("R84: of a chain in one place only the end is a key for signatures", () => {
    const [end, authority] = readFileSync(new URL("fixtures/metadata/chain.pem", import.meta.url), "utf8")
      .split(/(?<=-----END CERTIFICATE-----\n)/)
      .map((pem) => ({ pem, base64: pem.replace(/-----.*-----/g, "") }));
    const element = (base64 = "") => `<ds:X509Certificate>${base64}</ds:X509Certificate>`;
    const chain = element(authority?.base64) + element(end?.base64);
    expect(read(fixture("okta").replace(/<ds:X509Cert.*Certificate>/s, chain)).certificates).toEqual([end?.pem]);
  });

  it("reads what the test identity provider publishes", () => {
    const idp = createTestIdentityProvider({
      entityId: "https://idp.example",
      ssoUrl: "https://idp.example/sso?a=1&b=2",
    });
    expect(read(idp.metadata())).toMatchObject(idp.settings);
  });
});

describe("readIdentityProviderMetadata: several entities", () => {
  it("asks which, and names them; a service provider is none of them", () => {
    expect(refusal(fixture("aggregate"))).toMatchObject({
      code: "metadata_entity_ambiguous",
      message: expect.stringMatching(/"https:\/\/one\.example".*"https:\/\/two\.example"/),
    });
    expect(refusal(fixture("aggregate"))).toMatchObject({ message: expect.not.stringContaining("service.example") });
  });

  it("takes the one that is named, with the earliest end of validity around it", () => {
    expect(read(fixture("aggregate"), { entityId: "https://one.example" })).toMatchObject({
      ssoUrl: "https://one.example/sso",
      certificates: [CURRENT],
      validUntil: new Date("2027-01-01T00:00:00Z"),
    });
    expect(read(fixture("aggregate"), { entityId: "https://two.example" })).toMatchObject({
      validUntil: new Date("2026-06-01T00:00:00Z"),
    });
  });

  it("refuses one that is not there, or that is no identity provider", () => {
    const elsewhere = refusal(fixture("aggregate"), { entityId: "https://three.example" });
    expect(elsewhere).toMatchObject({ code: "metadata_entity_not_found" });
    expect(refusal(fixture("okta"), { entityId: "https://three.example" })).toMatchObject({
      code: "metadata_entity_not_found",
    });
    expect(refusal(fixture("aggregate"), { entityId: "https://service.example" })).toMatchObject({
      code: "metadata_role_missing",
    });
  });

  it("refuses one that is there twice", () => {
    const twice = fixture("aggregate").replaceAll('https://two.example"', 'https://one.example"');
    expect(refusal(twice, { entityId: "https://one.example" })).toMatchObject({ code: "metadata_entity_ambiguous" });
  });
});

describe("readIdentityProviderMetadata: a renewed certificate", () => {
  const before = readFileSync(new URL("fixtures/renewed-from.crt.pem", import.meta.url), "utf8");
  const bare = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, "");

  it("R85: of two certificates of one key the one that lasts longest is taken, wherever it stands", () => {
    const okta = fixture("okta");
    const key = /<md:KeyDescriptor use="signing">[\s\S]*?<\/md:KeyDescriptor>/.exec(okta)?.[0] ?? "";
    const old = key.replace(/(<ds:X509Certificate>)[^<]*/, `$1${bare(before)}`);
    expect(old).not.toBe(key);
    for (const both of [old + key, key + old]) {
      expect(read(okta.replace(key, both)).certificates).toEqual([CURRENT]);
    }
  });
});

describe("readIdentityProviderMetadata: how long it may be kept", () => {
  const cached = (xml: string, element: string, cacheDuration: string) =>
    xml.replace(`<${element} `, `<${element} cacheDuration="${cacheDuration}" `);

  it("is what the stalest of the entity, its role and the groups around it says", () => {
    const okta = fixture("okta");
    expect(read(okta).cacheSeconds).toBeUndefined();
    const entity = cached(okta, "md:EntityDescriptor", "PT6H");
    expect(read(entity).cacheSeconds).toBe(21_600);
    expect(read(cached(entity, "md:IDPSSODescriptor", "PT1H")).cacheSeconds).toBe(3_600);
    expect(read(cached(entity, "md:IDPSSODescriptor", "P1D")).cacheSeconds).toBe(21_600);
    const group = `<g:EntitiesDescriptor xmlns:g="urn:oasis:names:tc:SAML:2.0:metadata" cacheDuration="PT2H">`;
    expect(read(`${group}${entity.replace(/^<\?.*?\?>/, "")}</g:EntitiesDescriptor>`).cacheSeconds).toBe(7_200);
  });

  it("is nothing when it cannot be read", () => {
    expect(read(cached(fixture("okta"), "md:EntityDescriptor", "a day")).cacheSeconds).toBeUndefined();
  });
});

describe("readIdentityProviderMetadata: refused", () => {
  const okta = fixture("okta");

  it.each([
    [
      "an end of validity that is past",
      okta.replace("entityID=", 'validUntil="2026-03-01T12:00:00Z" entityID='),
      "metadata_expired",
    ],
    [
      "an end of validity of a role",
      okta.replace("WantAuthn", 'validUntil="2020-01-01T00:00:00Z" WantAuthn'),
      "metadata_expired",
    ],
    [
      "an end of validity that is no time",
      okta.replace("entityID=", 'validUntil="soon" entityID='),
      "metadata_invalid",
    ],
    ["no entity id", okta.replace(/entityID="[^"]*"/, ""), "metadata_invalid"],
    ["an empty entity id", okta.replace(/entityID="[^"]*"/, 'entityID=""'), "metadata_invalid"],
    ["another root", "<html></html>", "metadata_invalid"],
    ["another namespace", okta.replaceAll("SAML:2.0:metadata", "SAML:9.0:metadata"), "metadata_invalid"],
    ["another protocol only", okta.replace("SAML:2.0:protocol", "SAML:1.1:protocol"), "metadata_role_missing"],
    ["no sign-on address", okta.replaceAll("SingleSignOnService", "SingleLogoutService"), "metadata_sso_missing"],
    ["a script as sign-on address", okta.replaceAll("https://acme", "javascript://acme"), "metadata_sso_missing"],
    ["a relative sign-on address", okta.replaceAll("https://acme.okta.com", ""), "metadata_sso_missing"],
    ["keys for encryption only", okta.replace('use="signing"', 'use="encryption"'), "metadata_certificate_missing"],
    ["no certificate", okta.replaceAll("X509Certificate", "X509SKI"), "metadata_certificate_missing"],
    ["a broken certificate", okta.replace("<ds:X509Certificate>", "<ds:X509Certificate>AAAA"), "certificate_invalid"],
    ["a DOCTYPE", okta.replace("<md:Ent", '<!DOCTYPE a [<!ENTITY b "c">]><md:Ent'), "xml_forbidden_markup"],
    ["CDATA", okta.replace("</md:NameIDFormat>", "<![CDATA[x]]></md:NameIDFormat>"), "xml_forbidden_markup"],
    ["a comment without an end", okta.replace("<md:IDP", "<!-- <md:IDP"), "xml_forbidden_markup"],
    ["a cut", okta.slice(0, 500), "xml_invalid"],
    ["nothing", "", "xml_invalid"],
    ["text", "https://acme.okta.com/metadata", "xml_invalid"],
    ["more than a megabyte", `${okta}${" ".repeat(1_048_576)}`, "metadata_too_large"],
    ["bytes that are not UTF-8", Buffer.from(`\uFEFF${okta}`, "utf16le"), "utf8_invalid"],
  ])("refuses %s", (_, xml, code) => expect(refusal(xml)).toMatchObject({ code }));

  it.each([
    ["a web page", "<!DOCTYPE html><html></html>"],
    ["an address", "https://acme.okta.com/metadata"],
    ["another document", "<html></html>"],
  ])("tells somebody who uploaded %s where the metadata is, and of no forgery", (_, text) => {
    const { hint } = refusal(text) as { hint: string };
    expect(hint).toContain("metadata file or address of the identity provider");
    expect(hint).not.toContain("forged");
  });

  it("tells somebody who pasted our own metadata that it is ours", () => {
    const own = okta.replaceAll("IDPSSODescriptor", "SPSSODescriptor");
    expect(refusal(own)).toMatchObject({
      code: "metadata_role_missing",
      hint: expect.stringContaining("service provider"),
    });
  });

  it("answers 100 000 comments, and as many openings of one, at once", () => {
    const many = okta.replace("<md:IDP", `${"<!---->".repeat(100_000)}<md:IDP`);
    const open = okta.replace("<md:IDP", `${"<!--".repeat(200_000)}<md:IDP`);
    const start = performance.now();
    expect(read(many)).toMatchObject({ certificates: [CURRENT] });
    expect(refusal(open)).toMatchObject({ code: "xml_forbidden_markup" });
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe("readIdentityProviderMetadata: logout and signed requests", () => {
  const withServices = (services: string, role = "") =>
    fixture("okta")
      .replace('WantAuthnRequestsSigned="false"', role)
      .replace("<md:SingleSignOnService", `${services}<md:SingleSignOnService`);
  const service = (binding: string, attributes: string) =>
    `<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" ${attributes}/>`;

  it("R18: reads where logout messages go, and where their answers go", () => {
    const post = service("HTTP-POST", 'Location="https://idp.example/slo" ResponseLocation="https://idp.example/done"');
    expect(read(withServices(service("SOAP", 'Location="https://idp.example/soap"') + post))).toMatchObject({
      sloUrl: "https://idp.example/slo",
      sloResponseUrl: "https://idp.example/done",
      sloBinding: "post",
    });
    const redirect = service("HTTP-Redirect", 'Location="https://idp.example/redirect"');
    expect(read(withServices(post + redirect))).toMatchObject({
      sloUrl: "https://idp.example/redirect",
      sloResponseUrl: undefined,
      sloBinding: "redirect",
    });
  });

  it("attack 59: does without a logout address that is a script", () => {
    const script = service("HTTP-Redirect", 'Location="javascript:alert(1)"');
    expect(read(withServices(script))).toMatchObject({ sloUrl: undefined, sloBinding: undefined });
  });

  it("R18: knows whether requests are to be signed", () => {
    expect(read(withServices("", 'WantAuthnRequestsSigned="true"')).wantAuthnRequestsSigned).toBe(true);
    expect(read(withServices("", 'WantAuthnRequestsSigned="1"')).wantAuthnRequestsSigned).toBe(true);
    expect(read(withServices("", "")).wantAuthnRequestsSigned).toBe(false);
  });
});
