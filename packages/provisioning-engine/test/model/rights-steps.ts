/**
 * Somebody with fewer rights than they would like, at the management API.
 *
 * @module
 */
import fc from "fast-check";
import type { Authorization } from "../../src/index.ts";
import { tenantNumber, tenantOf } from "./person-steps.ts";
import type { Step } from "./step.ts";
import { ROOT } from "./world.ts";

type Right = Exclude<Authorization["can"], "all">[number];

/** A request, and the right that it takes. */
interface Attempt {
  readonly right: Right;
  readonly method: "POST" | "PATCH" | "PUT" | "GET";
  readonly path: string;
  readonly body?: object;
}

const attempts: readonly Attempt[] = [
  { right: "configure", method: "PATCH", path: "/connection", body: { onNullKind: "reader" } },
  { right: "configure", method: "PATCH", path: "/connection", body: { scimEnabled: false } },
  { right: "configure", method: "PATCH", path: "", body: { seatLimits: { reader: 2 } } },
  { right: "configure", method: "PUT", path: "/role-rules", body: { rules: [] } },
  { right: "configure", method: "POST", path: "/connection/archive", body: { mode: "purge" } },
  {
    right: "configure",
    method: "POST",
    path: "/webhooks",
    body: { url: "https://hooks.example/1", types: ["account.created"] },
  },
  { right: "tokens", method: "POST", path: "/connection/tokens", body: {} },
  { right: "operate", method: "POST", path: "/groups", body: { name: "Group 2", kind: "reader" } },
  { right: "read", method: "GET", path: "/connection" },
];

const RIGHTS: readonly Right[] = ["read", "operate", "configure", "tokens"];

/** Rights that do not reach: another kind of them, or of other tenants. */
const insufficient = fc.record({ allTenants: fc.boolean(), can: fc.subarray([...RIGHTS]) });

export const rightsSteps: fc.Arbitrary<Step> = fc
  .tuple(tenantNumber, fc.constantFrom(...attempts), insufficient)
  .map(([n, { right, method, path, body }, { allTenants, can }]) => ({
    author: "person",
    title: `tenant ${n}: ${method} ${path} by somebody who may ${can.filter((one) => one !== right) || "nothing"}`,
    run: async (world, before) => {
      const tenantId = tenantOf(before, n);
      const others = tenantId === ROOT ? ["acme-docs"] : [ROOT];
      // Either the right is missing, or the tenant is.
      const authorization: Authorization = allTenants
        ? { actor: "mallory", tenants: "all", can: can.filter((one) => one !== right) }
        : { actor: "mallory", tenants: others, can: [...can, right] };
      const outcome = await world.manage({ method, path: `/tenants/${tenantId}${path}`, body }, authorization);
      return { outcome, tenantId, oversteps: true };
    },
  }));
