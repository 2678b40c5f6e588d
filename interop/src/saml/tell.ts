/**
 * What suites ask of the service without a browser, and what they expect of its answer.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { SamlErrorCode, SignedClaims } from "@muster/saml-sp";
import type { SamlService } from "./service.ts";

/** The fields of a form, or of a query. */
export interface MessageForm {
  readonly SAMLRequest?: string;
  readonly SAMLResponse?: string;
  readonly RelayState?: string;
}

/** Posts what an identity provider answered to the callback. */
export function postResponse({ serviceProvider }: SamlService, form: MessageForm): Promise<Response> {
  return fetch(serviceProvider.acsUrl, { method: "POST", body: new URLSearchParams({ ...form }), redirect: "manual" });
}

/** @returns what the service learned */
export async function expectSignIn(service: SamlService, form: MessageForm): Promise<SignedClaims> {
  const before = service.signIns.length;
  const { status } = await postResponse(service, form);
  const claims = service.signIns[before];
  assert.ok(claims !== undefined, `The sign-in was refused: ${lastRefusal(service)} (status ${status}).`);
  return claims;
}

/** @param codes of which one must be the reason */
export async function expectRefusal(
  service: SamlService,
  form: MessageForm,
  ...codes: readonly SamlErrorCode[]
): Promise<void> {
  const [signIns, refusals] = [service.signIns.length, service.refusals.length];
  await postResponse(service, form);
  assert.equal(service.signIns.length, signIns, "Somebody was signed in.");
  assert.equal(service.refusals.length, refusals + 1, "Nobody was refused.");
  const code = service.refusals.at(-1)?.code;
  assert.ok(code !== undefined && codes.includes(code), `Refused as ${code}, expected ${codes.join(" or ")}.`);
}

/** For messages: code and hint of the newest refusal. */
export function lastRefusal({ refusals }: SamlService): string {
  const refusal = refusals.at(-1);
  return refusal === undefined ? "no reason was given" : `${refusal.code}, ${refusal.message}`;
}
