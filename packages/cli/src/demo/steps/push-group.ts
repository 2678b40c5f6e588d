import type { JsonObject } from "@muster/idp-simulator";
import type { Step } from "../step.ts";
import { verifyEqual, verifyPresent } from "../verify.ts";

/** First the empty group, then its members, as Entra does it. */
export const pushGroup: Step = {
  title: "Entra pushes a group and its members",
  run: async ({ acme, api, entra, cast }) => {
    const people = cast.people.slice(0, 3);
    const resources = await Promise.all(people.map(({ userName }) => entra.findPerson(userName)));
    const ids = resources.map((resource) => verifyPresent("member in SCIM", resource).id);
    const { id } = await entra.provisionGroup(cast.group, ids);
    const { members } = await entra.readGroup(id);
    const pushed = (members as readonly JsonObject[]).map(({ value }) => value);
    verifyEqual("members in SCIM", pushed.toSorted(), ids.toSorted());
    for (const { userName } of people) {
      const { groups } = await api.account(acme.id, userName);
      const group = groups.find(({ name }) => name === cast.group.displayName);
      verifyEqual(`where the membership of ${userName} comes from`, group?.sources, ["scim"]);
    }
    return `"${cast.group.displayName}" with ${ids.length} members`;
  },
};
