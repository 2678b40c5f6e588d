/**
 * Who is inactive only because the connection was archived. Of those that are so already, whom the directory called active.
 *
 * @module
 */

export const SQL = `
alter table accounts add column archived integer not null default 0;
update accounts set archived = 1
where active = 0
  and connection_id in (select id from connections where json_extract(settings, '$.archive.mode') = 'deactivateAccounts')
  and exists (
    select 1 from users
    where users.connection_id = accounts.connection_id and users.id = accounts.directory_user_id and users.active = 1);
`;
