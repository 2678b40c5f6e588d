/**
 * Resources of the host's own types, and the keys that only one resource of a type may have. Triggers write the keys:
 * so a taken one refuses the statement that wanted it, as a whole, and no other.
 *
 * @module
 */
export const SQL = `
create table resources (
  connection_id text not null,
  type text not null,
  id text not null,
  external_id text,
  unique_keys text not null, -- JSON
  attributes text not null, -- JSON
  created_at text not null,
  modified_at text not null,
  version integer not null,
  primary key (connection_id, type, id)
) strict;
create index resources_external_id on resources (connection_id, type, external_id, id)
  where external_id is not null;

create table resource_keys (
  connection_id text not null,
  type text not null,
  unique_key text not null,
  resource_id text not null,
  primary key (connection_id, type, unique_key)
) strict, without rowid;
create index resource_keys_by_resource on resource_keys (connection_id, type, resource_id);

-- How many resources of a type a connection has, so that the size of a list costs no scan.
create table resource_counts (
  connection_id text not null,
  type text not null,
  resources integer not null,
  primary key (connection_id, type)
) strict, without rowid;

create trigger resources_inserted after insert on resources begin
  insert into resource_keys (connection_id, type, unique_key, resource_id)
    select new.connection_id, new.type, value, new.id from json_each(new.unique_keys);
  insert into resource_counts (connection_id, type, resources) values (new.connection_id, new.type, 1)
    on conflict (connection_id, type) do update set resources = resources + 1;
end;
create trigger resources_rekeyed after update of unique_keys on resources when old.unique_keys <> new.unique_keys begin
  delete from resource_keys
    where connection_id = old.connection_id and type = old.type and resource_id = old.id;
  insert into resource_keys (connection_id, type, unique_key, resource_id)
    select new.connection_id, new.type, value, new.id from json_each(new.unique_keys);
end;
create trigger resources_deleted after delete on resources begin
  delete from resource_keys
    where connection_id = old.connection_id and type = old.type and resource_id = old.id;
  update resource_counts set resources = resources - 1
    where connection_id = old.connection_id and type = old.type;
end;
`;
