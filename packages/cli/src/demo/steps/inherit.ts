import type { Step } from "../step.ts";
import { eventually, verifyEqual } from "../verify.ts";
import type { World } from "../world.ts";

/** Children read through their parent: the same people, the same groups, settings that only the parent changes. */
export const inherit: Step = {
  title: "Both children have inherited people and groups",
  run: async (world) => {
    const { acme, docs, help, api, cast } = world;
    for (const child of [docs.id, help.id]) {
      await verifyChild(world, child);
      const { status, code } = await api.patch(`/tenants/${child}/connection`, { groupSync: false });
      verifyEqual(
        `change of the connection at ${child}`,
        { status, code },
        { status: 409, code: "inherited_read_only" },
      );
    }
    const states = await eventually(async () => {
      const { children = [] } = await api.tenant(acme.id);
      verifyEqual(
        "children in sync",
        children.map(({ state }) => state),
        ["in_sync", "in_sync"],
      );
      return children;
    });
    return `${cast.people.length} people each; ${states.map(({ id, state }) => `${id} ${state}`).join(", ")}`;
  },
};

async function verifyChild({ acme, api, cast }: World, child: string): Promise<void> {
  for (const { userName } of cast.people) {
    const [ours, theirs] = [await api.account(acme.id, userName), await api.account(child, userName)];
    const facts = ({ id, kind, name, groups }: typeof ours) => ({ id, kind, name, groups: groups.map((g) => g.name) });
    verifyEqual(`${userName} at ${child}`, facts(theirs), facts(ours));
  }
}
