/**
 * Roles that rules and directories decide. The role itself has a column of its own: the last owner is looked for by it.
 *
 * @module
 */

export const SQL = `
alter table accounts add column decided_role text;
alter table accounts add column decided_role_source text;
alter table accounts add column decided_content_role text;
alter table accounts add column decided_content_role_source text;
create index accounts_decided_role on accounts (tenant_id, decided_role, id) where decided_role is not null;
`;
