/**
 * The only place that talks to scimmy. Its resource types are global, and are declared once here, over maps, in the way
 * that its documentation shows.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import SCIMMY from "scimmy";

type User = InstanceType<typeof SCIMMY.Schemas.User>;

/** A stored user or group. */
export interface Row {
  id: string;
  meta: { created: Date; lastModified: Date };
  [attribute: string]: unknown;
}

export interface ScimmyRows {
  readonly users: Map<string, Row>;
  readonly groups: Map<string, Row>;
}

const TEAM_URN = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";

/** What is stored. One for the process, as scimmy's declarations are. */
export const SCIMMY_ROWS: ScimmyRows = declareResources();

function declareResources(): ScimmyRows {
  const rows: ScimmyRows = { users: new Map(), groups: new Map() };
  const userNames = new Map<string, string>();
  const team = new SCIMMY.Types.SchemaDefinition("Team", TEAM_URN, "", [
    new SCIMMY.Types.Attribute("boolean", "isTeamAccount"),
  ]);
  SCIMMY.Schemas.User.extend(SCIMMY.Schemas.EnterpriseUser as never, false);
  SCIMMY.Schemas.User.extend(team as never, false);
  SCIMMY.Resources.declare(SCIMMY.Resources.User)
    .ingress(({ id }, data) => {
      const key = String(data.userName).toLowerCase();
      const holder = userNames.get(key);
      if (holder !== undefined && holder !== id) throw new SCIMMY.Types.Error(409, "uniqueness", "userName is taken");
      const row = save(rows.users, id, data);
      userNames.set(key, row.id);
      return row as never;
    })
    .egress((resource) => read(rows.users, resource) as never)
    .degress(({ id }) => void rows.users.delete(id ?? ""));
  SCIMMY.Resources.declare(SCIMMY.Resources.Group)
    .ingress(({ id }, data) => save(rows.groups, id, data) as never)
    .egress((resource) => read(rows.groups, resource) as never)
    .degress(({ id }) => void rows.groups.delete(id ?? ""));
  return rows;
}

function save(rows: Map<string, Row>, id: string | undefined, data: object): Row {
  const now = new Date();
  const stored = id === undefined ? undefined : rows.get(id);
  if (id !== undefined && stored === undefined) throw new SCIMMY.Types.Error(404, "", `Resource ${id} not found`);
  const meta = { created: stored?.meta.created ?? now, lastModified: now };
  const row: Row = { ...JSON.parse(JSON.stringify(data)), id: id ?? randomUUID(), meta };
  rows.set(row.id, row);
  return row;
}

/** One by id; otherwise all that its own filter lets through. */
function read(rows: Map<string, Row>, { id, filter }: { id?: string; filter?: { match(rows: Row[]): object[] } }) {
  if (id === undefined) return filter === undefined ? [...rows.values()] : filter.match([...rows.values()]);
  const row = rows.get(id);
  if (row === undefined) throw new SCIMMY.Types.Error(404, "", `Resource ${id} not found`);
  return row;
}

/** A resource as scimmy's own value, made of the JSON of a User. */
export function scimmyUser(resource: object): User {
  return new SCIMMY.Schemas.User(JSON.parse(JSON.stringify(resource)), "both");
}

/** Reads the body and applies it to a copy; `user` itself when nothing changes. */
export async function scimmyPatch(user: User, body: object): Promise<object> {
  return (await new SCIMMY.Messages.PatchOp(body as never).apply(user as never)) ?? user;
}

export async function scimmyCreateUser(user: object): Promise<string> {
  const { id } = await new SCIMMY.Resources.User().write(user as never);
  return id ?? "";
}

export async function scimmyCreateGroup(group: object): Promise<string> {
  const { id } = await new SCIMMY.Resources.Group().write(group as never);
  return id ?? "";
}

export async function scimmyPatchGroup(id: string, body: object): Promise<void> {
  await new SCIMMY.Resources.Group(id).patch(body as never);
}
