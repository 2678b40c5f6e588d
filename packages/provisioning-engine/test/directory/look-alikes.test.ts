import { expect, it } from "vitest";
import { openWorld, TEAM } from "../harness.ts";

it("R18: an attribute name that is almost right is reported in the sync log instead of being dropped silently", async () => {
  const world = await openWorld();
  const { id } = await world.create({ userName: "mira@acme.test" });
  await world.patch(id, { op: "replace", value: { [TEAM]: { isTeamAcount: "True" }, title: "Writer" } });
  expect((await world.syncEvents())[0]).toMatchObject({
    outcome: "changed",
    message: `Ignored, since no attribute has this name: "${TEAM}:isTeamAcount". Check the attribute mapping.`,
  });
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, number) => [`x${number}${"y".repeat(300)}`, true]));
  await world.patch(id, { op: "replace", value: { [TEAM]: many } });
  const message = (await world.syncEvents())[0]?.message ?? "";
  expect(message).toMatch(/ and \d+ more\. /);
  expect(message.length).toBeLessThan(1000);
});
