-- The policies of users: what the keys of a user may do. The root of an account has none, and may do everything in it.
create table identity_policy (
  principal text not null,
  name text not null,
  document text not null,
  created_at timestamptz not null,
  primary key (principal, name)
);
