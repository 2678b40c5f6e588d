import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { isSamlError } from "../../src/errors.ts";
import type { KeyPair } from "../../src/key-pair.ts";
import type { IncomingMessage } from "../../src/logout-message.ts";
import { validateLogoutRequest } from "../../src/logout-request.ts";
import { validateLogoutResponse } from "../../src/logout-response.ts";
import type { MessageName } from "../../src/outgoing-message.ts";
import { readRedirectQuery } from "../../src/redirect-query.ts";
import { envelopedSigner } from "../../src/testing/sign.ts";
import { memoryReplayStore } from "../http/memory-stores.ts";
import { CBC_256, type EncryptOptions, encryptElement, RSA_1_5 } from "./encrypt.ts";
import { KEYS } from "./keys.ts";
import { signOwn } from "./sign.ts";

/** Logout messages whose every character is ours, signed as they are and carried by either binding. */
const NOW = new Date("2026-03-01T12:00:00.000Z");
const ALICE = "alice@acme.example";
const NAME_ID = `<saml:NameID>${ALICE}</saml:NameID>`;
const BINDINGS = ["redirect", "post"] as const;
type Binding = (typeof BINDINGS)[number];

const serviceProvider = {
  entityId: "https://app.example/saml/c1",
  acsUrl: "https://app.example/saml/c1/acs",
  sloUrl: "https://app.example/saml/c1/slo",
};
const identityProvider = {
  entityId: "https://idp.example",
  ssoUrl: "https://idp.example/sso",
  ssoBinding: "redirect",
  certificates: [KEYS.idpA.certificate],
} as const;

const pairOf = ({ privatePem: privateKey, certificate }: typeof KEYS.sp1): KeyPair => ({ privateKey, certificate });

interface Documents {
  readonly issueInstant?: Date;
  readonly destination?: string | null;
}

function logout(
  name: "LogoutRequest" | "LogoutResponse",
  content: string,
  { issueInstant = NOW, destination = serviceProvider.sloUrl }: Documents = {},
): string {
  const attributes = [
    `ID="_m1" Version="2.0" IssueInstant="${issueInstant.toISOString()}"`,
    destination === null ? "" : ` Destination="${destination}"`,
    name === "LogoutResponse" ? ' InResponseTo="_asked"' : "",
  ].join("");
  return [
    `<samlp:${name} xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ${attributes}>`,
    `<saml:Issuer>${identityProvider.entityId}</saml:Issuer>${content}</samlp:${name}>`,
  ].join("");
}

const request = (content: string, document?: Documents) => logout("LogoutRequest", content, document);
const response = (content: string) => logout("LogoutResponse", content);

function carried(binding: Binding, xml: string, name: MessageName = "SAMLRequest", keys = KEYS.idpA): IncomingMessage {
  return binding === "post"
    ? posted(signOwn(xml, "_m1", { keys }), name)
    : redirected(deflateRawSync(xml).toString("base64"), name, keys);
}

function redirected(deflated: string, name: MessageName, keys: typeof KEYS.idpA): IncomingMessage {
  const signer = envelopedSigner({ keys: pairOf(keys), algorithm: "rsa-sha256" });
  const octets = `${new URLSearchParams({ [name]: deflated, SigAlg: signer.algorithm })}`;
  return readRedirectQuery(`${octets}&${new URLSearchParams({ Signature: signer.sign(octets) })}`);
}

function posted(xml: string, name: MessageName = "SAMLRequest"): IncomingMessage {
  return { binding: "post", name, relayState: undefined, field: Buffer.from(xml).toString("base64") };
}

interface Receiver {
  readonly decryptionKeys?: readonly KeyPair[];
  readonly sloUrl?: string;
  readonly now?: Date;
  readonly replayStore?: ReturnType<typeof memoryReplayStore>;
}

/** Whom the message signs out, or the code of its refusal. */
function asked(message: IncomingMessage, { now = NOW, replayStore, ...settings }: Receiver = {}): Promise<string> {
  const options = { serviceProvider: { ...serviceProvider, ...settings }, identityProvider, now };
  const store = replayStore ?? memoryReplayStore();
  return codeOf(async () => (await validateLogoutRequest(message, { ...options, replayStore: store })).nameId.value);
}

function answered(message: IncomingMessage): Promise<string> {
  const requestStore = { put: async () => {}, take: async (id: string) => ({ id, returnTo: undefined }) };
  const options = { serviceProvider, identityProvider, now: NOW, requestStore };
  return codeOf(async () => (await validateLogoutResponse(message, options)).outcome);
}

async function codeOf(run: () => Promise<string>): Promise<string> {
  try {
    return await run();
  } catch (error) {
    if (!isSamlError(error)) throw error;
    return error.code;
  }
}

describe.each(BINDINGS)("a name that is encrypted, by %s", (binding) => {
  const decryptionKeys = [pairOf(KEYS.sp1)];
  const encrypted = (options?: Partial<EncryptOptions>) => encryptElement(request(NAME_ID), "NameID", options);
  const told = (xml: string, receiver: Receiver = { decryptionKeys }) => asked(carried(binding, xml), receiver);

  it("R11, R18: is read with the key of this service, and with none but that", async () => {
    expect(await told(encrypted())).toBe(ALICE);
    expect(await told(encrypted(), {})).toBe("decryption_key_missing");
    expect(await told(encrypted(), { decryptionKeys: [pairOf(KEYS.sp2)] })).toBe("decryption_failed");
    expect(await told(encrypted(), { decryptionKeys: [pairOf(KEYS.sp2), ...decryptionKeys] })).toBe(ALICE);
  });

  it("R11, R18: is believed in CBC, as the signature covers it, and never with RSA 1.5", async () => {
    expect(await told(encrypted({ contentMethod: CBC_256 }))).toBe(ALICE);
    expect(await told(encrypted({ keyMethod: RSA_1_5 }))).toBe("decryption_failed");
  });

  it("R11, R18: is a name, and nothing else", async () => {
    expect(await told(encrypted({ plaintext: (xml) => xml.replaceAll("NameID", "Issuer") }))).toBe("decryption_failed");
    expect(await told(encrypted({ plaintext: () => ALICE }))).toBe("decryption_failed");
    expect(await told(encrypted({ plaintext: (xml) => xml + xml }))).toBe("decryption_failed");
    expect(await told(encrypted({ plaintext: (xml) => xml.replace(ALICE, ` ${ALICE}`) }))).toBe("name_id_invalid");
  });

  it("R18: is the only one", async () => {
    expect(await told(encrypted().replace("</samlp:LogoutRequest>", `${NAME_ID}</samlp:LogoutRequest>`))).toBe(
      "logout_malformed",
    );
    expect(await told(encrypted({ rewrite: (xml) => xml + xml.replaceAll(/ Id="[^"]+"/g, "") }))).toBe(
      "logout_malformed",
    );
  });

  it("R18: is of no use to a stranger who has the certificate", async () => {
    const message = carried(binding, encrypted(), "SAMLRequest", KEYS.attacker);
    expect(await asked(message, { decryptionKeys })).toBe("signature_invalid");
  });
});

describe.each(BINDINGS)("what is used once, by %s", (binding) => {
  it("R16, R18: is remembered for as long as it is good, the clock difference included", async () => {
    const kept: Date[] = [];
    const replayStore = { putIfAbsent: async (_: string, until: Date) => kept.push(until) > 0 };
    expect(await asked(carried(binding, request(NAME_ID)), { replayStore })).toBe(ALICE);
    // Ten minutes for a request that names no end, one for its clock, five for what the store is asked later.
    expect(kept).toEqual([new Date(NOW.getTime() + 16 * 60_000)]);
  });

  it("R16, R18: is used up at this connection, not at another that has the same store", async () => {
    const replayStore = memoryReplayStore();
    const sloUrl = "https://app.example/saml/c2/slo";
    expect(await asked(carried(binding, request(NAME_ID)), { replayStore })).toBe(ALICE);
    const other = carried(binding, request(NAME_ID, { destination: sloUrl }));
    expect(await asked(other, { replayStore, sloUrl })).toBe(ALICE);
    expect(await asked(other, { replayStore, sloUrl })).toBe("logout_replayed");
  });

  it("R16, R18: is not used up by being refused", async () => {
    const replayStore = memoryReplayStore();
    const later = new Date(NOW.getTime() + 3_600_000);
    const message = carried(binding, request(NAME_ID, { issueInstant: later }));
    expect(await asked(message, { replayStore })).toBe("issued_in_the_future");
    expect(await asked(message, { replayStore, now: later })).toBe(ALICE);
  });
});

describe.each(BINDINGS)("the shape of a message, by %s", (binding) => {
  const STATUS = '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>';
  const told = (content: string) => answered(carried(binding, response(content), "SAMLResponse"));

  it("R18: an answer has one status, and nothing that is unknown", async () => {
    expect(await told(STATUS)).toBe("complete");
    expect(await told(`<samlp:Extensions/>${STATUS}`)).toBe("complete");
    expect(await told("")).toBe("logout_malformed");
    expect(await told(STATUS + STATUS)).toBe("logout_malformed");
    expect(await told(`${STATUS}<x:More xmlns:x="urn:x"/>`)).toBe("logout_malformed");
    expect(await told(`${STATUS}text`)).toBe("logout_malformed");
  });

  it("R14, R18: without an address of our own nothing is sent to it, not even what has none", async () => {
    const { sloUrl: _, ...without } = serviceProvider;
    const message = carried(binding, request(NAME_ID, { destination: null }));
    const options = { serviceProvider: without, identityProvider, now: NOW, replayStore: memoryReplayStore() };
    await expect(validateLogoutRequest(message, options)).rejects.toMatchObject({ code: "logout_not_configured" });
  });
});

describe("the signature within a form", () => {
  const signed = signOwn(request(NAME_ID), "_m1");
  const [signature = ""] = /<ds:Signature .*<\/ds:Signature>/s.exec(signed) ?? [];

  it("R18, L9: is one, a child of the message, and a signature by its namespace", async () => {
    expect(await asked(posted(signed))).toBe(ALICE);
    const renamed = signature
      .replace("<ds:Signature ", '<x:Signature xmlns:x="urn:x" ')
      .replace("</ds:Signature>", "</x:Signature>");
    for (const placed of [renamed, `<samlp:Extensions>${signature}</samlp:Extensions>`, signature + signature]) {
      expect(await asked(posted(signed.replace(signature, placed)))).toBe("signature_wrapping");
    }
  });
});

describe("the signature over a query", () => {
  it("R18, L13: is verified before anything is decompressed", async () => {
    const bomb = deflateRawSync(Buffer.alloc(16 << 20, 0x20)).toString("base64");
    expect(await asked(redirected(bomb, "SAMLRequest", KEYS.attacker))).toBe("signature_invalid");
  });
});
