-- A process that runs images. Its row is renewed as long as it lives; it may be taken for dead once the time is over.
create table server (
  id text primary key,
  -- what the processes of one user on one machine have in common: they see the same containers
  place text not null,
  -- by which another process of the place sees whether it lives
  pid integer not null,
  process_start text not null,
  started_at timestamptz not null default now(),
  expires_at timestamptz not null
);

alter table image_run
  -- who runs the attempt, or ran it until it ended
  add column server_id text,
  -- where the machines of the attempt are; null before it has any
  add column place text,
  -- the folder of that place in which the build is, and its id
  add column build_folder text,
  add column build_id text;
create index image_run_server on image_run (server_id) where server_id is not null;

-- Wakes whoever waits for something to do; what it is, the tables say.
create function wake_servers() returns trigger language plpgsql as $$
begin
  perform pg_notify('imagewright_runs', '');
  return null;
end
$$;
create trigger image_run_requested after insert on image_run for each statement execute function wake_servers();
create trigger image_run_retried after update of attempt on image_run for each statement execute function wake_servers();
create trigger image_run_cancelled after update of cancel_requested_at on image_run for each statement execute function wake_servers();
create trigger step_answered after update of answer on workflow_step_execution for each statement execute function wake_servers();
