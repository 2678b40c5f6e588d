/**
 * `admin.syncEvents`, `admin.signIns` and `admin.audit`: what was asked of us, who came in, and who changed what; newest
 * first.
 *
 * @module
 */
import type {
  AuditRecord,
  LogRepository,
  SignInRecord,
  SyncEventRecord,
  TenantId,
  Transaction,
} from "../ports/index.ts";
import { checked } from "../validation/checked.ts";
import type { Admin, PageOptions } from "./admin.ts";
import { type Operator, readTenant } from "./operator.ts";
import { readSlice, toPage } from "./page.ts";
import { PAGE_OPTIONS } from "./shapes.ts";
import type { AuditView, Page, SignInView, SyncEventView } from "./views.ts";

export function syncEventOperations(operator: Operator): Admin["syncEvents"] {
  return {
    list: (tenant, options) => readLog(operator, tenant, "sync-events", (tx) => tx.syncEvents, syncEventView, options),
  };
}

export function signInOperations(operator: Operator): Admin["signIns"] {
  return { list: (tenant, options) => readLog(operator, tenant, "sign-ins", (tx) => tx.signIns, signInView, options) };
}

export function auditOperations(operator: Operator): Admin["audit"] {
  return { list: (tenant, options) => readLog(operator, tenant, "audit", (tx) => tx.audit, auditView, options) };
}

async function readLog<Entry, View>(
  operator: Operator,
  tenantId: TenantId,
  log: "sync-events" | "sign-ins" | "audit",
  logOf: (tx: Transaction) => LogRepository<Entry>,
  view: (entry: Entry) => View,
  options: PageOptions = {},
): Promise<Page<View>> {
  const { after, limit } = readSlice(log, checked(PAGE_OPTIONS, options));
  const rows = await readTenant(operator, tenantId, (tx) => logOf(tx).page(tenantId, { after, limit: limit + 1 }));
  return toPage(
    log,
    rows,
    limit,
    ({ position }) => position,
    ({ entry }) => view(entry),
  );
}

function syncEventView({ tenantId: _, ...view }: SyncEventRecord): SyncEventView {
  return view;
}

function signInView({ tenantId: _, ...view }: SignInRecord): SignInView {
  return view;
}

function auditView({ id, at, actor, action, subject, before, after }: AuditRecord): AuditView {
  return { id, at, actor, action, subject, before, after };
}
