/**
 * The log of sign-ins, and since when a connection is known to work.
 *
 * @module
 */

export const SQL = `
alter table connections add column verified_at text;

-- Strangers can write here: each tenant keeps a number of entries, theirs apart from those of people.
create table sign_ins (
  position integer primary key autoincrement,
  tenant_id text not null,
  id text not null,
  at text not null,
  outcome text not null,
  code text,
  stage text,
  message text,
  hint text,
  facts text not null, -- JSON
  authenticated integer not null,
  subject text not null, -- JSON
  request_id text not null
) strict;
create index sign_ins_by_tenant on sign_ins (tenant_id, position);
create index sign_ins_by_authenticity on sign_ins (tenant_id, authenticated, position);
`;
