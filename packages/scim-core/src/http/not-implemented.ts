/**
 * Endpoints of RFC 7644 that a service provider may leave out; they say so to every method.
 *
 * @module
 */
import { ScimError } from "../errors.ts";
import type { Action, Route } from "./exchange.ts";

export function notImplemented(detail: string): Route {
  const refuse: Action = async () => {
    throw new ScimError("notImplemented", detail);
  };
  return { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse };
}
