/**
 * The provisioning agent of an identity provider: named operations on people and groups, sent in a vendor's dialect.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import { type Dialect, resourcePath } from "./dialect.ts";
import { ENTRA } from "./dialects/entra.ts";
import { OKTA } from "./dialects/okta.ts";
import { ONELOGIN } from "./dialects/onelogin.ts";
import type { DirectoryGroup, DirectoryPerson, PersonChange } from "./directory.ts";
import { SimulatorError } from "./errors.ts";
import {
  type JsonObject,
  type ScimRequest,
  type ScimTransport,
  scimTransport,
  type TransportOptions,
} from "./scim-transport.ts";

/** A resource as the service answers it. */
export type ScimResource = JsonObject & { readonly id: string };

/** Every method rejects with a `SimulatorError`; `refused` carries the service's status, scimType and detail. */
export interface ProvisioningClient {
  readonly dialect: Dialect["name"];
  /** The portal's "Test connection". */
  probe(): Promise<void>;
  findPerson(userName: string): Promise<ScimResource | undefined>;
  /** Matches by userName first, as real clients do, and creates only who is not there. */
  provisionPerson(person: DirectoryPerson): Promise<ScimResource>;
  /** Creates without matching: what a client does whose idea of the service is out of date. */
  createPerson(person: DirectoryPerson): Promise<ScimResource>;
  readPerson(id: string): Promise<ScimResource>;
  updatePerson(id: string, change: PersonChange): Promise<void>;
  /** The person lost the assignment, or was soft-deleted in the directory. */
  disablePerson(id: string): Promise<void>;
  restorePerson(id: string): Promise<void>;
  /** The person was purged from the directory. */
  deletePerson(id: string): Promise<void>;
  findGroup(displayName: string): Promise<ScimResource | undefined>;
  /** Matches by displayName, creates the empty group when it is missing, then adds the members. */
  provisionGroup(group: DirectoryGroup, members: readonly string[]): Promise<ScimResource>;
  readGroup(id: string): Promise<ScimResource>;
  addMembers(id: string, members: readonly string[]): Promise<void>;
  removeMembers(id: string, members: readonly string[]): Promise<void>;
  renameGroup(id: string, displayName: string): Promise<void>;
  deleteGroup(id: string): Promise<void>;
}

/**
 * A client that behaves like Microsoft Entra ID.
 *
 * @param options the SCIM base URL and the bearer token, as an admin pastes them into the portal
 * @example
 * const entra = createEntraClient({ baseUrl: connection.scim.baseUrl, token });
 * await entra.probe();
 * const [mira] = makePeople(1);
 * const { id } = await entra.provisionPerson(mira);
 * await entra.updatePerson(id, { isTeamAccount: false });
 * await entra.disablePerson(id);
 */
export function createEntraClient(options: TransportOptions): ProvisioningClient {
  return createClient(ENTRA, options);
}

/**
 * A client that behaves like an application of Okta's catalogue: PUT for profiles, path-less PATCH for activation.
 *
 * @param options address and token of the SCIM endpoint
 * @example
 * const okta = createOktaClient({ baseUrl, token });
 * const { id } = await okta.provisionPerson(person);
 */
export function createOktaClient(options: TransportOptions): ProvisioningClient {
  return createClient(OKTA, options);
}

/**
 * A client that behaves like OneLogin: PUT for everything about people.
 *
 * @param options address and token of the SCIM endpoint
 * @example
 * const onelogin = createOneLoginClient({ baseUrl, token });
 * const { id } = await onelogin.provisionPerson(person);
 */
export function createOneLoginClient(options: TransportOptions): ProvisioningClient {
  return createClient(ONELOGIN, options);
}

function createClient(dialect: Dialect, options: TransportOptions): ProvisioningClient {
  const send = scimTransport(options, dialect.userAgent);
  return { dialect: dialect.name, ...peopleOperations(dialect, send), ...groupOperations(dialect, send) };
}

type GroupOperation = Extract<keyof ProvisioningClient, `${string}Group` | `${string}Members`>;

function peopleOperations(dialect: Dialect, send: ScimTransport): Omit<ProvisioningClient, GroupOperation | "dialect"> {
  const path = (id: string) => resourcePath("Users", id);
  const readPerson = (id: string) => readResource(send, { method: "GET", path: path(id) });
  const findPerson = (userName: string) => first(send, dialect.matchPerson(userName));
  const createPerson = (person: DirectoryPerson) =>
    readResource(send, { method: "POST", path: "/Users", body: dialect.person(person) });
  const current = async (id: string) => (dialect.readsBeforeUpdate ? await readPerson(id) : {});
  const setActive = async (id: string, active: boolean) => {
    await send(dialect.setActive(id, active, await current(id)));
  };
  return {
    probe: async () => void (await list(send, dialect.probe(randomUUID()))),
    findPerson,
    createPerson,
    readPerson,
    provisionPerson: async (person) => (await findPerson(person.userName)) ?? (await createPerson(person)),
    updatePerson: async (id, change) => void (await send(dialect.updatePerson(id, change, await current(id)))),
    disablePerson: (id) => setActive(id, false),
    restorePerson: (id) => setActive(id, true),
    deletePerson: async (id) => void (await send({ method: "DELETE", path: path(id) })),
  };
}

function groupOperations(dialect: Dialect, send: ScimTransport): Pick<ProvisioningClient, GroupOperation> {
  const path = (id: string) => resourcePath("Groups", id);
  const findGroup = (displayName: string) => first(send, dialect.matchGroup(displayName));
  const addMembers = async (id: string, members: readonly string[]) => {
    if (members.length > 0) await send(dialect.addMembers(id, members));
  };
  return {
    findGroup,
    addMembers,
    provisionGroup: async (group, members) => {
      const found = await findGroup(group.displayName);
      const created =
        found ?? (await readResource(send, { method: "POST", path: "/Groups", body: dialect.group(group) }));
      await addMembers(created.id, members);
      return created;
    },
    readGroup: (id) => readResource(send, { method: "GET", path: path(id) }),
    removeMembers: async (id, members) => void (await send(dialect.removeMembers(id, members))),
    renameGroup: async (id, displayName) => void (await send(dialect.renameGroup(id, displayName))),
    deleteGroup: async (id) => void (await send({ method: "DELETE", path: path(id) })),
  };
}

async function readResource(send: ScimTransport, request: ScimRequest): Promise<ScimResource> {
  const body = await send(request);
  if (body !== undefined && isResource(body)) return body;
  throw unreadable(request, "a resource with an id");
}

async function first(send: ScimTransport, request: ScimRequest): Promise<ScimResource | undefined> {
  const [resource] = await list(send, request);
  return resource;
}

async function list(send: ScimTransport, request: ScimRequest): Promise<readonly ScimResource[]> {
  const body = await send(request);
  if (typeof body?.totalResults !== "number") throw unreadable(request, "a ListResponse");
  // RFC 7644 §3.4.2: `Resources` may be missing when there are none.
  const resources = Array.isArray(body.Resources) ? (body.Resources as readonly JsonObject[]) : [];
  if (!resources.every(isResource)) throw unreadable(request, "resources with an id");
  return resources;
}

function isResource(value: JsonObject): value is ScimResource {
  return typeof value.id === "string";
}

function unreadable({ method, path }: ScimRequest, expected: string): SimulatorError {
  return new SimulatorError("unreadable_answer", `${method} ${path}: expected ${expected}, got something else.`);
}
