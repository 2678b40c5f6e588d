import type { RequestStore } from "../../src/request-store.ts";
import { attribute } from "./baseline-vectors.ts";
import { ALICE, minutes, REQUEST_ID, type ResponseContent, SP } from "./response-builder.ts";
import { OUTSTANDING } from "./run-vector.ts";
import { after, take } from "./tag-index.ts";
import type { Base, Vector } from "./vector.ts";

type Reject = Exclude<Vector["expect"], { readonly accept: true }>["reject"];

/** Something that the identity provider itself said, and signed. */
function said(
  id: string,
  title: string,
  overrides: Partial<ResponseContent>,
  reject: Reject,
  more: Partial<Vector> = {},
): Vector {
  return { id, title, craft: ({ signed }) => signed(overrides), expect: { reject }, ...more };
}

function accepted(id: string, title: string, overrides: Partial<ResponseContent>, more: Partial<Vector> = {}): Vector {
  return { id, title, craft: ({ signed }) => signed(overrides), expect: { accept: true }, ...more };
}

function audience(...names: readonly string[]): string {
  const audiences = names.map((name) => `<saml:Audience>${name}</saml:Audience>`).join("");
  return `<saml:AudienceRestriction>${audiences}</saml:AudienceRestriction>`;
}

function remembering(request: Partial<typeof OUTSTANDING> | undefined): RequestStore {
  return { put: async () => {}, take: async () => request && { ...OUTSTANDING, ...request } };
}

function bearer(data: string): string {
  return `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData ${data}/></saml:SubjectConfirmation>`;
}

const SP_INITIATED = { flows: ["sp-initiated"] } as const;
const IDP_INITIATED = { flows: ["idp-initiated"] } as const;
const RESPONSE_SIGNED: readonly Base[] = ["RS", "BS"];
const ELSEWHERE = "https://elsewhere.example";
const HOLDER_OF_KEY = "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key";

export const PROFILE_VECTORS: readonly Vector[] = [
  said("P1", "conditions expired", { notOnOrAfter: minutes(-1) }, "conditions_expired"),
  said("P1", "conditions not valid yet", { notBefore: minutes(2) }, "conditions_not_yet_valid"),
  accepted("P1", "conditions expired within the clock difference", { notOnOrAfter: minutes(-0.9) }),
  accepted("P1", "conditions not valid yet, within the clock difference", { notBefore: minutes(1) }),
  said("P1", "no clock difference allowed", { notOnOrAfter: minutes(0) }, "conditions_expired", {
    options: { clockSkewSeconds: 0 },
  }),
  said("P1", "a clock difference that is no number", {}, "conditions_not_yet_valid", {
    options: { clockSkewSeconds: Number.NaN },
  }),
  said("P2", "confirmation expired", { confirmationNotOnOrAfter: minutes(-1) }, "confirmation_expired"),
  said("P2", "confirmation without an end", { confirmationNotOnOrAfter: undefined }, "confirmation_expired"),
  said("P3", "wrong audience", { audienceXml: audience(ELSEWHERE) }, "audience_mismatch"),
  said("P3", "an audience that begins with ours", { audienceXml: audience(`${SP.entityId}/`) }, "audience_mismatch"),
  said("P3", "an audience with white space around", { audienceXml: audience(` ${SP.entityId} `) }, "audience_mismatch"),
  said("P3", "an empty restriction", { audienceXml: audience() }, "audience_mismatch"),
  said("P4", "no audience", { audienceXml: "" }, "audience_missing"),
  said("P5", "wrong recipient", { recipient: `${ELSEWHERE}/acs` }, "recipient_mismatch"),
  said("P6", "no recipient", { recipient: undefined }, "recipient_missing"),
  said("P7", "wrong destination", { destination: `${ELSEWHERE}/acs` }, "destination_mismatch"),
  said("P7", "empty destination", { destination: "" }, "destination_mismatch"),
  said("P8", "no destination on a signed response", { destination: undefined }, "destination_missing", {
    bases: RESPONSE_SIGNED,
  }),
  accepted("P8", "no destination on an unsigned response", { destination: undefined }, { bases: ["AS"] }),
  said("P9", "holder of key", { method: HOLDER_OF_KEY }, "confirmation_missing"),
  said(
    "P10",
    "no confirmation",
    { subjectXml: `<saml:Subject><saml:NameID>${ALICE}</saml:NameID></saml:Subject>` },
    "confirmation_missing",
  ),
  said("P10", "no subject", { subjectXml: "" }, "subject_missing"),
  said(
    "P10",
    "confirmation without data",
    {
      subjectXml: `<saml:Subject><saml:NameID>${ALICE}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"/></saml:Subject>`,
    },
    "recipient_missing",
  ),
  said("P11", "another issuer", { issuer: ELSEWHERE }, "issuer_mismatch"),
  said("P11", "no issuer", { issuer: undefined }, "issuer_missing", { signers: ["own"] }),
  said("P12", "another issuer of the response", { responseIssuer: ELSEWHERE }, "issuer_mismatch"),
  said("P13", "a failed sign-in", { statusCode: "urn:oasis:names:tc:SAML:2.0:status:Responder" }, "status_not_success"),
  said(
    "P13",
    "a status that begins like success",
    { statusCode: "urn:oasis:names:tc:SAML:2.0:status:Success " },
    "status_not_success",
  ),
  said(
    "P14",
    "a bearer confirmation with NotBefore",
    { confirmationNotBefore: minutes(-1) },
    "confirmation_not_before",
  ),
  said("P15", "SAML 1.1 response", { version: "1.1" }, "version_unsupported"),
  said("P15", "SAML 1.1 assertion", { assertionVersion: "1.1" }, "version_unsupported"),
  said("P16", "no AuthnStatement", { hasAuthnStatement: false }, "authn_statement_missing"),
  said("P17", "session over", { sessionNotOnOrAfter: minutes(-1) }, "session_expired"),
  accepted("P17", "no end of the session", { sessionNotOnOrAfter: undefined }),
  said("P18", "an unknown condition", { conditionsXml: '<x:Condition xmlns:x="urn:x"/>' }, "condition_unknown"),
  said("P18", "a typed condition", { conditionsXml: '<saml:Condition xsi:type="xs:string"/>' }, "condition_unknown"),
  said("P19", "a second, foreign audience restriction", { conditionsXml: audience(ELSEWHERE) }, "audience_mismatch"),
  accepted("P19", "a second audience restriction that allows us too", {
    conditionsXml: audience(ELSEWHERE, SP.acsUrl),
  }),
  said("P20", "unsolicited, not allowed", {}, "unsolicited_refused", {
    ...IDP_INITIATED,
    options: { allowIdpInitiated: false },
  }),
  said("P21", "an unknown request", { inResponseTo: "_other", responseInResponseTo: "_other" }, "request_unknown"),
  said(
    "P21",
    "an unknown request, unsolicited allowed",
    { inResponseTo: "_other", responseInResponseTo: undefined },
    "request_unknown",
    {
      options: { allowIdpInitiated: true },
    },
  ),
  said(
    "P21",
    "response and assertion answer different requests",
    { inResponseTo: REQUEST_ID, responseInResponseTo: "_other" },
    "request_mismatch",
  ),
  said("P22", "no conditions", { hasConditions: false }, "conditions_missing"),
  ...[
    "2026-03-01T12:05:00",
    "2026-03-01T12:05:00+00:00",
    "2026-03-01T12:05:00z",
    "2026-02-30T12:05:00Z",
    "2026-13-01T12:05:00Z",
    "soon",
    "2026-03-01T24:00:00Z",
    "",
  ].map((notOnOrAfter) => said("P23", `time ${JSON.stringify(notOnOrAfter)}`, { notOnOrAfter }, "instant_invalid")),
  accepted("P23", "time with nanoseconds", { notOnOrAfter: "2026-03-01T12:05:00.123456789Z" }),
  {
    id: "P24",
    title: "one attribute in two elements: all values, in order",
    craft: ({ signed }) => signed({ attributesXml: attribute("email", "second@acme.example") }),
    expect: { accept: true, attributes: { email: [ALICE, "second@acme.example"] } },
  },
  {
    id: "P25",
    title: "attributes with names of objects",
    craft: ({ signed }) => signed({ attributesXml: attribute("constructor", "x") }),
    expect: { accept: true, attributes: { constructor: ["x"] } as never },
  },
  {
    id: "P26",
    title: "an attribute named nameID",
    craft: ({ signed }) => signed({ attributesXml: attribute("nameID", "admin") }),
    expect: { accept: true, attributes: { nameID: ["admin"] } },
  },
  said(
    "P30",
    "only the unsigned response names the request",
    { inResponseTo: undefined, responseInResponseTo: REQUEST_ID },
    "request_mismatch",
    {
      options: { allowIdpInitiated: true },
    },
  ),
  said("P31", "a request of another connection", {}, "request_unknown", {
    ...SP_INITIATED,
    options: { requestStore: remembering(undefined) },
  }),
  accepted("P33", "OneTimeUse", { conditionsXml: "<saml:OneTimeUse/>" }),
  accepted("P34", "ProxyRestriction Count=0", { conditionsXml: '<saml:ProxyRestriction Count="0"/>' }),
  accepted("P35", "any AuthnContext, as none is requested", { authnContextClassRef: "urn:x" }),
  said("P35", "an AuthnContext that was not requested", { authnContextClassRef: "urn:x" }, "authn_context_mismatch", {
    settings: { requestedAuthnContext: ["urn:mfa", "urn:xy"] },
  }),
  {
    id: "P35",
    title: "a second AuthnStatement with a context that was not requested",
    bases: ["AS"],
    settings: { requestedAuthnContext: ["urn:mfa"] },
    craft: ({ build, sign }) => {
      const xml = build({ authnContextClassRef: "urn:mfa" });
      const second = take(xml, "AuthnStatement").replace("urn:mfa", "urn:x");
      return sign(after(xml, "AuthnStatement", second), "_assertion");
    },
    expect: { reject: "authn_context_mismatch" },
  },
  accepted(
    "P35",
    "one of the contexts requested",
    { authnContextClassRef: "urn:x" },
    {
      settings: { requestedAuthnContext: ["urn:mfa", "urn:x"] },
    },
  ),
  said("P35", "not the context of this very request", { authnContextClassRef: "urn:x" }, "authn_context_mismatch", {
    ...SP_INITIATED,
    settings: { requestedAuthnContext: ["urn:x"] },
    options: { requestStore: remembering({ requestedAuthnContext: ["urn:mfa"] }) },
  }),
  said("P36", "issued in an hour", { issueInstant: minutes(60) }, "issued_in_the_future"),
  said(
    "P37",
    "authenticated before a request that forces it",
    { authnInstant: minutes(-10) },
    "authn_instant_too_old",
    {
      ...SP_INITIATED,
      options: { requestStore: remembering({ forceAuthn: true }) },
    },
  ),
  accepted(
    "P37",
    "authenticated after a request that forces it",
    { authnInstant: minutes(-0.5) },
    {
      ...SP_INITIATED,
      options: { requestStore: remembering({ forceAuthn: true }) },
    },
  ),
  accepted("P37", "authenticated long ago, not forced", { authnInstant: minutes(-600) }),
  said(
    "P38",
    "a confirmation for a year",
    { confirmationNotOnOrAfter: minutes(525_600) },
    "confirmation_lifetime_exceeded",
  ),
  accepted(
    "R15",
    "one of two confirmations holds",
    {
      subjectXml: `<saml:Subject><saml:NameID>${ALICE}</saml:NameID>${bearer(`Recipient="${ELSEWHERE}"`)}${bearer(`NotOnOrAfter="${minutes(5)}" Recipient="${SP.acsUrl}" InResponseTo="${REQUEST_ID}"`)}</saml:Subject>`,
    },
    SP_INITIATED,
  ),
  said(
    "R12",
    "an issuer of another format",
    { issuer: `${ELSEWHERE}</saml:Issuer><saml:Issuer Format="urn:x">` },
    "assertion_malformed",
    { signers: ["own"] },
  ),
  said(
    "R11",
    "an encrypted NameID",
    { subjectXml: `<saml:Subject><saml:EncryptedID/></saml:Subject>` },
    "decryption_failed",
  ),
  said("R11", "an encrypted attribute", { attributesXml: "<saml:EncryptedAttribute/>" }, "decryption_failed"),
  said("R17", "an attribute without a name", { attributesXml: "<saml:Attribute/>" }, "assertion_malformed"),
  said(
    "R17",
    "something else among the attributes",
    { attributesXml: "<saml:NameID>x</saml:NameID>" },
    "assertion_malformed",
  ),
  said("R17", "text between attributes", { attributesXml: "x" }, "assertion_malformed"),
  said("R12", "a child that no assertion has", { adviceXml: '<x:y xmlns:x="urn:x"/>' }, "assertion_malformed"),
  said("R12", "text within the assertion", { adviceXml: "x" }, "assertion_malformed"),
  issuerFormat("urn:oasis:names:tc:SAML:2.0:nameid-format:entity", { accept: true }),
  issuerFormat("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", { reject: "issuer_mismatch" }),
];

function issuerFormat(format: string, expect: Vector["expect"]): Vector {
  return {
    id: "R12",
    title: `an issuer of the format ${format}`,
    bases: ["AS"],
    craft: ({ build, sign }) =>
      sign(build().replace("<saml:Issuer>", `<saml:Issuer Format="${format}">`), "_assertion"),
    expect,
  };
}
