/**
 * Resolved failures in the order in which they were closed: they are kept for a time.
 *
 * @module
 */

export const SQL = `
create index failures_resolved on failures (tenant_id, resolved_at, id) where resolved_at is not null;
`;
