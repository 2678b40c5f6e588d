/**
 * What goes wrong: the engine ends and begins again, a transaction breaks off, an answer is lost.
 *
 * @module
 */
import fc from "fast-check";
import { NOTHING, type Step } from "./step.ts";
import { ROOT } from "./world.ts";

const restart: Step = {
  author: "machine",
  title: "restart",
  run: async (world) => {
    await world.restart();
    return { outcome: NOTHING, tenantId: ROOT };
  },
};

const drain: Step = {
  author: "machine",
  title: "drain",
  run: async (world) => {
    await world.drain();
    return { outcome: NOTHING, tenantId: ROOT, drained: true };
  },
};

const breakOff: fc.Arbitrary<Step> = fc
  .record({ calls: fc.nat({ max: 40 }), committed: fc.boolean() })
  .map((fault) => ({
    author: "machine",
    title: `the database goes away after ${fault.calls} calls, ${fault.committed ? "after" : "before"} a commit`,
    run: async (world) => {
      world.arm(fault);
      return { outcome: NOTHING, tenantId: ROOT };
    },
  }));

const failChildren: fc.Arbitrary<Step> = fc.integer({ min: 1, max: 3 }).map((times) => ({
  author: "machine",
  title: `children write in vain, ${times} times`,
  run: async (world, before) => {
    const tenants = [...before.values()].flatMap(({ tenant }) => (tenant.parentId === null ? [] : [tenant.id]));
    world.armTenants({ tenants, times });
    return { outcome: NOTHING, tenantId: ROOT };
  },
}));

export const crashSteps: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.constant(drain), weight: 3 },
  { arbitrary: breakOff, weight: 3 },
  { arbitrary: failChildren, weight: 2 },
  { arbitrary: fc.constant(restart), weight: 1 },
);
