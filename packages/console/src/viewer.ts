/**
 * Who looks at a page, and through which API.
 *
 * @module
 */
import type { Admin, Authorization } from "@muster/provisioning-engine";

export type Right = Exclude<Authorization["can"], "all">[number];

export interface Viewer {
  /** Acts, and is audited, as the person who looks. */
  readonly admin: Admin;
  /** Without a trailing slash. */
  readonly basePath: string;
  readonly tenants: Authorization["tenants"];
  maySee(tenant: string): boolean;
  can(right: Right): boolean;
}

/** What Hono hands to each page. */
export interface ConsoleEnv {
  readonly Bindings: { readonly viewer: Viewer };
}
