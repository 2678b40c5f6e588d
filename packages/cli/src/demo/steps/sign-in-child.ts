import { signIn } from "../browser.ts";
import type { Step } from "../step.ts";
import { verifyEqual } from "../verify.ts";
import { verifySignedIn } from "./sign-in-parent.ts";

/** A child has its own entity id and callback, and the parent's identity provider. */
export const signInAtChild: Step = {
  title: "The same person signs in at a child",
  run: async ({ docs, help, browser, cast: { member } }) => {
    verifySignedIn(await signIn(browser, docs.saml.signInUrl, member.userName), docs.id, member.userName);
    verifyEqual("the other child, without a sign-in", (await browser.read(help.meUrl)).status, 401);
    return `200 at ${docs.id}, still 401 at ${help.id}`;
  },
};
