/**
 * Us: the service provider of one connection (SAML Glossary). Every connection has its own entity id and callback, so
 * that an assertion made for one is refused by every other.
 *
 * @module
 */
import type { KeyPair } from "./key-pair.ts";

export interface ServiceProviderSettings {
  /** SAML Metadata §2.3.2; also the audience that assertions must name. */
  readonly entityId: string;
  /** AssertionConsumerService, HTTP-POST (SAML Metadata §2.4.4). */
  readonly acsUrl: string;
  /** SingleLogoutService, both bindings (SAML Metadata §2.4.2); without it no logout message is taken or published. */
  readonly sloUrl?: string | undefined;
  /** What our requests are signed with: the current one, then the next or the previous, which are published too. */
  readonly signingKeys?: readonly KeyPair[] | undefined;
  /** What assertions may be encrypted for: all are published and all are tried, the current one first. */
  readonly decryptionKeys?: readonly KeyPair[] | undefined;
}
