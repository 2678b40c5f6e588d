import { SimulatorError } from "@muster/idp-simulator";
import type { Step } from "../step.ts";
import { verifyEqual, verifyPresent } from "../verify.ts";

/** Over SCIM the resource is gone for good; the profile stays. */
export const deletePerson: Step = {
  title: "Entra deletes a person",
  run: async ({ acme, docs, api, entra, cast: { rehired } }) => {
    const { id } = verifyPresent("person in SCIM", await entra.findPerson(rehired.userName));
    await entra.deletePerson(id);
    const status = await entra.readPerson(id).then(
      () => 200,
      (error: unknown) => (error instanceof SimulatorError ? error.status : undefined),
    );
    verifyEqual("SCIM afterwards", status, 404);
    verifyEqual("match by userName", await entra.findPerson(rehired.userName), undefined);
    for (const tenant of [acme.id, docs.id]) {
      verifyEqual(`status at ${tenant}`, (await api.account(tenant, rehired.userName)).status, "inactive");
    }
    return "404 over SCIM; the profile stays, Inactive";
  },
};
