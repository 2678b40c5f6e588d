/**
 * What a directory's resource says about a person, in the product's words.
 *
 * @module
 */
import type { Attributes, AttributeValue } from "@muster/scim-core";

export interface DirectoryProfile {
  readonly userName: string;
  readonly externalId: string | null;
  /** Every address, lower case, for look-ups. */
  readonly emails: readonly string[];
  /** The one address that the product shows: the primary one, else that of work, else the first. */
  readonly email: string | null;
  readonly name: string;
  /** A directory that never said so means active people. */
  readonly active: boolean;
}

/**
 * @param attributes of a User, schema-valid
 * @param wasActive what the directory said last: its silence changes nothing
 */
export function readProfile(attributes: Attributes, wasActive = true): DirectoryProfile {
  const userName = typeof attributes.userName === "string" ? attributes.userName : "";
  const emails = elements(attributes.emails).filter(({ value }) => text(value) !== undefined);
  const email = emails.find(({ primary }) => primary === true) ?? emails.find(isWork) ?? emails[0];
  return {
    userName,
    externalId: text(attributes.externalId) ?? null,
    emails: [...new Set(emails.map(({ value }) => String(value).toLowerCase()))],
    email: text(email?.value) ?? null,
    name: text(attributes.displayName) ?? readName(attributes.name) ?? userName,
    active: typeof attributes.active === "boolean" ? attributes.active : wasActive,
  };
}

function isWork({ type }: Attributes): boolean {
  return text(type)?.toLowerCase() === "work";
}

function readName(name: AttributeValue | undefined): string | undefined {
  if (!isComplex(name)) return undefined;
  const parts = [text(name.givenName), text(name.familyName)].filter((part) => part !== undefined);
  return text(name.formatted) ?? (parts.length === 0 ? undefined : parts.join(" "));
}

function elements(value: AttributeValue | undefined): readonly Attributes[] {
  return Array.isArray(value) ? (value as readonly AttributeValue[]).filter(isComplex) : [];
}

function isComplex(value: AttributeValue | undefined): value is Attributes {
  return typeof value === "object" && !Array.isArray(value);
}

/** An empty text says as little as none (RFC 7643 §2.5). */
function text(value: AttributeValue | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
