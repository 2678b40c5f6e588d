/**
 * Webhooks and their deliveries.
 *
 * @module
 */

export const SQL = `
create table webhooks (
  tenant_id text not null,
  id text not null,
  url text not null,
  description text,
  types text not null, -- JSON; null for all
  secrets text not null, -- JSON
  disabled text not null, -- JSON; null while enabled
  last_success_at text,
  created_at text not null,
  version integer not null,
  primary key (tenant_id, id)
) strict, without rowid;

-- A queue per webhook. While somebody delivers a row its due_at is when that is taken for lost.
create table deliveries (
  tenant_id text not null,
  webhook_id text not null,
  id text not null,
  type text not null,
  body text not null,
  created_at text not null,
  state text not null,
  attempts integer not null,
  due_at text not null,
  last_attempt text not null, -- JSON; null before the first
  primary key (tenant_id, webhook_id, id)
) strict;
create index deliveries_due on deliveries (tenant_id, webhook_id, due_at, id) where state = 'pending';
create index deliveries_by_state on deliveries (tenant_id, webhook_id, state, id);
`;
