/**
 * The world of one case: people and groups that it makes for itself, under names that nobody else has, and that are gone
 * when it ends. What it has not made it never writes to.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import { GROUP_URN, PATCH_OP_URN, USER_URN } from "../../urn.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import type { Answer, Call, Send } from "./client.ts";
import { requiredValues } from "./required-values.ts";
import { resourcesOf, type Service } from "./service.ts";
import type { Session } from "./session.ts";
import { verify, verifyStatus } from "./statements.ts";

/** A resource that a case made. */
export interface Made {
  readonly id: string;
  /** Below the base URL. */
  readonly path: string;
  readonly name: string;
  /** As the answer to the POST showed it. */
  readonly body: JsonObject;
}

export interface World {
  readonly service: Service;
  /** Begins every name of the case. Lower-case letters and digits. */
  readonly mark: string;
  readonly send: Send;
  /** A client with another address or token; what is made with it is not cleared away. */
  readonly connect: Session["connect"];
  /** The token behind another spelling of the scheme, as the header Authorization. */
  withScheme(scheme: string): string;
  /** The body of a POST that creates a person. */
  userBody(more?: JsonObject): JsonObject;
  groupBody(members?: readonly Made[], more?: JsonObject): JsonObject;
  createUser(more?: JsonObject): Promise<Made>;
  createUsers(count: number): Promise<readonly Made[]>;
  createGroup(members?: readonly Made[], more?: JsonObject): Promise<Made>;
  /** Reads what must be there. */
  read(path: string): Promise<JsonObject>;
  patch(path: string, ...operations: readonly Json[]): Promise<Answer>;
  /** Patches what can be patched, and reads the result with a request of its own. */
  patched(path: string, ...operations: readonly Json[]): Promise<JsonObject>;
  query(collection: "/Users" | "/Groups", parameters: Readonly<Record<string, string>>): Promise<Answer>;
  /** The ids that a filter finds. */
  find(collection: "/Users" | "/Groups", filter: string): Promise<readonly string[]>;
  /** Deletes what was made. Throws when something cannot be deleted. */
  close(): Promise<void>;
}

/** How many requests are in flight at most: enough to be quick, few enough to be no load. */
const AT_ONCE = 8;

export function openWorld({ service, send: request, token, connect }: Session): World {
  const mark = `mc${randomBytes(5).toString("hex")}`;
  const made = new Set<string>();
  let names = 0;
  const newName = (): string => {
    names += 1;
    return `${mark}-${names}`;
  };
  const send: Send = async (call) => {
    const answer = await request(call);
    for (const path of createdBy(call, answer, mark)) made.add(path);
    return answer;
  };
  const create = async (path: string, body: JsonObject, name: string): Promise<Made> => {
    const answer = await send({ method: "POST", path, body });
    verifyStatus(answer, 201);
    const { id } = answer.body;
    verify(typeof id === "string" && id !== "", `${answer.call} answered without an id.`);
    return { id, path: memberPath(path, id), name, body: answer.body };
  };
  const read: World["read"] = async (path) => {
    const answer = await send({ method: "GET", path });
    verifyStatus(answer, 200);
    return answer.body;
  };
  const userBody: World["userBody"] = (more = {}) => {
    const extensions = Object.keys(more).filter((name) => name.startsWith("urn:"));
    const userName = `${newName()}@conformance.example`;
    return { schemas: [USER_URN, ...extensions], userName, ...requiredValues(service, more), ...more };
  };
  const groupBody: World["groupBody"] = (members = [], more = {}) => {
    const list = members.length === 0 ? {} : { members: members.map(({ id }) => ({ value: id })) };
    return { schemas: [GROUP_URN], displayName: newName(), ...list, ...more };
  };
  const createUser: World["createUser"] = (more) => {
    const body = userBody(more);
    return create("/Users", body, String(body.userName));
  };
  const patch: World["patch"] = (path, ...operations) =>
    send({ method: "PATCH", path, body: { schemas: [PATCH_OP_URN], Operations: operations } });
  const query: World["query"] = (collection, parameters) => {
    const text = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return send({ method: "GET", path: `${collection}?${text.join("&")}` });
  };
  return {
    service,
    mark,
    send,
    connect,
    withScheme: (scheme) => `${scheme} ${token}`,
    userBody,
    groupBody,
    createUser,
    createUsers: (count) => inBatches(Array.from({ length: count }), () => createUser()),
    createGroup: (members, more) => {
      const body = groupBody(members, more);
      return create("/Groups", body, String(body.displayName));
    },
    read,
    patch,
    patched: async (path, ...operations) => {
      verifyStatus(await patch(path, ...operations), 200, 204);
      return read(path);
    },
    query,
    find: async (collection, filter) => {
      const answer = await query(collection, { filter });
      verifyStatus(answer, 200);
      return idsOf(answer);
    },
    close: async () => {
      const answers = await inBatches([...made], (path) => request({ method: "DELETE", path }));
      for (const answer of answers) verifyStatus(answer, 200, 204, 404);
    },
  };
}

/** The ids of a list's page. */
export function idsOf(answer: Answer): readonly string[] {
  return (resourcesOf(answer) ?? []).map(({ id }) => String(id));
}

/** @returns the results in the order of the items */
export async function inBatches<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))));
  }
  return results;
}

/** What an answer says that it created. Only under a name of the case's own: everything here will be deleted. */
function createdBy({ method, path }: Call, { status, body }: Answer, mark: string): readonly string[] {
  if (path === "/Bulk") return createdInBulk(body);
  const collection = /^\/(?:Users|Groups)(?=[/?]|$)/.exec(path)?.[0];
  const name = String(body.userName ?? body.displayName ?? "").toLowerCase();
  const isMade = (method === "POST" || method === "PUT") && status < 300 && name.startsWith(mark);
  return collection !== undefined && isMade && typeof body.id === "string" ? [memberPath(collection, body.id)] : [];
}

/** RFC 7644 §3.7.3: a bulk answer names what was made by its location only. */
function createdInBulk({ Operations: operations }: JsonObject): readonly string[] {
  if (!Array.isArray(operations)) return [];
  return operations
    .filter(isJsonObject)
    .filter(({ method, status }) => method === "POST" && String(status) === "201")
    .map(({ location }) => /\/(?:Users|Groups)\/[^/?#]+$/.exec(String(location))?.[0])
    .filter((location) => location !== undefined);
}

function memberPath(collection: string, id: string): string {
  return `${collection}/${encodeURIComponent(id)}`;
}
