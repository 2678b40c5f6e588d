/**
 * The shape of a preset: what an admin meets on the screens of one identity provider, and how it behaves.
 *
 * @module
 */
import type { IdpKind } from "../ports/index.ts";

/** Our own values, which an admin copies to the identity provider. */
export type ServiceProviderValue = "acsUrl" | "entityId" | "signInUrl" | "metadataUrl";

export interface IdentityProviderPreset {
  readonly kind: IdpKind;
  /** As its vendor writes it. */
  readonly name: string;
  /** Whether it stands in the list of choices itself; the rest are found under "Others" (R74, R75). */
  readonly listed: boolean;
  /** Where its SAML settings are. */
  readonly screen: string;
  /** What its screens call our values; a value without a label has no field there (R76, R77). */
  readonly labels: Readonly<Partial<Record<ServiceProviderValue, string>>>;
  /** What its screens call its own values, which an admin brings back. */
  readonly ownLabels: {
    readonly ssoUrl: string;
    readonly entityId: string;
    readonly certificate: string;
    readonly metadata: string;
  };
  /** Whether its metadata has an address, or is a file only. */
  readonly metadata: "address" | "file";
  /** What it calls the attributes unless an admin says otherwise; case-sensitive (R80, R81). */
  readonly attributeNames: { readonly email: string; readonly name: string };
  /** What it sends as NameID by default, and what to choose (R79). */
  readonly nameId: { readonly default: string; readonly advice: string };
  /** Which part of a response it signs by default. */
  readonly signs: "assertion" | "response" | "both" | "either";
  /** Where to change what may have to be changed there. */
  readonly whereToChange: { readonly attributes: string; readonly certificate: string; readonly signing: string };
  /** What surprises people, one sentence each. */
  readonly quirks: readonly string[];
}

/** For identity providers where an admin names the attributes. */
export const PLAIN_ATTRIBUTE_NAMES = { email: "email", name: "name" } as const;
