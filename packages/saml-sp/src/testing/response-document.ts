/**
 * A response and its assertion as elements, still unsigned (SAML Core §2.3.3, §3.3.3).
 *
 * @module
 */
import { element, type XmlElement } from "../xml-writer.ts";
import type { ResponseFields } from "./response-fields.ts";

export function assertionElement(fields: ResponseFields): XmlElement {
  return element(
    "saml:Assertion",
    { ID: fields.assertionId, Version: "2.0", IssueInstant: instant(fields.issuedAt) },
    element("saml:Issuer", {}, fields.issuer),
    subject(fields),
    conditions(fields),
    authnStatement(fields),
    attributeStatement(fields.attributes),
  );
}

/** @param content what follows the status: an assertion, if it is honest */
export function responseElement(fields: ResponseFields, ...content: readonly XmlElement[]): XmlElement {
  return element(
    "samlp:Response",
    {
      ID: fields.responseId,
      Version: "2.0",
      IssueInstant: instant(fields.issuedAt),
      Destination: fields.destination ?? undefined,
      InResponseTo: fields.inResponseTo ?? undefined,
    },
    element("saml:Issuer", {}, fields.issuer),
    element("samlp:Status", {}, element("samlp:StatusCode", { Value: fields.statusCode })),
    ...content,
  );
}

function subject(fields: ResponseFields): XmlElement {
  const data = {
    InResponseTo: fields.inResponseTo ?? undefined,
    NotOnOrAfter: optionalInstant(fields.notOnOrAfter),
    Recipient: fields.recipient ?? undefined,
  };
  return element(
    "saml:Subject",
    {},
    element("saml:NameID", { Format: fields.nameIdFormat ?? undefined }, fields.nameId),
    element(
      "saml:SubjectConfirmation",
      { Method: fields.confirmationMethod },
      element("saml:SubjectConfirmationData", data),
    ),
  );
}

function conditions({ audience, notBefore, notOnOrAfter }: ResponseFields): XmlElement {
  const restriction =
    audience === null ? undefined : element("saml:AudienceRestriction", {}, element("saml:Audience", {}, audience));
  const validity = { NotBefore: optionalInstant(notBefore), NotOnOrAfter: optionalInstant(notOnOrAfter) };
  return element("saml:Conditions", validity, restriction);
}

function authnStatement(fields: ResponseFields): XmlElement {
  const context = element("saml:AuthnContextClassRef", {}, fields.authnContextClassRef);
  return element(
    "saml:AuthnStatement",
    {
      AuthnInstant: instant(fields.authnInstant),
      SessionIndex: fields.sessionIndex ?? undefined,
      SessionNotOnOrAfter: optionalInstant(fields.sessionNotOnOrAfter),
    },
    element("saml:AuthnContext", {}, context),
  );
}

/** The schema wants at least one attribute in the statement. */
function attributeStatement(attributes: ResponseFields["attributes"]): XmlElement | undefined {
  const named = Object.entries(attributes).map(([name, values]) =>
    element("saml:Attribute", { Name: name }, ...[values].flat().map(attributeValue)),
  );
  return named.length === 0 ? undefined : element("saml:AttributeStatement", {}, ...named);
}

function attributeValue(value: string | null): XmlElement {
  if (value === null) return element("saml:AttributeValue", { "xsi:nil": "true" });
  return element("saml:AttributeValue", {}, value);
}

function instant(date: Date): string {
  return date.toISOString();
}

function optionalInstant(date: Date | null): string | undefined {
  return date === null ? undefined : instant(date);
}
