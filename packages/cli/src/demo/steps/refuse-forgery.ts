import type { SamlForgery, SamlForm } from "@muster/idp-simulator";
import { createBrowser } from "../browser.ts";
import type { Step } from "../step.ts";
import { verifyEqual } from "../verify.ts";
import { samlPerson, type World } from "../world.ts";

const FORGERIES: readonly SamlForgery[] = ["unsigned", "other-key", "xsw1"];

/** Unsigned, signed by a stranger, wrapped; and an honest response that is delivered to the wrong door. */
export const refuseForgery: Step = {
  title: "Forged SAML responses are refused",
  run: async (world) => {
    const { acme, docs } = world;
    for (const forgery of FORGERIES) await verifyRefused(world, forgery, (form) => form, forgery);
    await verifyRefused(world, undefined, (form) => ({ ...form, action: docs.saml.acsUrl }), `one made for ${acme.id}`);
    return `${FORGERIES.join(", ")}, another tenant's: no session`;
  },
};

async function verifyRefused(
  { acme, docs, idp, cast }: World,
  forgery: SamlForgery | undefined,
  deliver: (form: SamlForm) => SamlForm,
  what: string,
): Promise<void> {
  const attacker = createBrowser();
  const request = await attacker.beginSignIn(acme.saml.signInUrl);
  const { status } = await attacker.finishSignIn(deliver(await idp.answer(request, samlPerson(cast.member), forgery)));
  verifyEqual(`answer to a response: ${what}`, status >= 400 && status < 500, true);
  for (const { meUrl } of [acme, docs]) verifyEqual("session afterwards", (await attacker.read(meUrl)).status, 401);
}
