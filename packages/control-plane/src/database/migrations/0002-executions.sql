-- What runs an image. It is there from the image's creation on.
create table image_run (
  image_id bigint primary key references resource (id) on delete cascade,
  -- from 1; RetryImage makes the next one
  attempt integer not null,
  -- null while nothing runs the attempt: it can be cancelled at once
  begun_at timestamptz,
  cancel_requested_at timestamptz,
  -- the state in which the last attempt failed or was cancelled
  ended_in text
);

-- A workflow that runs, or has run, for an image.
create table workflow_execution (
  id text primary key,
  image_id bigint not null references resource (id) on delete cascade,
  -- the order of lists
  position bigint generated always as identity,
  attempt integer not null,
  workflow_arn text not null,
  type text not null,
  status text not null,
  message text,
  parallel_group text,
  total_steps integer not null,
  succeeded_steps integer not null default 0,
  failed_steps integer not null default 0,
  skipped_steps integer not null default 0,
  started_at timestamptz,
  ended_at timestamptz,
  -- whether a later attempt of the image runs it again
  retried boolean not null default false
);
create index workflow_execution_image on workflow_execution (image_id, position);

create table workflow_step_execution (
  id text primary key,
  execution_id text not null references workflow_execution (id) on delete cascade,
  position bigint generated always as identity,
  -- those of the image, for the list of waiting steps
  region text not null,
  owner text not null,
  name text not null,
  action text not null,
  description text,
  status text not null,
  rollback_status text,
  message text,
  -- JSON texts, as the API shows them
  inputs text,
  outputs text,
  on_failure text not null,
  timeout_seconds integer not null,
  attempt_number integer not null,
  max_attempts integer not null,
  started_at timestamptz,
  ended_at timestamptz,
  -- whether it waits for SendWorkflowStepAction, and the answer
  waiting boolean not null default false,
  answer text,
  answer_reason text
);
create index workflow_step_execution_execution on workflow_step_execution (execution_id, position);
create index workflow_step_execution_waiting on workflow_step_execution (region, owner, position) where waiting;

create table image_package (
  image_id bigint not null references resource (id) on delete cascade,
  name text collate "C" not null,
  version text collate "C" not null,
  primary key (image_id, name, version)
);

create table image_scan_finding (
  id bigint generated always as identity primary key,
  image_id bigint not null references resource (id) on delete cascade,
  -- those of the image
  region text not null,
  owner text not null,
  image_arn text collate "C" not null,
  pipeline_arn text collate "C",
  vulnerability_id text collate "C",
  severity text,
  -- the finding as the API shows it
  finding jsonb not null
);
create index image_scan_finding_owner on image_scan_finding (region, owner, id);
create index image_scan_finding_image on image_scan_finding (image_id);
create index image_scan_finding_arn on image_scan_finding (region, owner, image_arn, id);
create index image_scan_finding_pipeline on image_scan_finding (region, owner, pipeline_arn, id);
create index image_scan_finding_vulnerability on image_scan_finding (region, owner, vulnerability_id, id);
create index image_scan_finding_severity on image_scan_finding (region, owner, severity, id);

-- What happened, in the transaction in which it happened. Whoever delivers events reads them in the order of their ids.
create table event_outbox (
  id bigint generated always as identity primary key,
  type text not null,
  region text not null,
  account text not null,
  -- the ARN or id of what changed its state
  subject text not null,
  -- the ARNs of all resources that it concerns
  resources jsonb not null,
  previous_state text,
  state text,
  detail jsonb not null,
  occurred_at timestamptz not null
);

-- the images of a pipeline, in the order of lists
create index resource_image_pipeline on resource ((detail ->> 'sourcePipelineArn'), slug, major, minor, patch, build, type)
  where kind = 'image' and detail ? 'sourcePipelineArn';
