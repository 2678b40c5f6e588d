/**
 * Claims to a person: which attribute is the e-mail address, which the name. A pure reading of what was signed; the
 * NameID never stands in for an attribute, as a user id may look like an address that is somebody else's.
 *
 * @module
 */
import { type SignedClaims, signerDetails } from "./claims.ts";
import { SamlError } from "./errors.ts";

/** What a connection calls its attributes; case-sensitive (SAML Core §2.7.3.1). */
export interface AttributeNames {
  readonly email: string;
  readonly name: string;
}

export interface Person {
  readonly email: string;
  /** Undefined when it was not said. */
  readonly name: string | undefined;
}

/** What the service provider page tells an admin to send. */
export const DEFAULT_ATTRIBUTE_NAMES: AttributeNames = { email: "email", name: "name" };

/**
 * Who signed in: e-mail address and name, from the attributes that carry them.
 *
 * @param claims of a validated response
 * @param names of the attributes, compared with case
 * @throws {SamlError} `attribute_missing`, naming the attribute and one that differs in case only, if there is one;
 *   `attribute_too_long`
 * @example
 * const { email, name } = readPerson(claims, { email: "email", name: "displayName" });
 */
export function readPerson(claims: SignedClaims, names: AttributeNames = DEFAULT_ATTRIBUTE_NAMES): Person {
  const email = firstValue(claims, names.email);
  if (email === undefined) throw missing(claims, names.email);
  return { email, name: firstValue(claims, names.name) };
}

/** Addresses have 254 (RFC 5321 §4.5.3.1.3). What is said of a person is kept and looked up. */
const MAX_CHARACTERS = 1024;

/** The first value that says something: providers send several addresses, the main one first. */
function firstValue(claims: SignedClaims, name: string): string | undefined {
  const first = claims.attributes.get(name)?.find((value): value is string => value !== null && value.trim() !== "");
  if (first === undefined || first.length <= MAX_CHARACTERS) return first;
  throw new SamlError("attribute_too_long", `The attribute "${name}" has more than ${MAX_CHARACTERS} characters.`, {
    hint: "Map an attribute to it that holds one address, or one name.",
    details: { attribute: name, ...signerDetails(claims.signedBy) },
  });
}

function missing(claims: SignedClaims, name: string): SamlError {
  const lookAlike = [...claims.attributes.keys()].find(
    (other) => other !== name && other.toLowerCase() === name.toLowerCase(),
  );
  const what = `The identity provider sent no value for the attribute "${name}".`;
  const message = lookAlike === undefined ? what : `${what} It sent "${lookAlike}": names are case-sensitive.`;
  return new SamlError("attribute_missing", message, {
    hint: `Map the person's e-mail address to an attribute named "${name}" at the identity provider.`,
    details: {
      attribute: name,
      ...(lookAlike === undefined ? {} : { lookAlike }),
      ...signerDetails(claims.signedBy),
    },
  });
}
