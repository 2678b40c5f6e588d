import { signIn } from "../browser.ts";
import type { Step } from "../step.ts";
import { verifyEqual, verifyPresent } from "../verify.ts";
import { kept } from "./deactivate.ts";
import { verifySignedIn } from "./sign-in-parent.ts";

/** Back in the directory means back here, as they were; the old session stays over. */
export const reactivate: Step = {
  title: "Entra restores the person",
  run: async ({ acme, docs, api, entra, browser, cast: { member } }) => {
    const before = await api.account(acme.id, member.userName);
    const { id } = verifyPresent("disabled person in SCIM", await entra.findPerson(member.userName));
    await entra.restorePerson(id);
    const after = await api.account(acme.id, member.userName);
    verifyEqual("status", after.status, "active");
    verifyEqual("what is kept", kept(after), kept(before));
    verifyEqual("old session", (await browser.read(acme.meUrl)).status, 401);
    verifySignedIn(await signIn(browser, docs.saml.signInUrl, member.userName), docs.id, member.userName);
    return "same account, role and groups; a new sign-in works";
  },
};
