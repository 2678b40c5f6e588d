/**
 * Liveness and readiness, for whoever runs the process.
 *
 * @module
 */
import type { EngineContext } from "../context.ts";
import { ProvisioningError } from "../errors.ts";
import { errorResponse, jsonResponse } from "./json.ts";
import { requestIdOf } from "./request-id.ts";

export interface Health {
  /** The process answers. */
  live(request: Request): Promise<Response>;
  /** The store is reachable and up to date. */
  ready(request: Request): Promise<Response>;
}

export function createHealth({ store, newId, logger }: EngineContext): Health {
  return {
    live: async () => jsonResponse(200, { status: "ok" }),
    ready: async (request) => {
      try {
        await store.transaction({ tenantId: null }, (tx) => tx.tenants.list({ limit: 1 }));
        return jsonResponse(200, { status: "ready" });
      } catch (error) {
        logger.warn({ error: String(error) }, "The store is not ready.");
        const unavailable = new ProvisioningError("unavailable", "The store is not ready. Try again in a few seconds.");
        return errorResponse(unavailable, requestIdOf(request, newId));
      }
    },
  };
}
