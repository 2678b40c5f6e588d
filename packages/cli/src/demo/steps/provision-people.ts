import type { Step } from "../step.ts";
import { verifyEqual } from "../verify.ts";

/** Users and readers are told apart by an attribute, and users get the default role. */
export const provisionPeople: Step = {
  title: "Entra matches and creates six people",
  run: async ({ acme, api, entra, cast }) => {
    for (const person of cast.people) await entra.provisionPerson(person);
    for (const person of cast.people) {
      const account = await api.account(acme.id, person.userName);
      const kind = person.isTeamAccount ? "user" : "reader";
      const expected = { kind, role: kind === "user" ? "Contributor" : null, status: "active" };
      const { kind: actual, role, status } = account;
      verifyEqual(`account of ${person.userName}`, { kind: actual, role, status }, expected);
    }
    const users = cast.people.filter((person) => person.isTeamAccount).length;
    return `${users} users as Contributor, ${cast.people.length - users} readers`;
  },
};
