/**
 * The first schema.
 *
 * Every primary key and unique index begins with the tenant or connection id, so that the data can be split by it. The
 * exceptions are the rows that make those ids known (`tenants`, `connections`) and the logs, which the order of
 * writing identifies. `*_lower` columns hold JavaScript's lower case: SQLite's own functions and collations know ASCII
 * only. Times are RFC 3339 text and compare as such. Columns of JSON are named in the comments. There are no foreign
 * keys: the engine decides in which order rows come and go.
 *
 * @module
 */
export const SQL = `
create table tenants (
  id text not null primary key,
  name text not null,
  parent_id text,
  connection_id text not null,
  seat_limits text not null, -- JSON
  created_at text not null,
  version integer not null
) strict, without rowid;
create index tenants_by_parent on tenants (parent_id, id) where parent_id is not null;

create table connections (
  id text not null primary key,
  tenant_id text not null,
  parent_id text,
  presentation text not null, -- JSON
  settings text not null, -- JSON; null at a child
  created_at text not null,
  version integer not null
) strict, without rowid;

create table credentials (
  connection_id text not null,
  id text not null,
  hash text not null,
  label text,
  created_at text not null,
  expires_at text,
  last_used_at text,
  primary key (connection_id, id)
) strict, without rowid;

-- What identity providers said about people. Rows with deleted_at are kept for those who come back.
create table users (
  connection_id text not null,
  id text not null,
  account_id text not null,
  user_name text not null,
  user_name_lower text not null,
  external_id text,
  emails text not null, -- JSON
  active integer not null,
  attributes text not null, -- JSON
  created_at text not null,
  modified_at text not null,
  deleted_at text,
  version integer not null,
  primary key (connection_id, id)
) strict;
-- SQLite checks the youngest unique index first: a taken name is told before a taken external id.
create index users_live on users (connection_id, id, deleted_at) where deleted_at is null;
create unique index users_external_id on users (connection_id, external_id) where deleted_at is null;
create unique index users_user_name on users (connection_id, user_name_lower) where deleted_at is null;
create index users_retained_external_id on users (connection_id, external_id, deleted_at, id)
  where deleted_at is not null;
create index users_retained_user_name on users (connection_id, user_name_lower, deleted_at, id)
  where deleted_at is not null;

-- The addresses of people who are not deleted.
create table user_emails (
  connection_id text not null,
  email_lower text not null,
  user_id text not null,
  primary key (connection_id, email_lower, user_id)
) strict, without rowid;
create index user_emails_by_user on user_emails (connection_id, user_id);

create table directory_groups (
  connection_id text not null,
  id text not null,
  display_name text not null,
  display_name_lower text not null,
  external_id text,
  attributes text not null, -- JSON
  created_at text not null,
  modified_at text not null,
  version integer not null,
  primary key (connection_id, id)
) strict;
create unique index directory_groups_display_name on directory_groups (connection_id, display_name_lower);
create index directory_groups_external_id on directory_groups (connection_id, external_id, id)
  where external_id is not null;

-- How many people and groups a connection has, so that the size of a list costs no scan. Kept by the triggers below.
create table directory_counts (
  connection_id text not null primary key,
  users integer not null default 0,
  groups integer not null default 0
) strict, without rowid;

create trigger users_inserted after insert on users when new.deleted_at is null begin
  insert into directory_counts (connection_id, users) values (new.connection_id, 1)
    on conflict (connection_id) do update set users = users + 1;
end;
create trigger users_deleted after update of deleted_at on users
  when old.deleted_at is null and new.deleted_at is not null begin
  update directory_counts set users = users - 1 where connection_id = new.connection_id;
end;
create trigger directory_groups_inserted after insert on directory_groups begin
  insert into directory_counts (connection_id, groups) values (new.connection_id, 1)
    on conflict (connection_id) do update set groups = groups + 1;
end;
create trigger directory_groups_deleted after delete on directory_groups begin
  update directory_counts set groups = groups - 1 where connection_id = old.connection_id;
end;

-- One row per membership, with two sides: what the directory said, and what takes effect.
create table members (
  connection_id text not null,
  group_id text not null,
  user_id text not null,
  in_directory integer not null,
  in_effect integer not null,
  primary key (connection_id, group_id, user_id),
  check (in_directory or in_effect)
) strict, without rowid;
create index members_by_user on members (connection_id, user_id, group_id);
create index members_unsettled on members (connection_id, group_id, user_id) where in_directory <> in_effect;

create table accounts (
  tenant_id text not null,
  id text not null,
  kind text not null,
  user_name text not null,
  user_name_lower text not null,
  email text,
  email_lower text,
  name text not null,
  name_lower text not null,
  active integer not null,
  provisioned_role text,
  defaults_applied text not null, -- JSON
  break_glass integer not null,
  connection_id text,
  directory_user_id text,
  saml_name_id text,
  created_at text not null,
  updated_at text not null,
  version integer not null,
  primary key (tenant_id, id)
) strict;
create unique index accounts_user_name on accounts (tenant_id, user_name_lower);
create index accounts_email on accounts (tenant_id, email_lower, id) where email_lower is not null;
create index accounts_saml_name_id on accounts (tenant_id, saml_name_id, id) where saml_name_id is not null;
create index accounts_connection on accounts (tenant_id, connection_id, id) where connection_id is not null;

create table overlays (
  tenant_id text not null,
  account_id text not null,
  role text,
  content_role text,
  content_access text not null, -- JSON
  suspended integer not null,
  updated_at text not null,
  primary key (tenant_id, account_id)
) strict;
create index overlays_role on overlays (tenant_id, role, account_id) where role is not null;

create table seats (
  tenant_id text not null,
  account_id text not null,
  kind text not null,
  state text not null,
  since text not null,
  primary key (tenant_id, account_id)
) strict, without rowid;
create index seats_queue on seats (tenant_id, kind, since, account_id) where state = 'waiting';

-- How many seats are held and waited for. Kept by the triggers below, whatever statement moves a seat.
create table seat_counts (
  tenant_id text not null,
  kind text not null,
  held integer not null,
  waiting integer not null,
  primary key (tenant_id, kind)
) strict, without rowid;

create trigger seats_inserted after insert on seats begin
  insert into seat_counts (tenant_id, kind, held, waiting)
    values (new.tenant_id, new.kind, new.state = 'held', new.state = 'waiting')
    on conflict (tenant_id, kind) do update set held = held + excluded.held, waiting = waiting + excluded.waiting;
end;
create trigger seats_deleted after delete on seats begin
  update seat_counts set held = held - (old.state = 'held'), waiting = waiting - (old.state = 'waiting')
    where tenant_id = old.tenant_id and kind = old.kind;
end;
create trigger seats_updated after update of kind, state on seats begin
  update seat_counts set held = held - (old.state = 'held'), waiting = waiting - (old.state = 'waiting')
    where tenant_id = old.tenant_id and kind = old.kind;
  insert into seat_counts (tenant_id, kind, held, waiting)
    values (new.tenant_id, new.kind, new.state = 'held', new.state = 'waiting')
    on conflict (tenant_id, kind) do update set held = held + excluded.held, waiting = waiting + excluded.waiting;
end;

create table local_groups (
  tenant_id text not null,
  id text not null,
  name text not null,
  name_lower text not null,
  kind text not null,
  role text,
  content_access text not null, -- JSON
  created_at text not null,
  version integer not null,
  primary key (tenant_id, id)
) strict;
create unique index local_groups_name on local_groups (tenant_id, kind, name_lower);

create table local_members (
  tenant_id text not null,
  group_id text not null,
  account_id text not null,
  source text not null,
  primary key (tenant_id, group_id, account_id, source)
) strict, without rowid;
create index local_members_by_account on local_members (tenant_id, account_id, group_id, source);

-- Logs. position is the order of writing, which is the order of commits: there is one writer at a time. It is never
-- used twice (autoincrement), so that a cursor stays good when old entries are removed.
create table sync_events (
  position integer primary key autoincrement,
  tenant_id text not null,
  id text not null,
  at text not null,
  operation text not null,
  subject text not null, -- JSON
  outcome text not null,
  cause text,
  message text,
  request_id text not null
) strict;
create index sync_events_by_tenant on sync_events (tenant_id, position);

create table audit (
  position integer primary key autoincrement,
  tenant_id text not null,
  id text not null,
  at text not null,
  actor text not null, -- JSON
  action text not null,
  subject text not null, -- JSON
  before text not null, -- JSON
  after text not null, -- JSON
  request_id text
) strict;
create index audit_by_tenant on audit (tenant_id, position);

-- The change feed (transactional outbox).
create table changes (
  position integer primary key autoincrement,
  tenant_id text not null,
  id text not null,
  at text not null,
  type text not null,
  actor text not null, -- JSON
  account_id text,
  group_id text,
  data text not null -- JSON
) strict;
create index changes_by_tenant on changes (tenant_id, position);

-- How far each consumer has read a tenant's feed.
create table cursors (
  tenant_id text not null,
  consumer text not null,
  position text not null,
  primary key (tenant_id, consumer)
) strict, without rowid;

create table failures (
  tenant_id text not null,
  id text not null,
  subject_type text not null,
  subject_key text not null,
  subject_label text not null,
  subject_id text,
  operation text not null,
  cause text not null,
  message text not null,
  first_seen text not null,
  last_seen text not null,
  attempts integer not null,
  resolved_at text,
  retry text not null, -- JSON
  primary key (tenant_id, id)
) strict;
create unique index failures_open on failures (tenant_id, subject_type, subject_key, cause) where resolved_at is null;
create index failures_by_last_seen on failures (tenant_id, last_seen, id);
create index failures_open_by_last_seen on failures (tenant_id, last_seen, id) where resolved_at is null;

create table one_time (
  connection_id text not null,
  purpose text not null,
  key text not null,
  value text not null, -- JSON
  expires_at text not null,
  primary key (connection_id, purpose, key)
) strict;
create index one_time_by_expiry on one_time (expires_at);
`;
