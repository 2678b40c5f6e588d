/**
 * How connections keep up with the metadata of their identity providers.
 *
 * @module
 */

export const SQL = `
alter table connections add column metadata text not null default 'null'; -- JSON
-- By when it is to be read next.
create index connections_by_metadata_due on connections (json_extract(metadata, '$.dueAt'), id)
  where json_extract(metadata, '$.dueAt') is not null;
`;
