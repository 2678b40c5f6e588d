import type { SyncFailureView } from "@muster/provisioning-engine";
import type { Step } from "../step.ts";
import { eventually, verifyEqual, verifyPresent } from "../verify.ts";
import type { World } from "../world.ts";

/** Nobody is lost for want of a seat: they wait, the failure says so, and a raised limit admits them. */
export const waitForSeat: Step = {
  title: "A person waits for a seat and is admitted",
  run: async (world) => {
    const { acme, api, entra, cast } = world;
    const { used } = (await api.tenant(acme.id)).seats.user;
    await api.setUserSeats(acme.id, used);
    await entra.provisionPerson(cast.latecomer);
    verifyEqual("status without a seat", (await api.account(acme.id, cast.latecomer.userName)).status, "pending");
    const { id, message } = verifyPresent("open seat failure", await seatFailure(world));
    await api.setUserSeats(acme.id, used + 1);
    await eventually(async () => {
      verifyEqual("status with a seat", (await api.account(acme.id, cast.latecomer.userName)).status, "active");
      const failure = (await api.failures(acme.id)).find((candidate) => candidate.id === id);
      verifyEqual("the failure is resolved", typeof (failure?.resolvedAt ?? undefined), "string");
    });
    await api.setUserSeats(acme.id, null);
    return message;
  },
};

async function seatFailure({ acme, api, cast }: World): Promise<SyncFailureView | undefined> {
  return (await api.failures(acme.id)).find(
    ({ cause, subject, resolvedAt }) =>
      cause === "seat_limit" && subject.key === cast.latecomer.userName && resolvedAt === null,
  );
}
