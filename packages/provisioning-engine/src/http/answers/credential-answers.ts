/**
 * Tokens and clients, as the management API answers them.
 *
 * @module
 */
import type { ClientView, TokenView } from "../../admin/views.ts";
import { z } from "../../validation/zod.ts";
import { INSTANT, NULLABLE_TEXT } from "./answer-parts.ts";

const TOKEN_FIELDS = {
  id: z.string(),
  label: NULLABLE_TEXT,
  createdAt: INSTANT,
  expiresAt: INSTANT.nullable(),
  lastUsedAt: INSTANT.nullable(),
};

export const TOKEN: z.ZodType<TokenView> = z.object(TOKEN_FIELDS);

export const NEW_TOKEN: z.ZodType<TokenView & { readonly token: string }> = z.object({
  ...TOKEN_FIELDS,
  token: z.string().describe("Shown this once."),
});

const CLIENT_FIELDS = { ...TOKEN_FIELDS, clientId: z.string().describe("The same as id."), tokenUrl: z.string() };

export const CLIENT: z.ZodType<ClientView> = z.object(CLIENT_FIELDS);

export const NEW_CLIENT: z.ZodType<ClientView & { readonly clientSecret: string }> = z.object({
  ...CLIENT_FIELDS,
  clientSecret: z.string().describe("Shown this once."),
});
