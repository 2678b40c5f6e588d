import { SimulatorError } from "@muster/idp-simulator";
import type { Step } from "../step.ts";
import { verifyEqual, verifyPresent } from "../verify.ts";

/** Two directory entries claim one userName: the second is refused, and the admin can read why. */
export const reportDuplicate: Step = {
  title: "A duplicate is refused and reported with details",
  run: async ({ acme, api, entra, cast: { doubled } }) => {
    const twin = { ...doubled, externalId: `${doubled.externalId}-twin` };
    const error = await entra.createPerson(twin).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const { status, scimType } = error instanceof SimulatorError ? error : {};
    verifyEqual("answer to the duplicate", { status, scimType }, { status: 409, scimType: "uniqueness" });
    const failures = await api.failures(acme.id);
    const failure = failures.find(({ cause, subject }) => cause === "duplicate" && subject.key === doubled.userName);
    return verifyPresent("sync failure", failure).message;
  },
};
