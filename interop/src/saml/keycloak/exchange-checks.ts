/**
 * How a sign-in begins, and what comes of it.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Check } from "../../checks.ts";
import { createBrowser } from "../browser.ts";
import { expectRefusal } from "../tell.ts";
import { reachResponse } from "./login.ts";
import { accepted, agree, ask, type KeycloakParties, signsIn } from "./parties.ts";
import { ADA } from "./realm.ts";

export function bindings(parties: KeycloakParties): readonly Check[] {
  return [
    ...(["redirect", "post"] as const).map((ssoBinding) => ({
      name: `a sign-in that begins here by ${ssoBinding}`,
      run: async () => {
        await agree(parties, {}, { ssoBinding });
        await signsIn(parties);
      },
    })),
    {
      name: "the attributes email and name, and Role as one element for each",
      run: async () => {
        await agree(parties);
        const { attributes } = await accepted(parties, (await ask(parties)).response);
        assert.deepEqual(attributes.get("email"), [ADA.email]);
        assert.deepEqual(attributes.get("name"), [ADA.firstName]);
        for (const role of ADA.roles) assert.ok(attributes.get("Role")?.includes(role), `Role lacks ${role}.`);
      },
    },
  ];
}

export function signedRequests(parties: KeycloakParties): readonly Check[] {
  return (["redirect", "post"] as const).map((ssoBinding) => ({
    name: `an unsigned request by ${ssoBinding} is refused by Keycloak, which demands a signature`,
    run: async () => {
      await agree(parties, {}, { ssoBinding, signAuthnRequests: false });
      await assert.rejects(ask(parties), /No response: status 400/);
    },
  }));
}

export function idpInitiated(parties: KeycloakParties): readonly Check[] {
  const { service, realm } = parties;
  const begin = async (allowIdpInitiated: boolean) => {
    await agree(parties, { saml_idp_initiated_sso_url_name: "muster" }, {}, { allowIdpInitiated });
    const browser = createBrowser();
    return (await reachResponse(browser, await browser.get(realm.idpInitiatedUrl("muster")))).response;
  };
  return [
    {
      name: "a sign-in that begins at Keycloak, where that is allowed",
      run: async () => void (await accepted(parties, await begin(true))),
    },
    {
      name: "a sign-in that begins at Keycloak is refused, where that is not allowed",
      run: async () => expectRefusal(service, (await begin(false)).fields, "unsolicited_refused"),
    },
  ];
}

export function sessions(parties: KeycloakParties): readonly Check[] {
  return [
    {
      name: "a session at Keycloak is used, and ForceAuthn asks for the password again",
      run: async () => {
        await agree(parties);
        const browser = createBrowser();
        assert.ok((await ask(parties, browser)).askedForPassword);
        assert.ok(!(await ask(parties, browser)).askedForPassword, "The session was not used.");
        await agree(parties, {}, {}, { authnRequest: { forceAuthn: true } });
        const again = await ask(parties, browser);
        assert.ok(again.askedForPassword, "No password was asked for.");
        await accepted(parties, again.response);
      },
    },
    {
      name: "isPassive without a session is a refusal and no page",
      run: async () => {
        await agree(parties, {}, {}, { authnRequest: { isPassive: true } });
        await expectRefusal(parties.service, (await ask(parties)).response.fields, "status_not_success");
      },
    },
  ];
}

export function misuse(parties: KeycloakParties): readonly Check[] {
  const { service, realm } = parties;
  return [
    {
      name: "a second use of a response is refused",
      run: async () => {
        await agree(parties);
        const { response } = await ask(parties);
        await accepted(parties, response);
        await expectRefusal(service, response.fields, "request_unknown", "assertion_replayed");
      },
    },
    {
      name: "a response that was made for another client is refused",
      run: async () => {
        await agree(parties, {}, {}, { allowIdpInitiated: true });
        const { entityId } = service.serviceProvider;
        const metadata = (await (await fetch(service.metadataUrl)).text()).replace(
          `entityID="${entityId}"`,
          `entityID="${entityId}/other"`,
        );
        const other = await realm.importClient(metadata);
        await realm.configure(other, { saml_idp_initiated_sso_url_name: "other" });
        const browser = createBrowser();
        const { response } = await reachResponse(browser, await browser.get(realm.idpInitiatedUrl("other")));
        await expectRefusal(service, response.fields, "audience_mismatch");
      },
    },
    {
      name: "a response with the RelayState of another question goes where its own question came from",
      run: async () => {
        await agree(parties);
        const [response, other] = [
          (await ask(parties)).response,
          (await ask(parties, createBrowser(), "/other")).response,
        ];
        const crossed = { ...response.fields, RelayState: other.fields.RelayState ?? "" };
        const page = await createBrowser().post(response.action, crossed);
        assert.ok(page.location?.endsWith("/welcome"), `It went to ${page.location}.`);
      },
    },
  ];
}
