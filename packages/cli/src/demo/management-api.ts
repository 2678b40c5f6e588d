/**
 * The management API over HTTP, as a script would call it.
 *
 * @module
 */
import type {
  Account,
  ConnectionView,
  GroupView,
  Page,
  SyncFailureView,
  TenantView,
} from "@muster/provisioning-engine";
import { VerificationError, verifyPresent } from "./verify.ts";

/** An answer of the API, whatever its status. */
export interface ApiAnswer {
  readonly status: number;
  /** The code of a refusal. */
  readonly code: string | undefined;
}

export interface ManagementApi {
  tenant(id: string): Promise<TenantView>;
  /** @throws {VerificationError} when nobody has the userName */
  account(tenant: string, userName: string): Promise<Account>;
  accounts(tenant: string): Promise<readonly Account[]>;
  groups(tenant: string): Promise<readonly GroupView[]>;
  failures(tenant: string): Promise<readonly SyncFailureView[]>;
  /** Changes something and returns the answer, also of a refusal. */
  patch(path: string, change: object): Promise<ApiAnswer>;
  /** Deletes something and returns the answer, also of a refusal. */
  delete(path: string): Promise<ApiAnswer>;
  connect(tenant: string, metadata: string): Promise<ConnectionView>;
  setUserSeats(tenant: string, limit: number | null): Promise<TenantView>;
}

/** @param address of the API, and its bearer token */
export function managementApi(address: { readonly adminApiUrl: string; readonly adminToken: string }): ManagementApi {
  const send = (method: string, path: string, body?: object) =>
    fetch(`${address.adminApiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${address.adminToken}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const call = async <Body>(method: string, path: string, body?: object): Promise<Body> => {
    const response = await send(method, path, body);
    if (!response.ok) throw new VerificationError(`${method} ${path}`, "success", await answerOf(response));
    return (await response.json()) as Body;
  };
  const items = async <Item>(path: string) => (await call<Page<Item>>("GET", path)).items;
  return {
    tenant: (id) => call("GET", `/tenants/${id}`),
    account: async (tenant, userName) => {
      const found = await items<Account>(`/tenants/${tenant}/accounts?q=${encodeURIComponent(userName)}`);
      const account = found.find((candidate) => candidate.userName === userName);
      return verifyPresent(`account ${userName} in ${tenant}`, account);
    },
    accounts: (tenant) => items(`/tenants/${tenant}/accounts?limit=500`),
    groups: (tenant) => items(`/tenants/${tenant}/groups`),
    failures: (tenant) => items(`/tenants/${tenant}/sync-failures?limit=500`),
    patch: async (path, change) => answerOf(await send("PATCH", path, change)),
    delete: async (path) => answerOf(await send("DELETE", path)),
    connect: (tenant, metadata) => call("PATCH", `/tenants/${tenant}/connection`, { idp: { metadata } }),
    setUserSeats: (tenant, limit) => call("PATCH", `/tenants/${tenant}`, { seatLimits: { user: limit } }),
  };
}

async function answerOf(response: Response): Promise<ApiAnswer> {
  const { error } = (await response.json()) as { readonly error?: { readonly code: string } };
  return { status: response.status, code: error?.code };
}
