import { createTestIdentityProvider } from "@muster/saml-sp/testing";
import { expect, it } from "vitest";
import { type SamlService, withService } from "../../src/saml/service.ts";
import { expectRefusal, expectSignIn } from "../../src/saml/tell.ts";

const idp = createTestIdentityProvider({ entityId: "https://idp.example", ssoUrl: "https://idp.example/sso" });

function respond({ serviceProvider }: SamlService, variant?: "tampered") {
  const { samlResponse } = idp.respond({ serviceProvider, nameId: "ada", ...(variant && { variant }) });
  return { SAMLResponse: samlResponse };
}

it("the service signs in whom its identity provider names, and nobody else", () =>
  withService(async (service) => {
    service.set({ identityProvider: idp.settings, allowIdpInitiated: true });
    expect((await expectSignIn(service, respond(service))).nameId.value).toBe("ada");
    await expectRefusal(service, respond(service, "tampered"), "digest_mismatch");
  }));

it("an expectation that does not come true says what happened instead", () =>
  withService(async (service) => {
    service.set({ identityProvider: idp.settings, allowIdpInitiated: true });
    await expect(expectSignIn(service, respond(service, "tampered"))).rejects.toThrow("refused: digest_mismatch");
    await expect(expectRefusal(service, respond(service), "digest_mismatch")).rejects.toThrow(
      "Somebody was signed in.",
    );
    await expect(expectRefusal(service, respond(service, "tampered"), "assertion_replayed")).rejects.toThrow(
      "Refused as digest_mismatch, expected assertion_replayed.",
    );
  }));
