import { describe, expect, it } from "vitest";
import type { SamlErrorCode } from "../../src/errors.ts";
import { SignInRefusal } from "../../src/http/index.ts";
import type { IdentityProviderSettings } from "../../src/identity-provider.ts";
import type { KeyPair } from "../../src/key-pair.ts";
import {
  createTestIdentityProvider,
  type RespondOptions,
  TEST_KEY_PAIRS,
  type TestResponseVariant,
} from "../../src/testing/index.ts";
import { createWorld, refusalOf } from "./world.ts";

const FORM = { "content-type": "application/x-www-form-urlencoded" };

describe("POST acs: accepted", () => {
  it.each(["assertion", "response", "both"] as const)(
    "V1–V3: signs somebody in with a signed %s, and returns to where the question came from",
    async (sign) => {
      const world = createWorld();
      const response = await world.deliver(
        world.respond({ authnRequestUrl: await world.ask("c1", "/docs?page=2"), sign }),
      );
      expect(response.status).toBe(303);
      expect(response.headers.get("location")).toBe("/docs?page=2");
      expect(response.headers.get("set-cookie")).toBe("session=1");
      const [signIn] = world.signIns;
      expect(signIn?.claims.nameId.value).toBe("ada@acme.example");
      expect(signIn?.claims.attributes.get("email")).toEqual(["ada@acme.example"]);
      expect(world.refusals).toEqual([]);
    },
  );

  it("R78: the audience may be the callback address", async () => {
    const world = createWorld();
    const audience = "https://app.example/saml/c1/acs";
    const response = await world.deliver(world.respond({ authnRequestUrl: await world.ask(), audience }));
    expect(response.status).toBe(303);
  });

  it("R19: a relay state cannot bend the way back of a question", async () => {
    const world = createWorld();
    const { samlResponse } = world.respond({ authnRequestUrl: await world.ask("c1", "/docs") });
    const response = await world.deliver({ samlResponse, relayState: "/elsewhere" });
    expect(response.headers.get("location")).toBe("/docs");
  });
});

describe("POST acs: encrypted", () => {
  const signed = ["assertion", "response", "both"] as const;
  const encryptions: readonly NonNullable<RespondOptions["encrypt"]>[] = [
    {},
    { content: "aes128-gcm", keyTransport: "rsa-oaep-sha256", placement: "beside" },
    { parts: ["name-id"] },
    { parts: ["attributes"], content: "aes128-cbc" },
    { parts: ["assertion", "name-id", "attributes"] },
  ];

  it.each(encryptions)("V4, V5: %j signs somebody in, whatever is signed", async (encrypt) => {
    for (const sign of signed) {
      const world = createWorld();
      const answer = world.respond({ authnRequestUrl: await world.ask(), sign, encrypt });
      expect(Buffer.from(answer.samlResponse, "base64").toString()).toContain("<xenc:EncryptedData ");
      expect((await world.deliver(answer)).status).toBe(303);
      expect(world.signIns[0]?.claims.nameId.value).toBe("ada@acme.example");
      expect(world.signIns[0]?.claims.attributes.get("email")).toEqual(["ada@acme.example"]);
    }
  });

  it("C4: AES-CBC only where the response is signed", async () => {
    const deliver = async (sign: (typeof signed)[number]) => {
      const world = createWorld();
      return world.deliver(
        world.respond({ authnRequestUrl: await world.ask(), sign, encrypt: { content: "aes256-cbc" } }),
      );
    };
    expect((await Promise.all(signed.map(deliver))).map(({ status }) => status)).toEqual([403, 303, 303]);
  });

  it("R11: both keys of a rollover will do, and a key that was taken away will not", async () => {
    const { serviceProvider: current, stranger: previous } = TEST_KEY_PAIRS;
    const { status } = await deliverFor([current, previous], previous.certificate);
    expect(status).toBe(303);
    expect((await deliverFor([current], previous.certificate)).status).toBe(403);
  });

  it("R11: a service without a key says so, as it says nothing of the message", async () => {
    const response = await deliverFor([], TEST_KEY_PAIRS.serviceProvider.certificate);
    expect(response.status).toBe(409);
    expect((await refusalOf(response)).code).toBe("decryption_key_missing");
  });

  it("R11: whoever sends something encrypted learns nothing but that it is refused", async () => {
    const bodies: string[] = [];
    for (const variant of ["encrypted-unsigned", "encrypted-other-key", "encrypted-for-another"] as const) {
      const world = createWorld({}, { randomId: () => "_id" });
      const response = await world.deliver(world.respond({ authnRequestUrl: await world.ask(), variant }));
      bodies.push(`${response.status} ${await response.text()}`);
      const { message, hint, details } = world.refusals[0]?.error ?? {};
      bodies.push(JSON.stringify({ message, hint, details }));
    }
    expect(new Set(bodies).size).toBe(2);
  });

  async function deliverFor(decryptionKeys: readonly KeyPair[], certificate: string): Promise<Response> {
    const serviceProvider = { entityId: "https://app.example/saml/c1", acsUrl: "https://app.example/saml/c1/acs" };
    const world = createWorld({ serviceProvider: { ...serviceProvider, decryptionKeys } });
    return world.deliver(world.respond({ authnRequestUrl: await world.ask(), encrypt: { certificate } }));
  }
});

describe("POST acs: unsolicited", () => {
  it("P20, R86: is refused while the switch is off", async () => {
    const world = createWorld();
    const response = await world.deliver(world.respond());
    expect(response.status).toBe(403);
    expect((await refusalOf(response)).code).toBe("unsolicited_refused");
    expect(world.signIns).toEqual([]);
  });

  it.each([
    ["/start", "/start"],
    ["https://elsewhere.example", undefined],
    ["//elsewhere.example", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("R87, R19: with the switch on a relay state of %j leads to %j", async (relayState, returnTo) => {
    const world = createWorld({ allowIdpInitiated: true });
    const { samlResponse } = world.respond();
    const response = await world.deliver(relayState === undefined ? { samlResponse } : { samlResponse, relayState });
    expect(response.status).toBe(303);
    expect(world.signIns[0]?.returnTo).toBe(returnTo);
    expect(world.signIns[0]?.claims.request).toBeUndefined();
  });
});

describe("POST acs: used twice", () => {
  it.each([false, true])("P27, P28: an assertion works once (unsolicited: %s)", async (unsolicited) => {
    const world = createWorld({ allowIdpInitiated: true });
    const answer = world.respond(unsolicited ? {} : { authnRequestUrl: await world.ask() });
    expect((await world.deliver(answer)).status).toBe(303);
    expect((await world.deliver(answer)).status).toBe(403);
    expect(world.signIns).toHaveLength(1);
  });

  it("P27: another response with an assertion id that was used is refused", async () => {
    const world = createWorld({ allowIdpInitiated: true });
    expect((await world.deliver(world.respond({ variant: "replayed-id" }))).status).toBe(303);
    expect((await world.deliver(world.respond({ variant: "replayed-id" }))).status).toBe(403);
  });

  it.each([false, true])("P29: of two concurrent posts exactly one wins (unsolicited: %s)", async (unsolicited) => {
    const world = createWorld({ allowIdpInitiated: true });
    const answer = world.respond(unsolicited ? {} : { authnRequestUrl: await world.ask() });
    const statuses = (await Promise.all([world.deliver(answer), world.deliver(answer)])).map(({ status }) => status);
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
    expect(world.signIns).toHaveLength(1);
  });
});

describe("POST acs: refused", () => {
  const codes: Readonly<Record<Exclude<TestResponseVariant, "replayed-id">, SamlErrorCode>> = {
    unsigned: "signature_missing",
    "other-key": "signature_invalid",
    tampered: "digest_mismatch",
    sha1: "signature_algorithm_refused",
    hmac: "signature_algorithm_refused",
    "comment-in-nameid": "xml_forbidden_markup",
    doctype: "xml_forbidden_markup",
    expired: "conditions_expired",
    "not-yet-valid": "conditions_not_yet_valid",
    "wrong-issuer": "issuer_mismatch",
    "wrong-audience": "audience_mismatch",
    "wrong-recipient": "recipient_mismatch",
    "wrong-destination": "destination_mismatch",
    "wrong-request": "request_unknown",
    "holder-of-key": "confirmation_missing",
    "failed-status": "status_not_success",
    "encrypted-unsigned": "decryption_failed",
    "encrypted-other-key": "decryption_failed",
    "encrypted-for-another": "decryption_failed",
    "encrypted-swapped": "digest_mismatch",
    "encrypted-cbc": "decryption_failed",
    "encrypted-rsa-1_5": "decryption_failed",
    "encrypted-short-tag": "decryption_failed",
    xsw1: "signature_wrapping",
    xsw2: "signature_wrapping",
    xsw3: "signature_wrapping",
    xsw4: "signature_wrapping",
    xsw5: "signature_wrapping",
    xsw6: "signature_wrapping",
    xsw7: "signature_wrapping",
    xsw8: "signature_wrapping",
  };

  it.each(Object.entries(codes))("R1–R16: %s signs nobody in, and the log says why: %s", async (variant, code) => {
    const world = createWorld({ allowIdpInitiated: true });
    const authnRequestUrl = await world.ask();
    const response = await world.deliver(world.respond({ authnRequestUrl, variant: variant as TestResponseVariant }));
    const refusal = await refusalOf(response);
    expect(refusal.code).toBe(code);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(world.signIns).toEqual([]);
    const { requestId } = refusal;
    expect(world.refusals).toEqual([{ connectionId: "c1", requestId, error: expect.objectContaining({ code }) }]);
    expect(world.faults).toEqual([]);
  });

  it("R16: a forged response does not use up the question that it claims to answer", async () => {
    const world = createWorld();
    const authnRequestUrl = await world.ask();
    expect((await world.deliver(world.respond({ authnRequestUrl, variant: "other-key" }))).status).toBe(403);
    expect((await world.deliver(world.respond({ authnRequestUrl }))).status).toBe(303);
  });

  it("attack 53: a response for one connection is refused by the other, though both trust the same provider", async () => {
    const world = createWorld();
    const toFirst = world.respond({ authnRequestUrl: await world.ask("c1") });
    expect((await world.deliver(toFirst, "c2")).status).toBe(403);
    const second = world.connections.get("c2")?.serviceProvider;
    const options: Partial<RespondOptions> = second === undefined ? {} : { serviceProvider: second };
    // P31: the right place and audience, in answer to the other connection's question.
    const toOthersQuestion = world.respond({ ...options, authnRequestUrl: await world.ask("c1") });
    expect((await world.deliver(toOthersQuestion, "c2")).status).toBe(403);
    expect(world.signIns).toEqual([]);
  });

  it("R0: changed settings act at once", async () => {
    const world = createWorld();
    const answer = world.respond({ authnRequestUrl: await world.ask() });
    const connection = world.connections.get("c1");
    if (connection === undefined) throw new TypeError("no connection");
    const identityProvider = { ...world.idp.settings, certificates: [TEST_KEY_PAIRS.stranger.certificate] };
    world.connections.set("c1", { ...connection, identityProvider });
    expect((await world.deliver(answer)).status).toBe(403);
    world.connections.delete("c1");
    expect((await world.deliver(answer)).status).toBe(404);
  });

  it("R84: an expired certificate is refused, unless the connection accepts those", async () => {
    const world = createWorld();
    const { expired } = TEST_KEY_PAIRS;
    const provider = createTestIdentityProvider({ ...world.idp.settings, keys: expired, clock: () => world.clock });
    const connection = world.connections.get("c1");
    if (connection === undefined) throw new TypeError("no connection");
    const signInWith = async (settings: Partial<IdentityProviderSettings>) => {
      world.connections.set("c1", { ...connection, identityProvider: { ...provider.settings, ...settings } });
      const { serviceProvider } = connection;
      return world.deliver(provider.respond({ serviceProvider, nameId: "ada", authnRequestUrl: await world.ask() }));
    };
    expect((await refusalOf(await signInWith({}))).code).toBe("certificate_expired");
    expect((await signInWith({ insecureAcceptExpiredCertificates: true })).status).toBe(303);
  });

  it("shows the host's own refusal, without calling it a fault", async () => {
    const world = createWorld({
      signIn: async () => {
        throw new SignInRefusal("not_provisioned", "Ask your administrator for an account.");
      },
    });
    const response = await world.deliver(world.respond({ authnRequestUrl: await world.ask() }));
    expect(response.status).toBe(403);
    expect(await refusalOf(response)).toMatchObject({
      code: "not_provisioned",
      message: "Ask your administrator for an account.",
    });
    expect([...world.refusals, ...world.faults]).toEqual([]);
  });

  it("answers a fault of the host with 500 and describes it to nobody but the host", async () => {
    const fault = new Error("connection to db.internal refused");
    const world = createWorld({ signIn: () => Promise.reject(fault) });
    const response = await world.deliver(world.respond({ authnRequestUrl: await world.ask() }));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("db.internal");
    expect(world.faults).toEqual([fault]);
  });
});

describe("POST acs: the form", () => {
  it.each([
    ["without a response", "RelayState=x", FORM, 400, "form_invalid"],
    ["with two responses", "SAMLResponse=a&SAMLResponse=b", FORM, 400, "form_invalid"],
    ["with two responses, one disguised", "SAMLResponse=a&SAMLRespons%65=b", FORM, 400, "form_invalid"],
    ["with two relay states", "SAMLResponse=a&RelayState=b&RelayState=c", FORM, 400, "form_invalid"],
    ["with very many fields", `SAMLResponse=a${"&x=1".repeat(40)}`, FORM, 400, "form_invalid"],
    ["that is not UTF-8", Buffer.from("SAMLResponse=a\u00FF", "latin1"), FORM, 400, "form_invalid"],
    ["that is empty", "", FORM, 400, "form_invalid"],
    ["whose response is no base64", "SAMLResponse=%00%ff", FORM, 400, "base64_invalid"],
    ["whose response is no XML", "SAMLResponse=AAAA", FORM, 400, "xml_invalid"],
    ["that is JSON", "{}", { "content-type": "application/json" }, 415, "content_type_unsupported"],
    ["of no type", new Uint8Array([1]), {}, 415, "content_type_unsupported"],
    ["that is too large", `SAMLResponse=${"a".repeat(600_000)}`, FORM, 413, "body_too_large"],
    ["that says it is too large", "SAMLResponse=a", { ...FORM, "content-length": "600000" }, 413, "body_too_large"],
    ["whose response is too large", `SAMLResponse=${"a".repeat(400_000)}`, FORM, 413, "response_too_large"],
  ] as const)("R0: a form %s is refused", async (_, body, headers, status, code) => {
    const world = createWorld({ allowIdpInitiated: true });
    const response = await world.post("/saml/c1/acs", body, headers);
    expect(response.status).toBe(status);
    expect((await refusalOf(response)).code).toBe(code);
    expect(world.refusals).toHaveLength(1);
    expect(world.faults).toEqual([]);
  });

  it("R13, R16: is judged when all of it is there, not when its sender begins", async () => {
    const world = createWorld({ allowIdpInitiated: true });
    const { samlResponse } = world.respond();
    const { status } = await world.post(
      "/saml/c1/acs",
      heldBack(samlResponse, () => undefined),
      FORM,
    );
    expect(status).toBe(303);
    const later = new Date(world.clock.getTime() + 10 * 60_000);
    const late = await world.post(
      "/saml/c1/acs",
      heldBack(samlResponse, () => {
        world.clock = later;
      }),
      FORM,
    );
    expect((await refusalOf(late)).code).toBe("conditions_expired");
  });

  it("R0, P32: is judged by the settings as they are when all of it is there: a connection that was closed takes nothing", async () => {
    const world = createWorld({ allowIdpInitiated: true });
    const body = heldBack(world.respond().samlResponse, () => world.connections.delete("c1"));
    expect((await refusalOf(await world.post("/saml/c1/acs", body, FORM))).code).toBe("connection_not_found");
  });

  it("R0: stops reading a body beyond the limit, whatever length it announced", async () => {
    const world = createWorld({}, { bodyBytes: 1000 });
    let pulled = 0;
    const long = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        if (pulled > 100) controller.close();
        else controller.enqueue(new Uint8Array(600));
      },
    });
    const response = await world.post("/saml/c1/acs", long, FORM);
    expect(response.status).toBe(413);
    expect(pulled).toBeLessThan(6);
  });
});

/** A form whose last bytes come after something else has happened. */
function heldBack(samlResponse: string, meanwhile: () => unknown): ReadableStream<Uint8Array> {
  const [first, last] = [`SAMLResponse=${encodeURIComponent(samlResponse)}`, "&RelayState="];
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(Buffer.from(first)),
      pull: (controller) => {
        meanwhile();
        controller.enqueue(Buffer.from(last));
        controller.close();
      },
    },
    { highWaterMark: 1 },
  );
}
