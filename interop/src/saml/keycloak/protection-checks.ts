/**
 * What Keycloak signs and encrypts, against what the connection demands.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Check } from "../../checks.ts";
import { expectRefusal } from "../tell.ts";
import { type Attributes, accepted, agree, ask, type KeycloakParties, signsIn } from "./parties.ts";

type Signed = "assertion" | "response" | "both";
const SIGNED: readonly Signed[] = ["assertion", "response", "both"];

function signing(signed: Signed): Attributes {
  return {
    "saml.assertion.signature": String(signed !== "response"),
    "saml.server.signature": String(signed !== "assertion"),
  };
}

export function signatures(parties: KeycloakParties): readonly Check[] {
  const demanded = SIGNED.flatMap((signaturePolicy) =>
    SIGNED.map((signed) => {
      const fits = signed === "both" || signed === signaturePolicy;
      return {
        name: `signed: ${signed}, where ${signaturePolicy} is demanded, is ${fits ? "accepted" : "refused"}`,
        run: async () => {
          await agree(parties, signing(signed), { signaturePolicy });
          if (fits) return signsIn(parties);
          return expectRefusal(parties.service, (await ask(parties)).response.fields, "signature_missing");
        },
      };
    }),
  );
  return [...demanded, ...algorithms(parties)];
}

/** By the names of Keycloak; what is refused is forgeable (SHA-1), or not among what SAML products share (PSS). */
function algorithms(parties: KeycloakParties): readonly Check[] {
  const signedWith = async (algorithm: string) => {
    await agree(parties, { ...signing("both"), "saml.signature.algorithm": algorithm });
    return (await ask(parties)).response;
  };
  return [
    {
      name: "signed with RSA_SHA512",
      run: async () => void (await accepted(parties, await signedWith("RSA_SHA512"))),
    },
    ...["RSA_SHA1", "RSA_SHA256_MGF1"].map((algorithm) => ({
      name: `signed with ${algorithm} is refused`,
      run: async () =>
        expectRefusal(parties.service, (await signedWith(algorithm)).fields, "signature_algorithm_refused"),
    })),
  ];
}

const GCM_128 = "http://www.w3.org/2009/xmlenc11#aes128-gcm";
const CBC_256 = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";
const OAEP_MGF1P = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
const RSA_1_5 = "http://www.w3.org/2001/04/xmlenc#rsa-1_5";

export function encryption(parties: KeycloakParties): readonly Check[] {
  const encrypted = async (signed: Signed, attributes: Attributes = {}) => {
    await agree(parties, { ...signing(signed), ...attributes, "saml.encrypt": "true" });
    const { response } = await ask(parties);
    const xml = Buffer.from(response.fields.SAMLResponse ?? "", "base64").toString("utf8");
    assert.match(xml, /EncryptedAssertion/);
    for (const algorithm of Object.values(attributes)) assert.ok(xml.includes(algorithm), `${algorithm} was not used.`);
    return response;
  };
  const gcm128 = { "saml.encryption.algorithm": GCM_128, "saml.encryption.keyAlgorithm": OAEP_MGF1P };
  const cbc = { "saml.encryption.algorithm": CBC_256 };
  return [
    ...SIGNED.map((signed) => ({
      name: `an encrypted assertion, signed: ${signed}`,
      run: async () => void (await accepted(parties, await encrypted(signed))),
    })),
    {
      name: "an assertion encrypted with AES-128-GCM and RSA-OAEP-MGF1P",
      run: async () => void (await accepted(parties, await encrypted("assertion", gcm128))),
    },
    {
      name: "an assertion encrypted with AES-256-CBC, in a signed response",
      run: async () => void (await accepted(parties, await encrypted("response", cbc))),
    },
    {
      name: "an assertion encrypted with AES-256-CBC is refused where only it is signed",
      run: async () => expectRefusal(parties.service, (await encrypted("assertion", cbc)).fields, "decryption_failed"),
    },
    {
      name: "an assertion whose key is encrypted with RSA 1.5 is refused",
      run: async () => {
        const { fields } = await encrypted("both", { "saml.encryption.keyAlgorithm": RSA_1_5 });
        await expectRefusal(parties.service, fields, "decryption_failed");
      },
    },
  ];
}
