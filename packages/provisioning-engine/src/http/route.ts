/**
 * Operations of the management API as data: what routes, checks and describes them is the same table.
 *
 * @module
 */
import type { Admin } from "../admin/admin.ts";
import type { TenantId } from "../ports/index.ts";
import type { z } from "../validation/zod.ts";
import type { Answer } from "./answers/answers.ts";
import type { Authorization, Right } from "./authorization.ts";

/** One request, read. */
export interface Call<Path extends string, Query, Body> {
  readonly admin: Admin;
  readonly authorization: Authorization;
  /** The values of the path's `{names}`. */
  readonly path: Readonly<Record<NamesIn<Path>, string>>;
  readonly query: Query;
  readonly body: Body;
}

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** A method of `admin`, by its path: `accounts.update`. */
export type Operation = {
  [Area in keyof Admin]: Admin[Area] extends (...args: never) => unknown
    ? Area
    : `${Area}.${keyof Admin[Area] & string}`;
}[keyof Admin];

export interface RouteOptions<Path extends string, Query, Body> {
  /** What it calls: the same as a host would. */
  readonly operation: Operation;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the base of the API, with `{names}`; `{tenant}` is checked against the authorization. */
  readonly path: Path;
  readonly summary: string;
  readonly right: Right;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** Other tenants that the request is about: the credential must be good for them too (R118). */
  readonly alsoAbout?: (call: Call<Path, Query, Body>) => readonly TenantId[] | Promise<readonly TenantId[]>;
  readonly status: 200 | 201 | 204;
  /** The answer is the only one that ever shows a secret: nobody remembers it. */
  readonly showsSecret?: boolean;
  /** The shape of the answer; with 204 that of a write which was only tried, answered with 200. */
  readonly answer?: Answer;
  act(call: Call<Path, Query, Body>): Promise<unknown>;
}

/** A route whose types have done their work. */
export type Route = RouteOptions<string, unknown, unknown>;

/** Declares a route, typed by its path and shapes. */
export function route<const Path extends string, Query = undefined, Body = undefined>(
  options: RouteOptions<Path, Query, Body>,
): Route {
  // The handler hands over only what the path and the shapes have accepted.
  return options as unknown as Route;
}

/** The values of a path, if it has the form of the route's. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const [names, values] = [pattern.split("/"), path.split("/")];
  if (names.length !== values.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const value = values[index] ?? "";
    if (!name.startsWith("{")) {
      if (name !== value) return undefined;
      continue;
    }
    const decoded = decodeSegment(value);
    if (decoded === undefined) return undefined;
    found[name.slice(1, -1)] = decoded;
  }
  return found;
}

/** Undefined for what is no text, and for nothing at all. */
function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment) || undefined;
  } catch {
    return undefined;
  }
}
