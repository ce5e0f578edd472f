-- What the runs of a pipeline use, so that updates are what is newer: of the last run, and of the last one that succeeded. A run that
-- failed leaves its updates to the next one.
alter table image_pipeline_state
  add column run_uses jsonb,
  add column build_uses jsonb,
  -- the image of the last scheduled run: as long as it has not ended, the next one is skipped
  add column scheduled_image_id bigint references resource (id) on delete set null;
create index image_pipeline_state_scheduled_image on image_pipeline_state (scheduled_image_id);

-- Why a pipeline did or did not build each time that it was due: its log.
create table pipeline_evaluation (
  id bigint generated always as identity primary key,
  pipeline_id bigint not null references resource (id) on delete cascade,
  due_at timestamptz not null,
  evaluated_at timestamptz not null,
  outcome text not null,
  reason text not null,
  image_arn text,
  -- what differs from the last build, by name
  updates jsonb not null,
  -- what could not be looked at
  notes jsonb not null
);
create index pipeline_evaluation_of_pipeline on pipeline_evaluation (pipeline_id, id);
create index pipeline_evaluation_time on pipeline_evaluation (evaluated_at);
