import type { Step } from "../step.ts";
import { verifyEqual, verifyPresent } from "../verify.ts";

/** One attribute turns a reader into a user; it stays the same account. */
export const promoteReader: Step = {
  title: "A reader becomes a user",
  run: async ({ acme, docs, api, entra, cast: { promoted } }) => {
    const before = await api.account(acme.id, promoted.userName);
    verifyEqual("kind before", before.kind, "reader");
    const { id } = verifyPresent("person in SCIM", await entra.findPerson(promoted.userName));
    await entra.updatePerson(id, { isTeamAccount: true });
    for (const tenant of [acme.id, docs.id]) {
      const after = await api.account(tenant, promoted.userName);
      const facts = { id: after.id, kind: after.kind, role: after.role };
      verifyEqual(`account at ${tenant}`, facts, { id: before.id, kind: "user", role: "Contributor" });
    }
    return `${promoted.displayName} is a user with the default role, at the children too`;
  },
};
