/**
 * A realm of Keycloak, managed through its admin REST API as an administrator would by hand.
 *
 * @module
 */
import type { Browser, Page } from "../browser.ts";
import { saidBy } from "./page.ts";
import { KEYCLOAK_ADMIN } from "./server.ts";

/** A client as Keycloak represents it; what is not named here is passed on as it came. */
export interface KeycloakClient {
  readonly id?: string;
  readonly clientId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface KeycloakRealm {
  /** Its metadata as SAML identity provider, as it is now. */
  metadata(): Promise<string>;
  /** Imports a service from its metadata, and has it told who somebody is. */
  importClient(metadata: string): Promise<KeycloakClient>;
  /** Changes attributes of a client. */
  configure(client: KeycloakClient, attributes: Readonly<Record<string, string>>): Promise<void>;
  /** Makes a new signing key, which signs when its priority is the highest; @returns its id. */
  addSigningKey(priority: number): Promise<string>;
  setPriority(key: string, priority: number): Promise<void>;
  removeKey(key: string): Promise<void>;
  /** Signs out at Keycloak, and confirms that; @returns the page where it ends. */
  signOut(browser: Browser): Promise<Page>;
  /** Where a sign-in begins that no service asked for. */
  idpInitiatedUrl(name: string): string;
}

export const ADA = {
  username: "ada",
  password: "analytical-engine",
  email: "ada@acme.example",
  firstName: "Ada Lovelace",
  roles: ["auditor", "editor"],
} as const;

const REALM = "interop";

/** By front channel, as a back channel is not what SAML asks of services. */
const TOLD = {
  frontchannelLogout: true,
  protocolMappers: [attributeMapper("email", "email"), attributeMapper("name", "firstName")],
};

/** @param property of a person */
function attributeMapper(attribute: string, property: "email" | "firstName") {
  return {
    name: attribute,
    protocol: "saml",
    protocolMapper: "saml-user-property-mapper",
    config: { "user.attribute": property, "attribute.name": attribute, "attribute.nameformat": "Basic" },
  };
}

/** Makes the realm, with one person in it. */
export async function createRealm(url: string): Promise<KeycloakRealm> {
  const call = callerOf(url);
  const { password, roles, ...person } = ADA;
  const credentials = [{ type: "password", value: password, temporary: false }];
  await call("POST", "", {
    realm: REALM,
    enabled: true,
    sslRequired: "none",
    roles: { realm: roles.map((name) => ({ name })) },
    users: [{ ...person, lastName: "King", enabled: true, emailVerified: true, credentials, realmRoles: roles }],
  });
  const keys = await keysOf(call);
  return {
    ...keys,
    metadata: async () => (await fetch(`${url}/realms/${REALM}/protocol/saml/descriptor`)).text(),
    importClient: async (metadata) => {
      const client = await call("POST", `/${REALM}/client-description-converter`, metadata);
      await call("POST", `/${REALM}/clients`, { ...client, ...TOLD });
      const query = new URLSearchParams({ clientId: String(client.clientId) });
      const [created] = await call<readonly KeycloakClient[]>("GET", `/${REALM}/clients?${query}`);
      if (created === undefined) throw new Error("Keycloak did not keep the client.");
      return created;
    },
    configure: async ({ id }, attributes) => {
      const client = await call<KeycloakClient>("GET", `/${REALM}/clients/${id}`);
      const changed = { ...client, attributes: { ...client.attributes, ...attributes } };
      await call("PUT", `/${REALM}/clients/${id}`, changed);
    },
    signOut: async (browser) => {
      const logoutUrl = `${url}/realms/${REALM}/protocol/openid-connect/logout`;
      const confirm = await browser.settle(await browser.get(logoutUrl));
      if (confirm.form === undefined) throw new Error(`Nothing to confirm: ${saidBy(confirm)}`);
      return browser.settle(await browser.post(confirm.form.action, confirm.form.fields));
    },
    idpInitiatedUrl: (name) => `${url}/realms/${REALM}/protocol/saml/clients/${name}`,
  };
}

type Json = Readonly<Record<string, unknown>>;
type Call = <Result = Json>(method: string, path: string, body?: object | string) => Promise<Result>;

async function keysOf(call: Call): Promise<Pick<KeycloakRealm, "addSigningKey" | "setPriority" | "removeKey">> {
  const { id: parentId } = await call("GET", `/${REALM}`);
  const provider = { providerId: "rsa-generated", providerType: "org.keycloak.keys.KeyProvider", parentId };
  const config = (priority: number) => ({ priority: [String(priority)], keySize: ["2048"], algorithm: ["RS256"] });
  return {
    addSigningKey: async (priority) => {
      const name = `key-${priority}`;
      await call("POST", `/${REALM}/components`, { ...provider, name, config: config(priority) });
      const [created] = await call<readonly Json[]>("GET", `/${REALM}/components?name=${name}`);
      return String(created?.id);
    },
    setPriority: async (key, priority) => {
      const component = await call("GET", `/${REALM}/components/${key}`);
      await call("PUT", `/${REALM}/components/${key}`, { ...component, config: config(priority) });
    },
    removeKey: async (key) => void (await call("DELETE", `/${REALM}/components/${key}`)),
  };
}

/** With a token of its own each time: they live for a minute. */
function callerOf(url: string): Call {
  return async (method, path, body) => {
    const response = await fetch(`${url}/admin/realms${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await adminToken(url)}`,
        "content-type": typeof body === "string" ? "application/xml" : "application/json",
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Keycloak answered ${response.status} to ${method} ${path}: ${text}`);
    return text === "" ? {} : JSON.parse(text);
  };
}

async function adminToken(url: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: "password", client_id: "admin-cli", ...KEYCLOAK_ADMIN });
  const response = await fetch(`${url}/realms/master/protocol/openid-connect/token`, { method: "POST", body });
  const { access_token: token }: { readonly access_token?: string } = JSON.parse(await response.text());
  if (token === undefined) throw new Error("Keycloak does not know its own administrator.");
  return token;
}
