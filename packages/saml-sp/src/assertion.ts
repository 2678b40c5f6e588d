/**
 * An assertion as a typed value (SAML Core §2.3.3), read from signed bytes only. What a sign-in cannot do without must
 * be there (SAML Profiles §4.1.4.2); whether it will do is for the checks to say.
 *
 * @module
 */
import { readAttributes } from "./attribute-statement.ts";
import type { NameID } from "./claims.ts";
import { type Decryption, decryptWithinAssertion } from "./encryption.ts";
import { SamlError, type SamlErrorCode } from "./errors.ts";
import { ASSERTION_NAMESPACE, SIGNATURE_NAMESPACE } from "./namespaces.ts";
import {
  checkChildren,
  type Issuer,
  instantAttribute,
  leafText,
  type MalformedCode,
  malformed,
  optionalChild,
  readIssuer,
  requiredAttribute,
} from "./saml-element.ts";
import type { Signed } from "./signature.ts";
import { attributeOf, childElements, childrenNamed, type Element, isNamed } from "./xml.ts";

export interface Assertion {
  readonly id: string;
  readonly version: string | undefined;
  readonly issueInstant: Date;
  readonly issuer: Issuer;
  readonly subject: Subject;
  readonly conditions: Conditions;
  readonly authnStatements: readonly [AuthnStatement, ...AuthnStatement[]];
  readonly attributes: ReadonlyMap<string, readonly (string | null)[]>;
}

/** SAML Core §2.4.1. */
export interface Subject {
  readonly nameId: NameID;
  readonly confirmations: readonly SubjectConfirmation[];
}

/** SAML Core §2.4.1.1, with the attributes of its SubjectConfirmationData. */
export interface SubjectConfirmation {
  readonly method: string;
  readonly recipient: string | undefined;
  readonly inResponseTo: string | undefined;
  readonly notBefore: Date | undefined;
  readonly notOnOrAfter: Date | undefined;
}

/** SAML Core §2.5.1. */
export interface Conditions {
  readonly notBefore: Date | undefined;
  readonly notOnOrAfter: Date | undefined;
  /** Each restriction as the audiences that it allows. */
  readonly audienceRestrictions: readonly (readonly string[])[];
  /** Whether there is a condition that is none of SAML Core §2.5.1.4 to §2.5.1.6. */
  readonly hasUnknown: boolean;
}

/** SAML Core §2.7.2. */
export interface AuthnStatement {
  readonly authnInstant: Date;
  readonly sessionIndex: string | undefined;
  readonly sessionNotOnOrAfter: Date | undefined;
  readonly authnContextClassRef: string | undefined;
}

const CODE = "assertion_malformed";

const CHILDREN = [
  [SIGNATURE_NAMESPACE, "Signature"],
  ...[
    "Issuer",
    "Subject",
    "Conditions",
    "Advice",
    "AuthnStatement",
    "AttributeStatement",
    "AuthzDecisionStatement",
  ].map((localName) => [ASSERTION_NAMESPACE, localName] as const),
] as const;

/** One-time use is how every assertion is used, and nobody is issued another one from here. */
const KNOWN_CONDITIONS: readonly string[] = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"];

/**
 * @param decryption for a NameID or attributes that are encrypted within
 * @throws {SamlError} `assertion_malformed`, `instant_invalid`, `decryption_failed`, and `…_missing` for what a
 *   sign-in needs
 */
export function readAssertion(assertion: Signed, decryption: Decryption): Assertion {
  checkChildren(assertion, CHILDREN, CODE);
  return {
    id: requiredAttribute(assertion, "ID", CODE),
    version: attributeOf(assertion, "Version"),
    issueInstant: requiredInstant(assertion, "IssueInstant"),
    issuer: readIssuer(assertion, CODE) ?? missing("issuer_missing", "The assertion names no issuer."),
    subject: readSubject(
      optionalChild(assertion, ASSERTION_NAMESPACE, "Subject", CODE) ??
        missing("subject_missing", "The assertion is about nobody."),
      decryption,
    ),
    conditions: readConditions(
      optionalChild(assertion, ASSERTION_NAMESPACE, "Conditions", CODE) ??
        missing("conditions_missing", "The assertion has no conditions."),
    ),
    authnStatements: readAuthnStatements(assertion),
    attributes: readAttributes(childrenNamed(assertion, ASSERTION_NAMESPACE, "AttributeStatement"), decryption),
  };
}

function readSubject(subject: Element, decryption: Decryption): Subject {
  return {
    nameId: readNameId(findNameId(subject, decryption) ?? missing("name_id_missing", "The assertion has no NameID.")),
    confirmations: childrenNamed(subject, ASSERTION_NAMESPACE, "SubjectConfirmation").map(readConfirmation),
  };
}

/** SAML Core §2.4.1: one identifier, in the clear or encrypted. */
function findNameId(subject: Element, decryption: Decryption): Element | undefined {
  const nameId = optionalChild(subject, ASSERTION_NAMESPACE, "NameID", CODE);
  const encrypted = optionalChild(subject, ASSERTION_NAMESPACE, "EncryptedID", CODE);
  if (nameId !== undefined && encrypted !== undefined) throw malformed(CODE);
  return encrypted === undefined ? nameId : decryptWithinAssertion(encrypted, "NameID", decryption);
}

/** SAML Core §2.2.3. */
export function readNameId(nameId: Element, code: MalformedCode = CODE): NameID {
  return {
    value: leafText(nameId, code),
    format: attributeOf(nameId, "Format"),
    nameQualifier: attributeOf(nameId, "NameQualifier"),
    spNameQualifier: attributeOf(nameId, "SPNameQualifier"),
  };
}

function readConfirmation(confirmation: Element): SubjectConfirmation {
  const data = optionalChild(confirmation, ASSERTION_NAMESPACE, "SubjectConfirmationData", CODE);
  return {
    method: requiredAttribute(confirmation, "Method", CODE),
    recipient: data && attributeOf(data, "Recipient"),
    inResponseTo: data && attributeOf(data, "InResponseTo"),
    notBefore: data && instantAttribute(data, "NotBefore"),
    notOnOrAfter: data && instantAttribute(data, "NotOnOrAfter"),
  };
}

function readConditions(conditions: Element): Conditions {
  const isKnown = (child: Element) => KNOWN_CONDITIONS.some((name) => isNamed(child, ASSERTION_NAMESPACE, name));
  return {
    notBefore: instantAttribute(conditions, "NotBefore"),
    notOnOrAfter: instantAttribute(conditions, "NotOnOrAfter"),
    audienceRestrictions: childrenNamed(conditions, ASSERTION_NAMESPACE, "AudienceRestriction").map(readAudiences),
    hasUnknown: !childElements(conditions).every(isKnown),
  };
}

function readAudiences(restriction: Element): readonly string[] {
  return childrenNamed(restriction, ASSERTION_NAMESPACE, "Audience").map((audience) => leafText(audience, CODE));
}

function readAuthnStatements(assertion: Element): Assertion["authnStatements"] {
  const [first, ...more] = childrenNamed(assertion, ASSERTION_NAMESPACE, "AuthnStatement").map(readAuthnStatement);
  return [
    first ?? missing("authn_statement_missing", "The assertion does not say that anybody was authenticated."),
    ...more,
  ];
}

function readAuthnStatement(statement: Element): AuthnStatement {
  const context = optionalChild(statement, ASSERTION_NAMESPACE, "AuthnContext", CODE);
  const classRef = context && optionalChild(context, ASSERTION_NAMESPACE, "AuthnContextClassRef", CODE);
  return {
    authnInstant: requiredInstant(statement, "AuthnInstant"),
    sessionIndex: attributeOf(statement, "SessionIndex"),
    sessionNotOnOrAfter: instantAttribute(statement, "SessionNotOnOrAfter"),
    authnContextClassRef: classRef && leafText(classRef, CODE),
  };
}

function requiredInstant(element: Element, name: string): Date {
  const instant = instantAttribute(element, name);
  if (instant === undefined) throw malformed(CODE);
  return instant;
}

function missing(code: SamlErrorCode, message: string): never {
  throw new SamlError(code, message);
}
