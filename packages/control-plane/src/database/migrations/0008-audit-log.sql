-- Every request that the servers have answered: who, what, from where, and the answer. Rows are only ever added.
create table audit_record (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  request_id text not null,
  account text,
  principal text,
  access_key text,
  region text,
  source_ip text,
  user_agent text,
  operation text,
  resources jsonb not null,
  status integer not null,
  error text,
  message text
);
create index audit_record_at on audit_record (at, id);
create index audit_record_principal on audit_record (principal, at, id);

create function refuse_change_of_audit_record() returns trigger language plpgsql as $$
begin
  raise exception 'records of the audit log are only added' using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_record_is_kept before update or delete or truncate on audit_record
  for each statement execute function refuse_change_of_audit_record();
