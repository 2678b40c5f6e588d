import type { Account } from "@muster/provisioning-engine";
import type { Step } from "../step.ts";
import { verifyEqual, verifyPresent } from "../verify.ts";

/** Gone in the directory means Inactive here: signed out everywhere at once, and nothing is thrown away. */
export const deactivate: Step = {
  title: "Entra disables a person who is signed in",
  run: async ({ acme, docs, api, entra, browser, cast: { member } }) => {
    const before = await api.account(acme.id, member.userName);
    const { id } = verifyPresent("person in SCIM", await entra.findPerson(member.userName));
    for (const { meUrl } of [acme, docs]) verifyEqual("session before", (await browser.read(meUrl)).status, 200);
    await entra.disablePerson(id);
    for (const { meUrl } of [acme, docs]) verifyEqual("session at once", (await browser.read(meUrl)).status, 401);
    const after = await api.account(acme.id, member.userName);
    verifyEqual("status", after.status, "inactive");
    verifyEqual("what is kept", kept(after), kept(before));
    verifyEqual("active in SCIM", (await entra.readPerson(id)).active, false);
    return "401 at parent and child at once; Inactive; role and groups kept";
  },
};

/** What deactivation leaves alone. */
export function kept({ id, kind, role, groups }: Account): unknown {
  return { id, kind, role, groups };
}
