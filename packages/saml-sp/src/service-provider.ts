/**
 * Us: the service provider of one connection (SAML Glossary). Every connection has its own entity id and callback, so
 * that an assertion made for one is refused by every other.
 *
 * @module
 */
export interface ServiceProviderSettings {
  /** SAML Metadata §2.3.2; also the audience that assertions must name. */
  readonly entityId: string;
  /** AssertionConsumerService, HTTP-POST (SAML Metadata §2.4.4). */
  readonly acsUrl: string;
}
