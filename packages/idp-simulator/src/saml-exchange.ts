/**
 * Who signs in, and what their browser carries to the service.
 *
 * @module
 */

/** Somebody who can sign in at the simulated SAML identity provider. */
export interface SamlPerson {
  readonly nameId: string;
  readonly email: string;
  readonly name: string;
}

/** A form of the HTTP-POST binding (SAML Bindings §3.5). */
export interface SamlForm {
  /** The service's assertion consumer URL. */
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}
