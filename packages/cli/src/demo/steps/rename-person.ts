import type { Step } from "../step.ts";
import { verifyEqual, verifyPresent } from "../verify.ts";

/** The directory owns names. */
export const renamePerson: Step = {
  title: "Entra updates a name and a title",
  run: async ({ acme, api, entra, cast: { renamed } }) => {
    const { id } = verifyPresent("person in SCIM", await entra.findPerson(renamed.userName));
    const familyName = `${renamed.familyName}-Berg`;
    const displayName = `${renamed.givenName} ${familyName}`;
    await entra.updatePerson(id, { familyName, displayName, title: "Lead Writer" });
    const resource = await entra.readPerson(id);
    verifyEqual("title in SCIM", resource.title, "Lead Writer");
    verifyEqual("name in the product", (await api.account(acme.id, renamed.userName)).name, displayName);
    return `${renamed.displayName} is ${displayName}`;
  },
};
