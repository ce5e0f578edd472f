-- When an operator has asked that a refused event is sent again; null while nobody has.
alter table event_refusal add column resend_asked_at timestamptz;
create index event_refusal_resend on event_refusal (sink_id, event_id) where resend_asked_at is not null;
