-- Where the trace of the request that asked for the attempt goes on: the headers traceparent and tracestate; null without traces.
alter table image_run add column trace jsonb;
-- The same for what happened, so that its delivery is told in that trace.
alter table event_outbox add column trace jsonb;
