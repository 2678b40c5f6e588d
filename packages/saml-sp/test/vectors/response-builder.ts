/** What a response says; undefined leaves the part out. */
export interface ResponseContent {
  readonly prefixes: "saml" | "saml2" | "default" | "inherited";
  readonly indent: string;
  readonly declaration: string;
  readonly responseId: string;
  readonly assertionId: string;
  readonly version: string;
  readonly assertionVersion: string;
  readonly issueInstant: string;
  readonly responseIssuer: string | undefined;
  readonly issuer: string | undefined;
  readonly destination: string | undefined;
  readonly responseInResponseTo: string | undefined;
  readonly statusCode: string;
  /** Inner XML, as everything below that ends in `Xml`. */
  readonly nameIdXml: string | undefined;
  readonly subjectXml: string | undefined;
  readonly method: string;
  readonly recipient: string | undefined;
  readonly inResponseTo: string | undefined;
  readonly confirmationNotOnOrAfter: string | undefined;
  readonly confirmationNotBefore: string | undefined;
  readonly confirmationDataXml: string;
  readonly notBefore: string | undefined;
  readonly notOnOrAfter: string | undefined;
  readonly audienceXml: string | undefined;
  readonly conditionsXml: string;
  readonly hasConditions: boolean;
  readonly adviceXml: string;
  readonly authnInstant: string;
  readonly sessionNotOnOrAfter: string | undefined;
  readonly authnContextClassRef: string;
  readonly hasAuthnStatement: boolean;
  readonly attributesXml: string;
}

export const NOW: Date = new Date("2026-03-01T12:00:00.000Z");
export const IDP = "https://idp.example/metadata";
export const SP = { entityId: "https://app.example/saml/c1", acsUrl: "https://app.example/saml/c1/acs" };
export const ALICE = "alice@acme.example";
export const EVIL = "admin@acme.example";
export const REQUEST_ID = "_request";

export function minutes(offset: number): string {
  return new Date(NOW.getTime() + offset * 60_000).toISOString();
}

const HONEST: ResponseContent = {
  prefixes: "saml",
  indent: "",
  declaration: "",
  responseId: "_response",
  assertionId: "_assertion",
  version: "2.0",
  assertionVersion: "2.0",
  issueInstant: minutes(0),
  responseIssuer: IDP,
  issuer: IDP,
  destination: SP.acsUrl,
  responseInResponseTo: REQUEST_ID,
  statusCode: "urn:oasis:names:tc:SAML:2.0:status:Success",
  nameIdXml: ALICE,
  subjectXml: undefined,
  method: "urn:oasis:names:tc:SAML:2.0:cm:bearer",
  recipient: SP.acsUrl,
  inResponseTo: REQUEST_ID,
  confirmationNotOnOrAfter: minutes(5),
  confirmationNotBefore: undefined,
  confirmationDataXml: "",
  notBefore: minutes(-1),
  notOnOrAfter: minutes(5),
  audienceXml: undefined,
  conditionsXml: "",
  hasConditions: true,
  adviceXml: "",
  authnInstant: minutes(0),
  sessionNotOnOrAfter: minutes(480),
  authnContextClassRef: "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
  hasAuthnStatement: true,
  attributesXml: "",
};

/** An unsigned response. Attributes `email` and `name` are always there. */
export function buildResponse(overrides: Partial<ResponseContent> = {}): string {
  const content = { ...HONEST, ...overrides };
  const { indent, responseId, version, issueInstant, destination, responseInResponseTo } = content;
  const names = NAMES[content.prefixes];
  const attributes = attribute({
    ID: responseId,
    Version: version,
    IssueInstant: issueInstant,
    Destination: destination,
    InResponseTo: responseInResponseTo,
  });
  const parts = [
    `<${names.p("Response")}${names.root}${attributes}>`,
    optional(
      content.responseIssuer,
      (issuer) => `<${names.a("Issuer")}${names.inner}>${issuer}</${names.a("Issuer")}>`,
    ),
    `<${names.p("Status")}><${names.p("StatusCode")} Value="${content.statusCode}"/></${names.p("Status")}>`,
    ...assertionParts(content, names),
    `</${names.p("Response")}>`,
  ];
  return content.declaration + parts.filter((part) => part !== "").join(indent) + indent;
}

interface Names {
  readonly p: (name: string) => string;
  readonly a: (name: string) => string;
  /** Declarations on the response. */
  readonly root: string;
  /** Declarations on its issuer and on the assertion. */
  readonly inner: string;
}

const PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
const ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
const SCHEMA = ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

const NAMES: Readonly<Record<ResponseContent["prefixes"], Names>> = {
  saml: prefixed("samlp", "saml", false),
  saml2: prefixed("saml2p", "saml2", false),
  inherited: prefixed("samlp", "saml", true),
  default: {
    p: (name) => name,
    a: (name) => name,
    root: ` xmlns="${PROTOCOL}"${SCHEMA}`,
    inner: ` xmlns="${ASSERTION}"`,
  },
};

function prefixed(protocol: string, assertion: string, onResponseOnly: boolean): Names {
  const declaration = ` xmlns:${assertion}="${ASSERTION}"`;
  return {
    p: (name) => `${protocol}:${name}`,
    a: (name) => `${assertion}:${name}`,
    root: ` xmlns:${protocol}="${PROTOCOL}"${onResponseOnly ? declaration : ""}${SCHEMA}`,
    inner: onResponseOnly ? "" : declaration,
  };
}

function assertionParts(content: ResponseContent, { a, inner }: Names): readonly string[] {
  const { indent, assertionId, assertionVersion, issueInstant, issuer, attributesXml, adviceXml } = content;
  const value = (name: string, text: string) =>
    [
      `<${a("Attribute")} Name="${name}">`,
      `<${a("AttributeValue")} xsi:type="xs:string">${text}</${a("AttributeValue")}>`,
      `</${a("Attribute")}>`,
    ].join("");
  return [
    `<${a("Assertion")}${inner}${attribute({ ID: assertionId, Version: assertionVersion, IssueInstant: issueInstant })}>`,
    optional(issuer, (text) => `<${a("Issuer")}>${text}</${a("Issuer")}>`),
    content.subjectXml ?? subject(content, a),
    content.hasConditions ? conditions(content, a) : "",
    adviceXml,
    content.hasAuthnStatement ? authnStatement(content, a) : "",
    `<${a("AttributeStatement")}>${indent}${value("email", ALICE)}${indent}${value("name", "Alice &amp; Co")}${attributesXml}</${a("AttributeStatement")}>`,
    `</${a("Assertion")}>`,
  ];
}

function subject(content: ResponseContent, a: Names["a"]): string {
  const data = attribute({
    NotBefore: content.confirmationNotBefore,
    NotOnOrAfter: content.confirmationNotOnOrAfter,
    Recipient: content.recipient,
    InResponseTo: content.inResponseTo,
  });
  return [
    `<${a("Subject")}>`,
    optional(content.nameIdXml, (xml) => `<${a("NameID")}>${xml}</${a("NameID")}>`),
    `<${a("SubjectConfirmation")} Method="${content.method}">`,
    `<${a("SubjectConfirmationData")}${data}>${content.confirmationDataXml}</${a("SubjectConfirmationData")}>`,
    `</${a("SubjectConfirmation")}></${a("Subject")}>`,
  ].join("");
}

function conditions(content: ResponseContent, a: Names["a"]): string {
  const audience = `<${a("AudienceRestriction")}><${a("Audience")}>${SP.entityId}</${a("Audience")}></${a("AudienceRestriction")}>`;
  const validity = attribute({ NotBefore: content.notBefore, NotOnOrAfter: content.notOnOrAfter });
  const inner = (content.audienceXml ?? audience) + content.conditionsXml;
  return `<${a("Conditions")}${validity}>${inner}</${a("Conditions")}>`;
}

function authnStatement(content: ResponseContent, a: Names["a"]): string {
  const attributes = attribute({
    AuthnInstant: content.authnInstant,
    SessionIndex: "_session",
    SessionNotOnOrAfter: content.sessionNotOnOrAfter,
  });
  const classRef = `<${a("AuthnContextClassRef")}>${content.authnContextClassRef}</${a("AuthnContextClassRef")}>`;
  return `<${a("AuthnStatement")}${attributes}><${a("AuthnContext")}>${classRef}</${a("AuthnContext")}></${a("AuthnStatement")}>`;
}

function attribute(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) => (value === undefined ? "" : ` ${name}="${value}"`))
    .join("");
}

function optional(text: string | undefined, write: (text: string) => string): string {
  return text === undefined ? "" : write(text);
}
