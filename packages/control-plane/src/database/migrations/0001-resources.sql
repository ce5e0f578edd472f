-- One table for the resources of every type. An ARN is arn:<partition>:imagebuilder:<region>:<owner>:<type>/<slug>[/<version>[/<build>]];
-- numbers that a type does not have are 0. Lists need no other table: newest_build marks the newest build of its version, and
-- newest_version the newest build of the newest version of its name.
create table resource (
  id bigint generated always as identity primary key,
  region text not null,
  owner text not null,
  -- of lists: the type, or "workflow" for the three types of workflows
  kind text not null,
  type text not null,
  slug text collate "C" not null,
  major integer not null default 0,
  minor integer not null default 0,
  patch integer not null default 0,
  build integer not null default 0,
  -- as written: 2021.01.01
  version text not null default '',
  name text not null,
  arn text not null,
  newest_build boolean not null,
  newest_version boolean not null,
  -- for types that have one, such as AVAILABLE or ENABLED; the state's other parts are in detail
  status text,
  -- the members of the resource that have no column of their own
  detail jsonb not null,
  -- what lists never read: a component document, a Dockerfile template
  document text,
  -- of all that decides whether another build is the same
  digest text,
  tags jsonb not null,
  -- the resource policy, as it was given
  policy text,
  created_at timestamptz not null,
  updated_at timestamptz
);

-- the order of every list, and the one place where a name, version and build is unique
create unique index resource_order on resource (region, owner, kind, slug, major, minor, patch, build, type);
create index resource_newest_build on resource (region, owner, kind, slug, major, minor, patch, build, type) where newest_build;
create index resource_newest_version on resource (region, owner, kind, slug, major, minor, patch, build, type) where newest_version;

-- The versions that a name has had, and how many builds of each. Rows stay when resources are deleted: assigned numbers are never used again.
create table used_version (
  region text not null,
  owner text not null,
  type text not null,
  slug text collate "C" not null,
  major integer not null,
  minor integer not null,
  patch integer not null,
  last_build integer not null,
  primary key (region, owner, type, slug, major, minor, patch)
);

-- What a resource names. A number that is null is a wildcard, or a build that is not named.
create table resource_reference (
  resource_id bigint not null references resource (id) on delete cascade,
  region text not null,
  owner text not null,
  type text not null,
  slug text collate "C" not null,
  major integer,
  minor integer,
  patch integer,
  build integer
);
create index resource_reference_resource on resource_reference (resource_id);
create index resource_reference_target on resource_reference (region, owner, type, slug);

-- The answers of calls with a client token.
create table client_token (
  region text not null,
  account text not null,
  operation text not null,
  token text not null,
  fingerprint text not null,
  -- null only while the first call is running
  answer json,
  created_at timestamptz not null,
  primary key (region, account, operation, token)
);
create index client_token_created on client_token (created_at);

create table access_key (
  id text primary key,
  secret text not null,
  account text not null,
  principal text not null,
  created_at timestamptz not null
);
create index access_key_account on access_key (account);

-- Secrets that all servers of a database share, such as the one that signs page tokens.
create table server_secret (
  name text primary key,
  value bytea not null
);
