-- What becomes of a pipeline as time goes by; the rest of it is its row of resource.
create table image_pipeline_state (
  resource_id bigint primary key references resource (id) on delete cascade,
  -- when the schedule was set: a rate counts from it
  schedule_set_at timestamptz,
  -- when a scheduled run is due; null without one: whoever starts them reads nothing else
  next_at timestamptz,
  last_run_at timestamptz,
  -- the image of the last run, whose status is that of the run
  last_image_id bigint references resource (id) on delete set null,
  -- of scheduled runs, in a row
  consecutive_failures integer not null default 0
);
create index image_pipeline_state_due on image_pipeline_state (next_at) where next_at is not null;
create index image_pipeline_state_image on image_pipeline_state (last_image_id);

-- A run of a lifecycle policy, or a change of the state of an image. It stays when they are deleted.
create table lifecycle_execution (
  id text primary key,
  region text not null,
  account text not null,
  -- the policy or the image
  resource_arn text not null,
  -- the order of lists
  position bigint generated always as identity,
  status text not null,
  reason text,
  -- what StartResourceStateUpdate asked for
  request jsonb,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz
);
create index lifecycle_execution_resource_arn on lifecycle_execution (region, account, resource_arn, position);

-- What a lifecycle execution does with an image, and with what the image has distributed.
create table lifecycle_execution_resource (
  execution_id text not null references lifecycle_execution (id) on delete cascade,
  position bigint generated always as identity,
  -- an ARN, the id of an AMI, the address or digest of a container image
  resource_id text not null,
  -- the image that has distributed it; '' for images
  parent_id text not null default '',
  account text not null,
  region text not null,
  action text not null,
  action_reason text,
  status text not null,
  reason text,
  snapshots jsonb,
  image_uris jsonb,
  started_at timestamptz,
  ended_at timestamptz,
  primary key (execution_id, parent_id, resource_id, region, account)
);
create index lifecycle_execution_resource_position on lifecycle_execution_resource (execution_id, parent_id, position);
