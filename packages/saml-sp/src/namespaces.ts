/**
 * The namespaces that this package reads.
 *
 * @module
 */

/** SAML Core §1.1. */
export const ASSERTION_NAMESPACE = "urn:oasis:names:tc:SAML:2.0:assertion";
export const PROTOCOL_NAMESPACE = "urn:oasis:names:tc:SAML:2.0:protocol";
/** SAML Metadata §1.1. */
export const METADATA_NAMESPACE = "urn:oasis:names:tc:SAML:2.0:metadata";
/** XML Signature §1.2. */
export const SIGNATURE_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#";
/** XML Encryption 1.1 §1.3. */
export const ENCRYPTION_NAMESPACE = "http://www.w3.org/2001/04/xmlenc#";
export const ENCRYPTION_11_NAMESPACE = "http://www.w3.org/2009/xmlenc11#";
/** XML Schema Part 1 §2.6. */
export const SCHEMA_INSTANCE_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance";
