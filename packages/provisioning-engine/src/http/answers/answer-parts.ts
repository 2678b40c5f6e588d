/**
 * Values that several answers of the management API consist of.
 *
 * @module
 */
import type { Account } from "../../admin/views.ts";
import type { AccountKind, SyncCause } from "../../ports/index.ts";
import { z } from "../../validation/zod.ts";

export const KIND: z.ZodType<AccountKind> = z.enum(["user", "reader"]);
export const STATUS: z.ZodType<Account["status"]> = z.enum(["active", "inactive", "pending"]);
export const NULLABLE_TEXT: z.ZodType<string | null> = z.string().nullable();
export const CAUSE: z.ZodType<SyncCause> = z.enum([
  "duplicate",
  "seat_limit",
  "validation",
  "last_owner",
  "conflict",
  "unknown_member",
  "internal",
]);
export const INSTANT: z.ZodType<string> = z.iso.datetime();
