import { signIn, type Visit } from "../browser.ts";
import type { Step } from "../step.ts";
import { verifyEqual } from "../verify.ts";

/** Redirect, identity provider, signed response, session. */
export const signInAtParent: Step = {
  title: "A signed SAML response signs in at the parent",
  run: async ({ acme, browser, cast: { member } }) => {
    const visit = await signIn(browser, acme.saml.signInUrl, member.userName);
    verifySignedIn(visit, acme.id, member.userName);
    verifyEqual("the same page, later", (await browser.read(acme.meUrl)).status, 200);
    return `303, session, 200 for ${member.userName}`;
  },
};

/** @throws {VerificationError} unless the page greets that person in that tenant */
export function verifySignedIn({ status, body }: Visit, tenant: string, userName: string): void {
  verifyEqual("status after the sign-in", status, 200);
  const me = body as {
    readonly tenant: string;
    readonly account: { readonly userName: string };
    readonly nameId: string;
  };
  const facts = { tenant: me.tenant, userName: me.account.userName, nameId: me.nameId };
  verifyEqual("who is signed in", facts, { tenant, userName, nameId: userName });
}
