import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { isSamlError } from "../../src/errors.ts";
import type { IncomingMessage } from "../../src/logout-message.ts";
import { createLogoutRequest, validateLogoutRequest } from "../../src/logout-request.ts";
import { createLogoutResponse, validateLogoutResponse } from "../../src/logout-response.ts";
import type { OutgoingMessage } from "../../src/outgoing-message.ts";
import { readRedirectQuery } from "../../src/redirect-query.ts";
import type { OutstandingLogout } from "../../src/request-store.ts";
import {
  createTestIdentityProvider,
  FORGED_NAME_ID,
  TEST_KEY_PAIRS,
  type TestLogoutRequestOptions,
} from "../../src/testing/index.ts";
import { envelopedSigner } from "../../src/testing/sign.ts";
import { memoryReplayStore } from "../http/memory-stores.ts";
import { KEYS } from "./keys.ts";

const NOW = new Date("2026-03-01T12:00:00.000Z");
const SLO_URL = "https://app.example/saml/c1/slo?tenant=1";

const serviceProvider = {
  entityId: "https://app.example/saml/c1",
  acsUrl: "https://app.example/saml/c1/acs",
  sloUrl: SLO_URL,
  signingKeys: [{ privateKey: KEYS.ec.privatePem, certificate: KEYS.ec.certificate }],
};

const idp = createTestIdentityProvider({
  entityId: "https://idp.example",
  ssoUrl: "https://idp.example/sso",
  sloUrl: "https://idp.example/slo",
  clock: () => NOW,
});

const BINDINGS = ["redirect", "post"] as const;
const ALICE = "alice@acme.example";

function world(overrides: Partial<typeof idp.settings> = {}) {
  const outstanding = new Map<string, OutstandingLogout>([["_asked", { id: "_asked", returnTo: "/bye" }]]);
  return {
    serviceProvider,
    identityProvider: { ...idp.settings, ...overrides },
    now: NOW,
    replayStore: memoryReplayStore(),
    requestStore: {
      put: async (request: OutstandingLogout) => void outstanding.set(request.id, request),
      take: async (id: string) => {
        const request = outstanding.get(id);
        outstanding.delete(id);
        return request;
      },
    },
  };
}

function queryOf(message: OutgoingMessage<"SAMLRequest"> | OutgoingMessage<"SAMLResponse">): string {
  if (message.binding !== "redirect") throw new TypeError("expected a redirect");
  return message.url.slice(message.url.indexOf("?") + 1);
}

function received(message: OutgoingMessage<"SAMLRequest"> | OutgoingMessage<"SAMLResponse">): IncomingMessage {
  if (message.binding === "redirect") return readRedirectQuery(queryOf(message));
  const { fields } = message;
  const name = "SAMLRequest" in fields ? "SAMLRequest" : "SAMLResponse";
  const field = "SAMLRequest" in fields ? fields.SAMLRequest : fields.SAMLResponse;
  return { binding: "post", name, relayState: fields.RelayState, field };
}

function asked(options: Partial<TestLogoutRequestOptions> = {}): OutgoingMessage<"SAMLRequest"> {
  return idp.logoutRequest({ serviceProvider, nameId: ALICE, sessionIndexes: ["s1"], relayState: "state", ...options });
}

/** The code of a refusal, or whom the message signs out. */
async function outcome(read: () => IncomingMessage, at = world()): Promise<string> {
  try {
    return (await validateLogoutRequest(read(), at)).nameId.value;
  } catch (error) {
    if (!isSamlError(error)) throw error;
    return error.code;
  }
}

const asQuery = (query: string) => outcome(() => readRedirectQuery(query));
const HONEST = queryOf(asked());

function signedQuery(parameters: Record<string, string>, order = Object.keys(parameters)): string {
  const signer = envelopedSigner({ keys: TEST_KEY_PAIRS.identityProvider, algorithm: "rsa-sha256" });
  const all: Record<string, string> = { ...parameters, SigAlg: signer.algorithm };
  const octets = [...order, "SigAlg"].map((name) => `${name}=${encodeURIComponent(all[name] ?? "")}`).join("&");
  return `${octets}&Signature=${encodeURIComponent(signer.sign(octets))}`;
}

const XML = readRedirectQuery(HONEST).open();

describe.each(BINDINGS)("logout requests by %s", (binding) => {
  const refused = (options: Partial<TestLogoutRequestOptions>) =>
    outcome(() => received(asked({ binding, ...options })));

  it("R18: believes an honest one: whose sessions, and which", async () => {
    const request = await validateLogoutRequest(received(asked({ binding, id: "_r1" })), world());
    expect(request).toMatchObject({
      id: "_r1",
      sessionIndexes: ["s1"],
      nameId: { value: ALICE, format: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified" },
    });
    expect(await refused({ sessionIndexes: [], nameIdFormat: null })).toBe(ALICE);
  });

  it("R18, L1: refuses one that is not signed", async () => {
    expect(await refused({ variant: "unsigned" })).toBe("signature_missing");
    expect(await refused({ variant: "other-key" })).toBe("signature_invalid");
  });

  it("R18, L2: refuses SHA-1, unless the connection accepts it", async () => {
    expect(await refused({ variant: "sha1" })).toBe("signature_algorithm_refused");
    const lax = world({ insecureAcceptSha1: true });
    expect(await outcome(() => received(asked({ binding, variant: "sha1" })), lax)).toBe(ALICE);
  });

  it("R18, L9: refuses one that is wrapped", async () => {
    expect(await refused({ variant: "wrapped" })).toBe(binding === "post" ? "signature_wrapping" : "signature_missing");
  });

  it("R18, L10: refuses one that is over, and one that was issued in the future", async () => {
    expect(await refused({ variant: "expired" })).toBe("logout_expired");
    expect(await refused({ notOnOrAfter: new Date(NOW.getTime() - 60_000) })).toBe("logout_expired");
    expect(await refused({ notOnOrAfter: new Date(NOW.getTime() - 59_000) })).toBe(ALICE);
    expect(await refused({ notOnOrAfter: null })).toBe(ALICE);
    expect(await refused({ notOnOrAfter: null, issuedAt: new Date(NOW.getTime() - 660_000) })).toBe("logout_expired");
    const longAgo = { issuedAt: new Date("2026-02-01T00:00:00Z"), notOnOrAfter: new Date("2027-01-01T00:00:00Z") };
    expect(await refused(longAgo)).toBe("logout_expired");
    expect(await refused({ issuedAt: new Date(NOW.getTime() + 3_600_000) })).toBe("issued_in_the_future");
  });

  it("R18, L11: refuses one of another issuer", async () => {
    expect(await refused({ variant: "wrong-issuer" })).toBe("issuer_mismatch");
  });

  it("R18, L12: ends the sessions of nobody else than is named under the signature", async () => {
    expect(await refused({ nameId: "bob@acme.example" })).toBe("bob@acme.example");
    expect(await refused({ nameId: " alice@acme.example" })).toBe("name_id_invalid");
    const forged = (xml: string) => xml.replace(ALICE, FORGED_NAME_ID);
    if (binding === "redirect") {
      const deflated = deflateRawSync(forged(XML)).toString("base64");
      const query = HONEST.replace(/SAMLRequest=[^&]+/, `SAMLRequest=${encodeURIComponent(deflated)}`);
      expect(await asQuery(query)).toBe("signature_invalid");
    } else {
      const message = received(asked({ binding }));
      if (message.binding !== "post") throw new TypeError("expected a form");
      const field = Buffer.from(forged(Buffer.from(message.field, "base64").toString())).toString("base64");
      expect(await outcome(() => ({ ...message, field }))).toBe("digest_mismatch");
    }
  });

  it("R14, R18: refuses one that was sent elsewhere, or does not say where", async () => {
    expect(await refused({ variant: "wrong-destination" })).toBe("destination_mismatch");
    expect(await refused({ destination: null })).toBe("destination_missing");
  });

  it("R16, R18: does one once, however many come at once", async () => {
    const at = world();
    const message = received(asked({ binding }));
    const outcomes = await Promise.all([1, 2, 3].map(() => outcome(() => message, at)));
    expect(outcomes.toSorted()).toEqual([ALICE, "logout_replayed", "logout_replayed"]);
  });

  it("R18, L16: takes no request for an answer, and no answer for a request", async () => {
    const answer = idp.logoutResponse({ serviceProvider, binding, inResponseTo: "_asked" });
    expect(await outcome(() => received(answer))).toBe("root_unexpected");
    await expect(validateLogoutResponse(received(asked({ binding })), world())).rejects.toMatchObject({
      code: "root_unexpected",
    });
  });

  it("N7, R18: refuses all while nothing is set up", async () => {
    const message = received(asked({ binding }));
    expect(await outcome(() => message, world({ certificates: [] }))).toBe("certificate_missing");
    const { sloUrl: _, ...without } = serviceProvider;
    expect(
      await outcome(() => message, { ...world(), serviceProvider: { ...without } as typeof serviceProvider }),
    ).toBe("logout_not_configured");
  });
});

describe("logout requests: the query", () => {
  const { SAMLRequest = "", RelayState = "" } = Object.fromEntries(new URLSearchParams(HONEST));

  it("R18, L1: refuses one whose signature or algorithm was taken out", async () => {
    expect(await asQuery(HONEST.replace(/&Signature=.*/, ""))).toBe("signature_missing");
    expect(await asQuery(HONEST.replace(/&SigAlg=[^&]+/, ""))).toBe("signature_algorithm_refused");
    expect(await asQuery(HONEST.replace(/&SigAlg=[^&]+/, "&SigAlg=constructor"))).toBe("signature_algorithm_refused");
  });

  it("R18, L3: refuses a parameter that is there twice", async () => {
    for (const name of ["SAMLRequest", "RelayState", "SigAlg", "Signature"]) {
      const [, value] = new RegExp(`${name}=([^&]*)`).exec(HONEST) ?? [];
      expect(await asQuery(`${HONEST}&${name}=${value}`), name).toBe("query_invalid");
      expect(await asQuery(`${name}=&${HONEST}`), name).toBe("query_invalid");
    }
  });

  it("R18, L4: refuses a name in another spelling, alone or beside the proper one", async () => {
    expect(await asQuery(HONEST.replace("SAMLRequest", "SAMLReques%74"))).toBe("query_invalid");
    expect(await asQuery(`${HONEST}&SAMLReques%74=x`)).toBe("query_invalid");
    expect(await asQuery(`${HONEST}&%53ignature=x`)).toBe("query_invalid");
  });

  it("R18, L5: refuses a question and an answer at once, and neither", async () => {
    expect(await asQuery(`${HONEST}&SAMLResponse=x`)).toBe("query_invalid");
    expect(await asQuery(HONEST.replace(/SAMLRequest=[^&]+&/, ""))).toBe("query_invalid");
  });

  it("R18, L6: verifies in the order of the binding, in whatever order the parameters came", async () => {
    expect(await asQuery(HONEST.split("&").toReversed().join("&"))).toBe(ALICE);
    expect(await asQuery(signedQuery({ SAMLRequest, RelayState }, ["RelayState", "SAMLRequest"]))).toBe(
      "signature_invalid",
    );
    expect(await asQuery(`tenant=1&${HONEST}&utm=x`)).toBe(ALICE);
  });

  it("R18, L7: verifies the octets as they came, with lower-case escapes too", async () => {
    const lower = (text: string) => text.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase());
    expect(lower(HONEST)).not.toBe(HONEST);
    expect(await asQuery(lower(HONEST))).toBe("signature_invalid");
    const signer = envelopedSigner({ keys: TEST_KEY_PAIRS.identityProvider, algorithm: "rsa-sha256" });
    const octets = lower(HONEST.slice(HONEST.indexOf("SAMLRequest="), HONEST.indexOf("&Signature=")));
    expect(await asQuery(`${octets}&Signature=${encodeURIComponent(signer.sign(octets))}`)).toBe(ALICE);
  });

  it("R18, L8: refuses a RelayState that was added, taken away or changed", async () => {
    const without = queryOf(idp.logoutRequest({ serviceProvider, nameId: ALICE }));
    expect(await asQuery(without)).toBe(ALICE);
    expect(await asQuery(`${without}&RelayState=x`)).toBe("signature_invalid");
    expect(await asQuery(`${without}&RelayState=`)).toBe("signature_invalid");
    expect(await asQuery(HONEST.replace("&RelayState=state", ""))).toBe("signature_invalid");
    expect(await asQuery(HONEST.replace("&RelayState=state", "&RelayState=stat%65"))).toBe("signature_invalid");
  });

  it("R18, L13: inflates no bomb, signed or not", async () => {
    const bomb = deflateRawSync(Buffer.alloc(64 << 20, 0x20)).toString("base64");
    const started = performance.now();
    expect(await asQuery(signedQuery({ SAMLRequest: bomb }))).toBe("deflate_invalid");
    expect(performance.now() - started).toBeLessThan(500);
    expect(await asQuery(`SAMLRequest=${encodeURIComponent(bomb)}`)).toBe("signature_missing");
    expect(await asQuery("x".repeat(262_145))).toBe("response_too_large");
    expect(await asQuery(`${HONEST}${"&x=1".repeat(20)}`)).toBe(ALICE);
    expect(await asQuery(`${HONEST}${"&x=1".repeat(40)}`)).toBe("query_invalid");
  });

  it("R18, L14: refuses bytes after the compressed data, and data that is cut off", async () => {
    const deflated = Buffer.from(SAMLRequest, "base64");
    const trailing = Buffer.concat([deflated, Buffer.from("x")]).toString("base64");
    expect(await asQuery(signedQuery({ SAMLRequest: trailing }))).toBe("deflate_invalid");
    expect(await asQuery(signedQuery({ SAMLRequest: deflated.subarray(0, -2).toString("base64") }))).toBe(
      "deflate_invalid",
    );
    expect(await asQuery(signedQuery({ SAMLRequest: `${SAMLRequest}!` }))).toBe("base64_invalid");
  });

  it("R18, L15: refuses another encoding, and takes the one there is by its name", async () => {
    expect(await asQuery(`${HONEST}&SAMLEncoding=urn:x`)).toBe("query_invalid");
    const deflate = "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE";
    expect(await asQuery(`${HONEST}&SAMLEncoding=${deflate}`)).toBe(ALICE);
  });

  it("R18: refuses what is no percent-encoding, and what is no base64", async () => {
    expect(await asQuery(HONEST.replace("RelayState=state", "RelayState=%ff"))).toBe("query_invalid");
    expect(await asQuery(HONEST.replace(/Signature=.*/, "Signature=a"))).toBe("query_invalid");
  });

  const told = (xml: string) => asQuery(signedQuery({ SAMLRequest: deflateRawSync(xml).toString("base64") }));

  it("R18, L9: refuses a second message or a signature within the document", async () => {
    expect(await told(XML)).toBe(ALICE);
    const within = (child: string) => XML.replace("</saml:Issuer>", `</saml:Issuer>${child}`);
    expect(await told(within(`<samlp:Extensions>${XML}</samlp:Extensions>`))).toBe("xml_id_duplicate");
    const other = XML.replace(/ ID="[^"]+"/, ' ID="_other"');
    expect(await told(within(`<samlp:Extensions>${other}</samlp:Extensions>`))).toBe("signature_wrapping");
    expect(await told(within('<x:Signature xmlns:x="urn:x"/>'))).toBe("signature_wrapping");
  });

  it("R1, R18: gates the document of a query as every other", async () => {
    expect(await told(`<!DOCTYPE x>${XML}`)).toBe("xml_forbidden_markup");
    expect(await told(XML.replace(ALICE, "alice@acme.example<!---->.evil.example"))).toBe("xml_forbidden_markup");
    expect(await told(XML.replace('Version="2.0"', 'Version="1.1"'))).toBe("version_unsupported");
    expect(await told(XML.replace(/<saml:Issuer.*<\/saml:Issuer>/, ""))).toBe("issuer_missing");
    expect(await told(XML.replace(/<saml:NameID.*<\/saml:NameID>/, ""))).toBe("name_id_missing");
    expect(await told(XML.replace("<saml:NameID", "<saml:BaseID").replace("</saml:NameID", "</saml:BaseID"))).toBe(
      "logout_malformed",
    );
    expect(await told(XML.replace(/(<saml:NameID.*<\/saml:NameID>)/, "$1$1"))).toBe("logout_malformed");
    expect(await told(XML.replace(/ IssueInstant="[^"]+"/, ""))).toBe("logout_malformed");
    expect(
      await told(
        XML.replace(
          /<saml:NameID.*<\/saml:NameID>/,
          '<saml:EncryptedID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>',
        ),
      ),
    ).toBe("decryption_key_missing");
  });
});

describe.each(BINDINGS)("logout responses by %s", (binding) => {
  const answered = (options: Partial<Parameters<typeof idp.logoutResponse>[0]> = {}) =>
    received(idp.logoutResponse({ serviceProvider, binding, inResponseTo: "_asked", ...options }));
  const PARTIAL = "urn:oasis:names:tc:SAML:2.0:status:PartialLogout";
  const status = (name: string) => `urn:oasis:names:tc:SAML:2.0:status:${name}`;

  it.each([
    ["complete", [status("Success")]],
    ["partial", [status("Success"), PARTIAL]],
    ["partial", [status("Responder"), PARTIAL]],
    ["failed", [status("Responder")]],
    ["failed", [status("Requester"), status("Success")]],
  ])("R18: tells a logout that is %s by %j", async (expected, statusCodes) => {
    const { outcome, request } = await validateLogoutResponse(answered({ statusCodes }), world());
    expect(outcome).toBe(expected);
    expect(request.returnTo).toBe("/bye");
  });

  it("R18, L16: refuses an answer to a question that was not asked, or was answered", async () => {
    await expect(validateLogoutResponse(answered({ inResponseTo: "_other" }), world())).rejects.toMatchObject({
      code: "logout_request_unknown",
    });
    const at = world();
    await validateLogoutResponse(answered(), at);
    await expect(validateLogoutResponse(answered(), at)).rejects.toMatchObject({ code: "logout_request_unknown" });
  });

  it.each([
    ["unsigned", "signature_missing"],
    ["other-key", "signature_invalid"],
    ["sha1", "signature_algorithm_refused"],
    ["wrapped", binding === "post" ? "signature_wrapping" : "signature_missing"],
    ["wrong-issuer", "issuer_mismatch"],
    ["wrong-destination", "destination_mismatch"],
  ] as const)("R18: refuses one that is %s, and the genuine one still works", async (variant, code) => {
    const at = world();
    await expect(validateLogoutResponse(answered({ variant }), at)).rejects.toMatchObject({ code });
    expect((await validateLogoutResponse(answered(), at)).outcome).toBe("complete");
  });
});

describe("our own logout messages", () => {
  const parties = (sloBinding: "redirect" | "post", overrides: Partial<typeof idp.settings> = {}) => ({
    serviceProvider,
    identityProvider: { ...idp.settings, sloBinding, ...overrides },
    issuedAt: NOW,
    id: "id-1",
  });
  const session = {
    nameId: { value: "ada<&", format: "urn:f", nameQualifier: "urn:q", spNameQualifier: "urn:s" },
    sessionIndex: "s1",
  };
  /** We read our own messages, as if we were the provider. */
  const asProvider = {
    serviceProvider: { ...serviceProvider, sloUrl: "https://idp.example/slo" },
    identityProvider: { ...idp.settings, entityId: serviceProvider.entityId, certificates: [KEYS.ec.certificate] },
    now: NOW,
  };

  it.each(BINDINGS)("R18: asks by %s, signed, with the name and the session as they came", async (binding) => {
    const message = createLogoutRequest({ ...parties(binding), session, relayState: "handle" });
    const request = await validateLogoutRequest(received(message), { ...asProvider, replayStore: memoryReplayStore() });
    expect(request).toMatchObject({ id: "id-1", nameId: session.nameId, sessionIndexes: ["s1"] });
    expect(request.notOnOrAfter).toEqual(new Date(NOW.getTime() + 600_000));
    expect(received(message).relayState).toBe("handle");
  });

  it.each(BINDINGS)("R18: answers by %s, signed, where the answers go", async (binding) => {
    const sloResponseUrl = "https://idp.example/slo/done";
    const at = { ...asProvider, serviceProvider: { ...serviceProvider, sloUrl: sloResponseUrl } };
    const requestStore = { put: async () => {}, take: async (id: string) => ({ id, returnTo: undefined }) };
    for (const [succeeded, outcome] of [
      [true, "complete"],
      [false, "failed"],
    ] as const) {
      const options = { ...parties(binding, { sloResponseUrl }), inResponseTo: "_r1", succeeded };
      const message = createLogoutResponse(options);
      expect(await validateLogoutResponse(received(message), { ...at, requestStore })).toEqual({
        outcome,
        request: { id: "_r1", returnTo: undefined },
      });
    }
  });

  it("R18: sends nothing unsigned, and nothing to where no logout is", () => {
    const { signingKeys: _, ...keyless } = serviceProvider;
    const code = (make: () => unknown) => {
      try {
        return make();
      } catch (error) {
        return isSamlError(error) ? error.code : error;
      }
    };
    const ask = (overrides: object) =>
      code(() => createLogoutRequest({ ...parties("redirect"), session, ...overrides }));
    expect(ask({ serviceProvider: keyless })).toBe("signing_key_missing");
    expect(ask({ identityProvider: { ...idp.settings, sloUrl: undefined } })).toBe("logout_not_configured");
    expect(ask({ identityProvider: { ...idp.settings, sloUrl: "javascript:alert(1)" } })).toBe("slo_url_invalid");
    const answer = { ...parties("redirect", { sloUrl: undefined }), inResponseTo: "_r", succeeded: true };
    expect(code(() => createLogoutResponse(answer))).toBe("logout_not_configured");
  });
});
