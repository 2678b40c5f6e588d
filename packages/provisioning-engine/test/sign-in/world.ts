/** An engine whose tenant trusts a test identity provider, and a browser that goes back and forth. */
import { createTestIdentityProvider, type RespondOptions, type TestIdentityProvider } from "@muster/saml-sp/testing";
import type {
  ConnectionChange,
  ConnectionView,
  EstablishedSignIn,
  NewTenant,
  SignInView,
  SsoOptions,
  Store,
} from "../../src/index.ts";
import { connect, type Directory, startWorld, type World } from "../admin/harness.ts";

const IDP = { entityId: "https://idp.example/metadata", ssoUrl: "https://idp.example/sso" };

export interface SignedIn {
  readonly status: number;
  readonly headers: Headers;
  readonly code: string | undefined;
  readonly text: string;
}

export interface SignInWorld extends World {
  readonly directory: Directory;
  readonly idp: TestIdentityProvider;
  readonly established: EstablishedSignIn[];
  begin(
    tenant: string,
    returnTo?: string,
    signInUrl?: string,
  ): Promise<{ readonly saml: ConnectionView["saml"]; readonly authnRequestUrl: string }>;
  post(acsUrl: string, form: { samlResponse: string; relayState?: string | undefined }): Promise<Response>;
  /** Signs somebody in at a tenant, as a browser would. */
  signIn(
    tenant: string,
    nameId: string,
    more?: Partial<RespondOptions> & { readonly returnTo?: string; readonly signInUrl?: string },
  ): Promise<SignedIn>;
  log(tenant: string): Promise<readonly SignInView[]>;
}

export interface SignInWorldOptions extends Pick<SsoOptions, "signingKeys" | "decryptionKeys" | "bindToBrowser"> {
  readonly tenant?: Partial<NewTenant>;
  readonly store?: Store;
}

/** `acme` with a child, SCIM on, and a SAML identity provider. */
export async function start(change: ConnectionChange = {}, options: SignInWorldOptions = {}): Promise<SignInWorld> {
  const { tenant: given, store, ...sso } = options;
  const established: EstablishedSignIn[] = [];
  const world = startWorld({
    ...(store && { store }),
    sso: {
      establishSession: (signIn) => {
        established.push(signIn);
        return { headers: { "set-cookie": `session=${signIn.account.id}` } };
      },
      defaultReturnPath: (tenant) => `/t/${tenant}`,
      ...sso,
    },
  });
  const { admin, provisioning, time } = world;
  await admin.tenants.create({ id: "acme", ...given });
  await admin.tenants.create({ id: "docs", parent: "acme" });
  const directory = await connect(world, "acme");
  const idp = createTestIdentityProvider({ ...IDP, clock: () => time.now });
  await admin.connections.update("acme", { idp: { metadata: idp.metadata() }, ...change });

  const begin: SignInWorld["begin"] = async (tenant, returnTo, signInUrl) => {
    const { saml } = await admin.connections.get(tenant);
    const url = new URL(signInUrl ?? saml.signInUrl);
    if (returnTo !== undefined) url.searchParams.set("returnTo", returnTo);
    const response = await provisioning.fetch(new Request(url));
    return { saml, authnRequestUrl: response.headers.get("location") ?? "" };
  };
  const post: SignInWorld["post"] = (acsUrl, form) => {
    const fields = { SAMLResponse: form.samlResponse, RelayState: form.relayState ?? "" };
    const headers = { accept: "application/json" };
    return provisioning.fetch(new Request(acsUrl, { method: "POST", body: new URLSearchParams(fields), headers }));
  };
  const signIn: SignInWorld["signIn"] = async (tenant, nameId, more = {}) => {
    const { returnTo, signInUrl, ...overrides } = more;
    const { saml, authnRequestUrl } = await begin(tenant, returnTo, signInUrl);
    const attributes = { email: `${nameId}@mail.example`, name: nameId };
    const form = idp.respond({ serviceProvider: saml, authnRequestUrl, nameId, attributes, ...overrides });
    return answered(await post(saml.acsUrl, form));
  };
  const log: SignInWorld["log"] = async (tenant) => (await admin.signIns.list(tenant)).items;
  return { ...world, directory, idp, established, begin, post, signIn, log };
}

async function answered(response: Response): Promise<SignedIn> {
  const { status, headers } = response;
  const text = await response.text();
  const isJson = headers.get("content-type")?.includes("json") ?? false;
  const code = isJson ? (JSON.parse(text) as { error: { code: string } }).error.code : undefined;
  return { status, headers, code, text };
}
