/**
 * Secrets of connections.
 *
 * @module
 */

export const SQL = `
-- On which every process agrees: the first that is proposed for a purpose stays.
create table secrets (
  connection_id text not null,
  purpose text not null,
  secret text not null,
  primary key (connection_id, purpose)
) strict;
`;
