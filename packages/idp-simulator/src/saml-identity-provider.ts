/**
 * A SAML identity provider that speaks HTTP, for demonstrations: it answers an AuthnRequest with a signed response in
 * an auto-posting form. Who signs in is told by `login_hint`, or chosen on a page. It signs for everybody, so it has
 * no place near production.
 *
 * @module
 */
import { inflateRawSync } from "node:zlib";
import { createTestIdentityProvider, type RespondOptions, type TestIdentityProvider } from "@muster/saml-sp/testing";
import { SimulatorError } from "./errors.ts";
import type { SamlForm, SamlPerson } from "./saml-exchange.ts";
import { autoPostPage, choicePage, htmlResponse, refusalPage } from "./saml-pages.ts";

/** A service that this identity provider signs responses for. */
export interface SamlServiceProvider {
  readonly entityId: string;
  readonly acsUrl: string;
}

export interface SamlIdentityProviderOptions {
  /** Where `fetch` is reachable, for example `http://127.0.0.1:4000`. */
  readonly baseUrl: string;
  /** Asked at each request, so that services may come and go. */
  readonly serviceProviders: () => readonly SamlServiceProvider[];
  /** Asked at each request; the choice page lists them. */
  readonly people: () => readonly SamlPerson[];
  readonly clock?: (() => Date) | undefined;
}

export interface SamlIdentityProvider {
  readonly entityId: string;
  readonly ssoUrl: string;
  /** SAML metadata, to be configured at the service. */
  metadata(): string;
  /**
   * The signed answer to an AuthnRequest.
   *
   * @param authnRequestUrl the address that the service redirected the browser to (SAML Bindings §3.4)
   * @param person who signs in
   * @param forgery how the response is forged; honest when absent
   * @throws {SimulatorError} `unknown_service_provider`
   */
  answer(authnRequestUrl: string, person: SamlPerson, forgery?: SamlForgery): Promise<SamlForm>;
  /** `GET /sso` with an AuthnRequest, `GET /metadata`. */
  fetch(request: Request): Promise<Response>;
}

/** A way to forge a response, by its name in `@muster/saml-sp/testing`. */
export type SamlForgery = NonNullable<RespondOptions["variant"]>;

/**
 * An identity provider that signs in whoever is asked for. It signs for everybody: keep it away from production.
 *
 * @param options where it lives, whom it serves, who can sign in
 * @example
 * const idp = createSamlIdentityProvider({ baseUrl, serviceProviders: () => [saml], people: () => people });
 * await provisioning.admin.connections.update("acme", { idp: { metadata: idp.metadata() } });
 */
export function createSamlIdentityProvider(options: SamlIdentityProviderOptions): SamlIdentityProvider {
  const entityId = `${options.baseUrl}/metadata`;
  const ssoUrl = `${options.baseUrl}/sso`;
  const signer = createTestIdentityProvider({
    entityId,
    ssoUrl,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
  const provider: Omit<SamlIdentityProvider, "fetch"> = {
    entityId,
    ssoUrl,
    metadata: () => signer.metadata(),
    answer: async (authnRequestUrl, person, forgery) => {
      const serviceProvider = requester(authnRequestUrl, options.serviceProviders());
      return respond(signer, serviceProvider, authnRequestUrl, person, forgery);
    },
  };
  return { ...provider, fetch: (request) => route(request, provider, options.people) };
}

async function respond(
  signer: TestIdentityProvider,
  serviceProvider: SamlServiceProvider,
  authnRequestUrl: string,
  person: SamlPerson,
  forgery: SamlForgery | undefined,
): Promise<SamlForm> {
  const { samlResponse, relayState } = await signer.respond({
    serviceProvider,
    authnRequestUrl,
    nameId: person.nameId,
    attributes: { email: person.email, name: person.name },
    ...(forgery === undefined ? {} : { variant: forgery }),
  });
  return {
    action: serviceProvider.acsUrl,
    fields: { SAMLResponse: samlResponse, ...(relayState === undefined ? {} : { RelayState: relayState }) },
  };
}

async function route(
  request: Request,
  provider: Omit<SamlIdentityProvider, "fetch">,
  people: () => readonly SamlPerson[],
): Promise<Response> {
  const url = new URL(request.url);
  if (request.method !== "GET") return htmlResponse(refusalPage("Only GET is understood here."), 405);
  if (url.pathname === new URL(provider.entityId).pathname) {
    return new Response(provider.metadata(), { headers: { "content-type": "application/samlmetadata+xml" } });
  }
  if (url.pathname !== new URL(provider.ssoUrl).pathname) return htmlResponse(refusalPage("No such page."), 404);
  const person = people().find(({ nameId }) => nameId === url.searchParams.get("login_hint"));
  if (person === undefined) return htmlResponse(choicePage(url, people()));
  try {
    return htmlResponse(autoPostPage(await provider.answer(request.url, person)));
  } catch (error) {
    if (!(error instanceof SimulatorError)) throw error;
    return htmlResponse(refusalPage(error.message), 400);
  }
}

/** The registered service that sent the request: an unregistered one never gets a response (SAML Profiles §4.1.4.1). */
function requester(authnRequestUrl: string, registered: readonly SamlServiceProvider[]): SamlServiceProvider {
  const issuer = readIssuer(new URL(authnRequestUrl).searchParams.get("SAMLRequest"));
  const found = registered.find(({ entityId }) => entityId === issuer);
  if (found !== undefined) return found;
  throw new SimulatorError(
    "unknown_service_provider",
    "The sign-in request names no service that is registered here. Start again from the application.",
  );
}

/** Deflated and base64 (SAML Bindings §3.4.4.1); the size is bounded before it is inflated. */
function readIssuer(samlRequest: string | null): string | undefined {
  try {
    const xml = inflateRawSync(Buffer.from(samlRequest ?? "", "base64"), { maxOutputLength: 65_536 }).toString("utf8");
    return /<(?:\w+:)?Issuer[^>]*>([^<]*)</.exec(xml)?.[1]?.trim();
  } catch {
    return undefined;
  }
}
