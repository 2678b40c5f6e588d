/**
 * Who may do what through the management API: the host says so, for each request.
 *
 * @module
 */
import { ProvisioningError } from "../errors.ts";
import type { TenantId } from "../ports/index.ts";

/** What an operation needs: to look, to work with people and groups, to change settings, to make tokens. */
export type Right = "read" | "operate" | "configure" | "tokens";

/** What the holder of a request's credential may do. */
export interface Authorization {
  /** Who it is, for the audit log. */
  readonly actor: string;
  readonly tenants: readonly TenantId[] | "all";
  readonly can: readonly Right[] | "all";
}

/** The host's check of a management request; null refuses it. */
export type Authorize = (request: Request) => Authorization | null | Promise<Authorization | null>;

/** @throws {ProvisioningError} `not_found`, as for a tenant that is not there: nobody learns which exist */
export function requireTenant({ tenants }: Authorization, tenant: TenantId): void {
  if (tenants === "all" || tenants.includes(tenant)) return;
  throw new ProvisioningError("not_found", `There is no tenant "${tenant}".`);
}

/** @throws {ProvisioningError} `forbidden`, naming the right */
export function requireRight({ can }: Authorization, right: Right): void {
  if (can === "all" || can.includes(right)) return;
  throw new ProvisioningError("forbidden", `This needs the right "${right}".`, {
    hint: "Ask whoever gives out access to this API.",
    facts: { right },
  });
}
