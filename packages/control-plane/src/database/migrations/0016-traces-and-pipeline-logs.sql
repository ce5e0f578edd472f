-- Where the trace of the request that asked for the attempt goes on: the headers traceparent and tracestate; null without traces.
alter table image_run add column trace jsonb;
-- The same for what happened, so that its delivery is told in that trace.
alter table event_outbox add column trace jsonb;

-- When an evaluation has arrived in CloudWatch Logs, and until when a server has it for itself to send it there.
alter table pipeline_evaluation
  add column log_sent_at timestamptz,
  add column log_claimed_until timestamptz;
create index pipeline_evaluation_not_sent on pipeline_evaluation (id) where log_sent_at is null;
