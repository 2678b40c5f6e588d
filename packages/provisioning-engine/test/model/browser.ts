/**
 * A browser between an engine and the identity provider of its root: it asks, is signed in there, and comes back.
 *
 * @module
 */
import { createTestIdentityProvider } from "@muster/saml-sp/testing";
import type { SsoOptions } from "../../src/index.ts";

/** What the identity provider says of somebody. */
export interface Visitor {
  readonly nameId: string;
  readonly email: string;
}

/** Where a tenant is signed in at. */
export interface ServiceProvider {
  readonly entityId: string;
  readonly acsUrl: string;
  readonly signInUrl: string;
}

export interface Browser {
  /** The identity provider, for a connection that trusts it. */
  readonly metadata: string;
  /** The id of the account that a session was made for is in the body of the answer. */
  signIn(at: ServiceProvider, visitor: Visitor): Promise<Response>;
}

const IDP = { entityId: "https://idp.example/metadata", ssoUrl: "https://idp.example/sso" };
const ACCOUNT = "x-account";

/** A host whose session is the id of the account. */
export const sessions: SsoOptions = {
  establishSession: ({ account }) => ({ headers: { [ACCOUNT]: account.id } }),
};

export function openBrowser(fetch: (request: Request) => Promise<Response>, clock: () => Date): Browser {
  const idp = createTestIdentityProvider({ ...IDP, clock });
  return {
    metadata: idp.metadata(),
    signIn: async (serviceProvider, { nameId, email }) => {
      const asked = await fetch(new Request(serviceProvider.signInUrl, { headers: JSON_ONLY }));
      const authnRequestUrl = asked.headers.get("location");
      if (asked.status >= 400 || authnRequestUrl === null) return asked;
      const attributes = { email, name: nameId };
      const { samlResponse, relayState = "" } = idp.respond({ serviceProvider, authnRequestUrl, nameId, attributes });
      const body = new URLSearchParams({ SAMLResponse: samlResponse, RelayState: relayState });
      const answer = await fetch(new Request(serviceProvider.acsUrl, { method: "POST", body, headers: JSON_ONLY }));
      const account = answer.headers.get(ACCOUNT);
      return account === null ? answer : Response.json({ account }, { status: 200 });
    },
  };
}

const JSON_ONLY = { accept: "application/json" };
