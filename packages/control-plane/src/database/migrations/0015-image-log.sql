-- What is said while an image is built: a line of output, of a step or of the service.
create table image_log (
  image_id bigint not null references resource (id) on delete cascade,
  -- in the order in which lines were stored: one server at a time adds those of an image, so that nothing appears before what was read
  id bigint generated always as identity,
  -- the build that says it, and the number of the line in that build, from 1
  build text not null,
  number bigint not null,
  at timestamptz not null,
  stream text not null,
  workflow_execution_id text collate "C",
  step text,
  line text not null,
  primary key (image_id, id)
);
create index image_log_at on image_log using brin (at);

-- how much of the log is stored, in bytes; output beyond a limit is left out
alter table image_run add column log_bytes bigint not null default 0;
