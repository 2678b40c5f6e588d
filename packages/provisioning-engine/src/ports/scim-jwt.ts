/**
 * Whose JWTs open the SCIM endpoint of a connection.
 *
 * @module
 */

/** An authorization server that is trusted to let clients push: what its access tokens must say, and its keys. */
export type ScimJwt = {
  /** The only `iss`, character for character. */
  readonly issuer: string;
  /** What `aud` must name. */
  readonly audience: string;
  /** The only `sub`, or null for whomever the issuer gives tokens for this audience. */
  readonly subject: string | null;
  readonly algorithms: readonly JwtAlgorithm[];
} & ({ readonly jwksUri: string } | { readonly jwks: PublicKeySet });

/** Asymmetric ones only: what verifies must not be able to sign. */
export type JwtAlgorithm = "RS256" | "PS256" | "ES256" | "EdDSA";

/** A JSON Web Key Set (RFC 7517 §5), without what verifying does not need. */
export interface PublicKeySet {
  readonly keys: readonly PublicKey[];
}

export interface PublicKey {
  readonly kty: "RSA" | "EC" | "OKP";
  readonly kid?: string;
  readonly alg?: string;
  readonly use?: string;
  readonly n?: string;
  readonly e?: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
}
