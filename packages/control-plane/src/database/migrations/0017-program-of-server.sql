-- The last schema that the program of a server knows; null for programs from before there was this column.
alter table server add column schema integer;

-- Servers of an earlier program may still run when a newer one has brought the database to its schema. They end the images that they run,
-- and take no other: what a newer program has begun cannot be continued by an earlier one. Checked here, since no program of before does.
create function refuse_earlier_program() returns trigger language plpgsql as $$
declare
  found integer := (select max(number) from schema_migration);
  known integer := (select schema from server where id = new.server_id);
begin
  if known is null or known < found then
    raise exception 'a newer program has brought the database to the schema %; the program of this server is older, so it begins no image: stop it',
      found using errcode = 'object_not_in_prerequisite_state';
  end if;
  return new;
end
$$;
create trigger image_run_claimed before update of server_id on image_run for each row
  when (new.server_id is not null and new.server_id is distinct from old.server_id) execute function refuse_earlier_program();
