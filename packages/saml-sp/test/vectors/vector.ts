import type { SamlErrorCode } from "../../src/errors.ts";
import type { ValidateResponseOptions } from "../../src/response.ts";
import { type EncryptOptions, encryptElement } from "./encrypt.ts";
import { buildResponse, type ResponseContent } from "./response-builder.ts";
import { type Sign, type SignOptions, signOwn, signWithXmlCrypto } from "./sign.ts";

/** What is signed: the assertion, the response, both. */
export type Base = "AS" | "RS" | "BS";
export type Flow = "sp-initiated" | "idp-initiated";
export type SignerName = "own" | "xml-crypto";

/** One way to run a vector. */
export interface Variation {
  readonly base: Base;
  readonly flow: Flow;
  readonly signer: SignerName;
}

/** What a vector is made with. */
export interface Workshop extends Variation {
  readonly sign: Sign;
  /** An unsigned response of the variation's flow. */
  build(overrides?: Partial<ResponseContent>): string;
  /** A response signed as the variation's base says. */
  signed(overrides?: Partial<ResponseContent>, options?: Partial<SignOptions>): string;
  /** The same with an encrypted assertion: its own signature is made before, that of the response after. */
  encrypted(options?: Partial<EncryptOptions>, overrides?: Partial<ResponseContent>): string;
}

/** A document, its bytes, or the form field as it is sent. */
export type Crafted = string | Uint8Array | { readonly field: string };

export type Expectation =
  | {
      readonly accept: true;
      readonly nameId?: string;
      readonly attributes?: Readonly<Record<string, readonly (string | null)[]>>;
    }
  | { readonly reject: SamlErrorCode | readonly SamlErrorCode[] };

/** One attack, or one honest shape. */
export interface Vector {
  readonly id: string;
  readonly title: string;
  /** All when absent. */
  readonly bases?: readonly Base[];
  /** Both when absent. */
  readonly flows?: readonly Flow[];
  /** When absent, both for what is accepted, and the own one for what is refused. */
  readonly signers?: readonly SignerName[];
  /** What the connection has set otherwise. */
  readonly settings?: Partial<ValidateResponseOptions["identityProvider"]>;
  readonly options?: Partial<ValidateResponseOptions>;
  /** Why xml-crypto does not agree that this is signed. */
  readonly oracleDiffers?: string;
  readonly craft: (workshop: Workshop) => Crafted;
  readonly expect: Expectation;
}

export const SIGNERS: Readonly<Record<SignerName, Sign>> = { own: signOwn, "xml-crypto": signWithXmlCrypto };

/** The honest response of each variation, as most vectors begin with it. */
const HONEST = new Map<string, string>();

export function openWorkshop(variation: Variation): Workshop {
  const { base, flow, signer } = variation;
  const sign = SIGNERS[signer];
  const unsolicited = flow === "sp-initiated" ? {} : { responseInResponseTo: undefined, inResponseTo: undefined };
  const build = (overrides: Partial<ResponseContent> = {}) => buildResponse({ ...unsolicited, ...overrides });
  const make = (overrides: Partial<ResponseContent> = {}, options: Partial<SignOptions> = {}) => {
    const inner = base === "RS" ? build(overrides) : sign(build(overrides), "_assertion", options);
    return base === "AS" ? inner : sign(inner, "_response", options);
  };
  return {
    ...variation,
    sign,
    build,
    signed: (overrides, options) => {
      if (overrides !== undefined || options !== undefined) return make(overrides, options);
      const key = JSON.stringify(variation);
      const known = HONEST.get(key) ?? make();
      HONEST.set(key, known);
      return known;
    },
    encrypted: (options, overrides) => {
      const inner = base === "RS" ? build(overrides) : sign(build(overrides), "_assertion");
      const outer = encryptElement(inner, "Assertion", options);
      return base === "AS" ? outer : sign(outer, "_response");
    },
  };
}

/** Every way to run a vector. */
export function variationsOf({ bases, flows, signers, expect }: Vector): readonly Variation[] {
  const defaultSigners: readonly SignerName[] = "accept" in expect ? ["own", "xml-crypto"] : ["own"];
  return (bases ?? (["AS", "RS", "BS"] as const)).flatMap((base) =>
    (flows ?? (["sp-initiated", "idp-initiated"] as const)).flatMap((flow) =>
      (signers ?? defaultSigners).map((signer) => ({ base, flow, signer })),
    ),
  );
}
