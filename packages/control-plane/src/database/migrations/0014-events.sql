-- The order in which events are delivered. An id alone is no order: a transaction that commits late has a small one, and whoever had read
-- past it would never see it. So an event gets its position once it is committed. It cannot overtake another event of its image: that one
-- was committed before the row of the image was free.
alter table event_outbox
  add column position bigint,
  -- the SNS topic that is told
  add column topic_arn text,
  -- the image at that moment as JSON, for the message to the topic; sealed, if the database is encrypted
  add column document text;
create unique index event_outbox_position on event_outbox (position) where position is not null;
create index event_outbox_unnumbered on event_outbox (id) where position is null;
create index event_outbox_time on event_outbox (occurred_at);

-- The newest position, and the newest one that was removed. There is one row, from the first event on.
create table event_position (
  only_row boolean primary key default true check (only_row),
  newest bigint not null default 0,
  removed bigint not null default 0
);

-- Gives positions to committed events, some at once. Each statement in it sees what was committed before it, so whoever waits for the row
-- sees what the one before has numbered.
create function number_events(most integer) returns integer
language plpgsql as $$
declare
  last_position bigint;
  numbered integer;
begin
  if not exists (select from event_outbox where position is null) then
    return 0;
  end if;
  insert into event_position default values on conflict do nothing;
  select newest into last_position from event_position for update;
  with due as (select id from event_outbox where position is null order by id limit most),
    ordered as (select id, row_number() over (order by id) as place from due)
  update event_outbox set position = last_position + ordered.place from ordered where event_outbox.id = ordered.id;
  get diagnostics numbered = row_count;
  update event_position set newest = last_position + numbered;
  return numbered;
end
$$;

-- Wakes who reads events, when the transaction commits.
create function tell_of_events() returns trigger
language plpgsql as $$
begin
  perform pg_notify('imagewright_events', '');
  return null;
end
$$;
create trigger event_outbox_told after insert on event_outbox for each statement execute function tell_of_events();

-- Where events are delivered to.
create table event_sink (
  id text primary key,
  -- all events up to here are delivered, or put aside
  position bigint not null,
  -- the server that delivers, until when
  leased_by text,
  leased_until timestamptz,
  -- when a server has had the lease last: one that no server has any more keeps no events
  seen_at timestamptz not null,
  -- why the next event is not delivered yet, and since when
  problem text,
  failing_since timestamptz
);

-- Events that a sink has refused for good, so that they do not hold up the others.
create table event_refusal (
  sink_id text not null references event_sink (id) on delete cascade,
  event_id bigint not null references event_outbox (id) on delete cascade,
  reason text not null,
  refused_at timestamptz not null,
  primary key (sink_id, event_id)
);
create index event_refusal_event on event_refusal (event_id);
