/**
 * People who come from the identity provider: those whom the directory knows, those who were made by hand, strangers.
 *
 * @module
 */
import fc from "fast-check";
import { emailOf } from "./directory-steps.ts";
import { tenantNumber, tenantOf, visibleAccounts } from "./person-steps.ts";
import { pick, type Step } from "./step.ts";

const number = fc.nat({ max: 5 });

/** A name, or the number of somebody who has an account. */
const nameId: fc.Arbitrary<string | number> = fc.oneof(
  { arbitrary: fc.nat({ max: 7 }), weight: 8 },
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

export const signInSteps: fc.Arbitrary<Step> = fc.tuple(tenantNumber, nameId, email).map(([tenant, who, address]) => ({
  author: "machine",
  title: `tenant ${tenant}: sign-in of ${who}, ${address}`,
  run: async (world, before) => {
    const tenantId = tenantOf(before, tenant);
    const account = typeof who === "number" ? pick(visibleAccounts(before, tenantId), who) : undefined;
    const visitor = { nameId: account?.userName ?? `${who}`, email: address };
    return { outcome: await world.signIn(tenantId, visitor), tenantId, visitor };
  },
}));
