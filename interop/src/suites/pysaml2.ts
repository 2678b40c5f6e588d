/**
 * pysaml2 as the identity provider: it reads our metadata and our signed messages, and we read its own.
 *
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type IdentityProviderSettings, readIdentityProviderMetadata, type SignedClaims } from "@muster/saml-sp";
import { TEST_KEY_PAIRS } from "@muster/saml-sp/testing";
import { type Check, runChecks } from "../checks.ts";
import { pythonCommands } from "../python.ts";
import { type Browser, createBrowser, type Page } from "../saml/browser.ts";
import { type AskPython, withPythonIdp } from "../saml/python-idp.ts";
import { type SamlService, withService } from "../saml/service.ts";
import { expectRefusal, expectSignIn, lastRefusal } from "../saml/tell.ts";
import { requireXmlsec1 } from "../saml/xmlsec1.ts";
import type { Findings, Suite } from "../suite.ts";

export const PYSAML2: Suite = {
  name: "pysaml2",
  version: "7.5.5",
  foreign: true,
  prepare: async () => {
    await requireXmlsec1();
    const python = join(await pythonCommands("requirements-saml.txt"), "python");
    return () => withService((service) => run(service, python));
  },
};

const URL_OF_IDP = "https://idp.example";

/** The two parties of every check. */
interface Parties {
  readonly service: SamlService;
  readonly ask: AskPython;
  readonly idp: IdentityProviderSettings;
}

type Binding = "redirect" | "post";
const BINDINGS: readonly Binding[] = ["redirect", "post"];

async function run(service: SamlService, python: string): Promise<Findings> {
  const serviceMetadata = await (await fetch(service.metadataUrl)).text();
  const keys = TEST_KEY_PAIRS.identityProvider;
  return withPythonIdp({ python, url: URL_OF_IDP, keys, serviceMetadata }, async (ask) => {
    const { metadata = "" } = await ask({ do: "metadata" });
    const idp = readIdentityProviderMetadata(metadata, { now: new Date() });
    const parties = { service, ask, idp };
    return runChecks([...requests(parties), ...responses(parties), ...ourLogouts(parties), ...theirLogouts(parties)]);
  });
}

/** What the service sends the browser away with: its fields, whichever binding carries them. */
function messageOn({ location, form }: Page): Readonly<Record<string, string>> {
  return location === undefined ? (form?.fields ?? {}) : Object.fromEntries(new URL(location).searchParams);
}

async function begin(
  { service, idp }: Parties,
  ssoBinding: Binding,
  terms: { readonly signaturePolicy?: "assertion" | "response" | "both"; readonly forceAuthn?: boolean } = {},
  browser: Browser = createBrowser(),
): Promise<Readonly<Record<string, string>>> {
  const { forceAuthn, ...policy } = terms;
  service.set({ identityProvider: { ...idp, ssoBinding, ...policy }, authnRequest: { forceAuthn } });
  return messageOn(await browser.get(service.signInUrl));
}

function requests(parties: Parties): readonly Check[] {
  const { ask, service } = parties;
  return BINDINGS.flatMap((binding) => [
    {
      name: `it accepts our signed AuthnRequest by ${binding}`,
      run: async () => {
        const form = await begin(parties, binding, { forceAuthn: true });
        const { issuer, forceAuthn } = await ask({ do: "authnRequest", binding, form });
        assert.deepEqual({ issuer, forceAuthn }, { issuer: service.serviceProvider.entityId, forceAuthn: "true" });
      },
    },
    {
      name: `it refuses an AuthnRequest by ${binding} that was signed for another RelayState or altered`,
      run: async () => {
        const form = await begin(parties, binding);
        const altered = binding === "redirect" ? { ...form, RelayState: "other" } : withOtherId(form);
        await assert.rejects(ask({ do: "authnRequest", binding, form: altered }), /refuses/);
      },
    },
  ]);
}

function withOtherId(form: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const xml = Buffer.from(form.SAMLRequest ?? "", "base64").toString("utf8");
  return { ...form, SAMLRequest: Buffer.from(xml.replace(` ID="id-`, ` ID="id-0`)).toString("base64") };
}

interface Responding {
  readonly sign: "assertion" | "response" | "both";
  readonly encrypt?: "aes256-gcm" | "tripledes-cbc";
}

const ATTRIBUTES = { mail: "ada@acme.example", displayName: "Ada Lovelace", eduPersonAffiliation: ["staff", "member"] };

/** The answer to a question that the service asked. */
async function answerTo(parties: Parties, form: Readonly<Record<string, string>>, how: Responding) {
  const { ask, service } = parties;
  const { entityId, acsUrl } = service.serviceProvider;
  const { id } = await ask({ do: "authnRequest", binding: "redirect", form });
  const to = { inResponseTo: id, acsUrl, serviceProvider: entityId, nameId: "ada", attributes: ATTRIBUTES };
  const { SAMLResponse = "" } = await ask({ do: "respond", ...to, ...how });
  return { SAMLResponse, ...(form.RelayState !== undefined && { RelayState: form.RelayState }) };
}

async function signIn(parties: Parties, how: Responding): Promise<SignedClaims> {
  const form = await begin(parties, "redirect", { signaturePolicy: how.sign });
  return expectSignIn(parties.service, await answerTo(parties, form, how));
}

function responses(parties: Parties): readonly Check[] {
  const { service } = parties;
  const signed = (["assertion", "response", "both"] as const).map((sign) => ({
    name: `its response with a signed ${sign === "both" ? "assertion, signed itself" : sign} is accepted`,
    run: async () => assert.equal((await signIn(parties, { sign })).nameId.value, "ada"),
  }));
  const sealed = (["assertion", "response", "both"] as const).map((sign) => ({
    name: `its response with an encrypted assertion, signed: ${sign}, is accepted`,
    run: async () => assert.equal((await signIn(parties, { sign, encrypt: "aes256-gcm" })).nameId.value, "ada"),
  }));
  return [
    ...signed,
    ...sealed,
    {
      name: "attributes come as they are",
      run: async () => {
        const { attributes } = await signIn(parties, { sign: "assertion" });
        assert.deepEqual([...attributes.values()].flat().toSorted(), Object.values(ATTRIBUTES).flat().toSorted());
      },
    },
    {
      name: "an assertion encrypted with Triple DES is refused",
      run: async () => {
        const form = await begin(parties, "redirect");
        const answer = await answerTo(parties, form, { sign: "both", encrypt: "tripledes-cbc" });
        await expectRefusal(service, answer, "decryption_failed");
      },
    },
    {
      name: "a signed assertion is refused where the response must be signed, and the other way round",
      run: async () => {
        for (const [signaturePolicy, sign] of [
          ["response", "assertion"],
          ["assertion", "response"],
        ] as const) {
          const form = await begin(parties, "redirect", { signaturePolicy });
          await expectRefusal(service, await answerTo(parties, form, { sign }), "signature_missing");
        }
      },
    },
    {
      name: "a second use is refused",
      run: async () => {
        const answer = await answerTo(parties, await begin(parties, "redirect"), { sign: "assertion" });
        await expectSignIn(service, answer);
        await expectRefusal(service, answer, "request_unknown", "assertion_replayed");
      },
    },
  ];
}

/** Signed in through the browser, so that there is a session to end. */
async function signedInBrowser(parties: Parties, sloBinding: Binding): Promise<Browser> {
  const { service } = parties;
  const browser = createBrowser();
  service.set({ identityProvider: { ...parties.idp, ssoBinding: "redirect", sloBinding } });
  const form = messageOn(await browser.get(service.signInUrl));
  await browser.post(service.serviceProvider.acsUrl, await answerTo(parties, form, { sign: "assertion" }));
  return browser;
}

function ourLogouts(parties: Parties): readonly Check[] {
  const { ask, service } = parties;
  return BINDINGS.map((binding) => ({
    name: `it answers our signed LogoutRequest by ${binding}, and its answer is accepted`,
    run: async () => {
      const browser = await signedInBrowser(parties, binding);
      const form = messageOn(await browser.get(`${service.signOutUrl}?returnTo=/bye`));
      const { sloUrl } = service.serviceProvider;
      const { nameId, url, xml } = await ask({ do: "answerLogout", binding, form, sloUrl });
      assert.equal(nameId, "ada");
      const page = await deliver(browser, service, { url, SAMLResponse: xml });
      assert.ok(page.location?.endsWith("/bye"), `The answer was refused: ${lastRefusal(service)}.`);
    },
  }));
}

function theirLogouts(parties: Parties): readonly Check[] {
  const { ask, service } = parties;
  const { entityId, sloUrl } = service.serviceProvider;
  return BINDINGS.map((binding) => ({
    name: `its LogoutRequest by ${binding} ends the session, and it accepts our answer`,
    run: async () => {
      const browser = await signedInBrowser(parties, "post");
      const sessionIndexes = [service.signIns.at(-1)?.sessionIndex];
      const about = { serviceProvider: entityId, sloUrl, nameId: "ada", sessionIndexes };
      const { id, url, xml } = await ask({ do: "logoutRequest", binding, ...about });
      const before = service.ended.length;
      const page = await deliver(browser, service, { url, SAMLRequest: xml });
      assert.equal(service.ended.length, before + 1, `The request was refused: ${lastRefusal(service)}.`);
      assert.deepEqual(service.ended.at(-1)?.sessionIndexes, sessionIndexes);
      const { inResponseTo, status } = await ask({ do: "logoutResponse", binding: "post", form: messageOn(page) });
      assert.equal(inResponseTo, id);
      assert.match(status ?? "", /:Success$/);
    },
  }));
}

/** By the address when there is one, else as a form. */
function deliver(
  browser: Browser,
  { serviceProvider }: SamlService,
  { url, ...form }: Readonly<Record<string, string | undefined>>,
): Promise<Page> {
  if (url !== undefined) return browser.get(url);
  const fields = Object.entries(form).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return browser.post(serviceProvider.sloUrl ?? "", Object.fromEntries(fields));
}
