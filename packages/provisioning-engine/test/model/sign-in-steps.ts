/**
 * People who come from the identity provider: those whom the directory knows, those who were made by hand, strangers.
 *
 * @module
 */
import fc from "fast-check";
import type { Visitor } from "./browser.ts";
import { emailOf } from "./directory-steps.ts";
import { tenantNumber, tenantOf } from "./person-steps.ts";
import type { Step } from "./step.ts";

const number = fc.nat({ max: 5 });

const nameId = fc.oneof(
  { arbitrary: number.map((n) => `person${n}@acme.test`), weight: 4 },
  { arbitrary: number.map((n) => `PERSON${n}@acme.test`), weight: 1 },
  { arbitrary: number.map((n) => `external-${n}`), weight: 1 },
  { arbitrary: number.map((n) => `hand${n}`), weight: 1 },
  { arbitrary: number.map((n) => `guest${n % 2}`), weight: 2 },
);

const email = fc.oneof(
  number.map((n) => emailOf(n % 2)),
  number.map((n) => `person${n}@acme.test`),
  fc.constant("someone@elsewhere.test"),
);

const visitor: fc.Arbitrary<Visitor> = fc.record({ nameId, email });

export const signInSteps: fc.Arbitrary<Step> = fc.tuple(tenantNumber, visitor).map(([tenant, who]) => ({
  author: "machine",
  title: `tenant ${tenant}: sign-in of ${who.nameId}, ${who.email}`,
  run: async (world, before) => {
    const tenantId = tenantOf(before, tenant);
    return { outcome: await world.signIn(tenantId, who), tenantId, visitor: who };
  },
}));
