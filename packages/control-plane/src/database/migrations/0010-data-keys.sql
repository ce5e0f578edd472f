-- The keys under which documents and secrets are sealed, each wrapped by a key that is not in the database.
create table data_key (
  id integer generated always as identity primary key,
  wrapped bytea not null,
  wrapped_by text not null,
  created_at timestamptz not null
);
