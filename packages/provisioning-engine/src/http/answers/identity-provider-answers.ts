/**
 * Identity providers and how they are set up, as the management API answers them.
 *
 * @module
 */
import { IDP_KIND } from "../../admin/shapes.ts";
import type {
  CertificateView,
  IdentityProviderPreviewView,
  IdentityProviderView,
  MetadataView,
} from "../../admin/views.ts";
import type { IdentityProviderPreset } from "../../idp-presets/preset.ts";
import type { SetupGuide } from "../../idp-presets/setup-guide.ts";
import type { IdentityProviderDifference } from "../../ports/index.ts";
import { z } from "../../validation/zod.ts";
import { INSTANT, NULLABLE_TEXT } from "./answer-parts.ts";

const CERTIFICATE: z.ZodType<CertificateView> = z.object({
  subject: z.string(),
  fingerprint: z.string().describe("SHA-256"),
  notBefore: INSTANT,
  notAfter: INSTANT,
  daysLeft: z.int().describe("Negative when it has ended."),
});

const BINDING = z.enum(["redirect", "post"]);

const ATTRIBUTE_NAMES = z.object({ email: z.string(), name: z.string() });

const SIGNATURE_POLICY = z.enum(["assertion", "response", "both", "either"]);

export const IDENTITY_PROVIDER: z.ZodType<IdentityProviderView> = z.object({
  entityId: z.string(),
  ssoUrl: z.string(),
  ssoBinding: BINDING,
  wantAuthnRequestsSigned: z.boolean().optional().describe("Whether its metadata asks for signed requests."),
  sloUrl: z.string().optional().describe("Where it takes logout messages; nowhere when absent."),
  sloResponseUrl: z.string().optional(),
  sloBinding: BINDING.optional(),
  certificates: z.array(CERTIFICATE),
  attributeNames: ATTRIBUTE_NAMES,
  signaturePolicy: SIGNATURE_POLICY,
  signAuthnRequests: z.boolean().nullable().describe("Null: as its metadata asks."),
  requestedAuthnContext: z.array(z.string()).describe("Classes of which every sign-in must have used one."),
  forceAuthn: z.boolean(),
  insecureAcceptExpiredCertificates: z.boolean(),
  insecureAcceptSha1: z.boolean(),
  insecureAcceptCbcEncryption: z.boolean(),
  metadataUrl: NULLABLE_TEXT,
  metadataRefresh: z.enum(["automatic", "notify", "off"]),
  metadataCertificates: z.array(CERTIFICATE).describe("Who must have signed its metadata."),
});

const IDENTITY_PROVIDER_DIFFERENCE: z.ZodType<IdentityProviderDifference> = z.object({
  fields: z.array(
    z.object({
      field: z.enum(["entityId", "ssoUrl", "ssoBinding", "sloUrl"]),
      from: NULLABLE_TEXT,
      to: NULLABLE_TEXT,
    }),
  ),
  certificatesAdded: z.array(z.string()).describe("Fingerprints"),
  certificatesRemoved: z.array(z.string()).describe("Fingerprints"),
});

export const METADATA: z.ZodType<MetadataView> = z.object({
  readAt: INSTANT.nullable().describe("When it was last read and believed."),
  nextAt: INSTANT.nullable().describe("When it is read again; null for never."),
  validUntil: INSTANT.nullable(),
  failure: z
    .object({
      code: z.string(),
      message: z.string(),
      hint: NULLABLE_TEXT,
      since: INSTANT,
      attempts: z.int(),
    })
    .nullable()
    .describe("Why it cannot be read or followed; what is configured stays."),
  announced: IDENTITY_PROVIDER_DIFFERENCE.nullable().describe("What waits for an admin to save it."),
});

export const IDENTITY_PROVIDER_PREVIEW: z.ZodType<IdentityProviderPreviewView> = z.object({
  entityId: z.string(),
  ssoUrl: z.string(),
  ssoBinding: BINDING,
  attributeNames: ATTRIBUTE_NAMES,
  bindings: z.array(BINDING),
  nameIdFormats: z.array(z.string()),
  validUntil: INSTANT.nullable(),
  certificates: z.array(CERTIFICATE),
  difference: IDENTITY_PROVIDER_DIFFERENCE,
});

const SP_VALUES = ["acsUrl", "entityId", "signInUrl", "metadataUrl"] as const;

const PRESET_FIELDS = {
  kind: IDP_KIND,
  name: z.string(),
  screen: z.string().describe("Where its SAML settings are."),
  ownLabels: z
    .object({ ssoUrl: z.string(), entityId: z.string(), certificate: z.string(), metadata: z.string() })
    .describe("What it calls its own values."),
  metadata: z.enum(["address", "file"]),
  attributeNames: ATTRIBUTE_NAMES,
  nameId: z.object({ default: z.string(), advice: z.string() }),
  signs: SIGNATURE_POLICY,
  whereToChange: z.object({ attributes: z.string(), certificate: z.string(), signing: z.string() }),
  quirks: z.array(z.string()),
};

export const IDP_PRESET: z.ZodType<IdentityProviderPreset> = z.object({
  ...PRESET_FIELDS,
  listed: z.boolean().describe("Offered by its name; the rest under Others."),
  labels: z.partialRecord(z.enum(SP_VALUES), z.string()).describe("What it calls our values."),
});

export const SETUP_GUIDE: z.ZodType<SetupGuide> = z.object({
  ...PRESET_FIELDS,
  copy: z.array(z.object({ value: z.enum(SP_VALUES), label: z.string(), text: z.string() })),
});
