-- Data keys for resources that name a key of KMS: wrapped by that key, and bound to what they seal, such as
-- arn:aws:imagebuilder:eu-west-1:123456789012:component/*. Those that the server's own key wraps have no context.
alter table data_key add column context text;
create index data_key_context on data_key (context, wrapped_by, id) where context is not null;
