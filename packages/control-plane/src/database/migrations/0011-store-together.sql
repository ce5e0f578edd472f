-- What store_resources takes for each resource, by the names that store_resource has for it.
create type store_request as (
  region text, owner text, kind text, type text, slug text, major integer, minor integer, patch integer, build integer, version text,
  name text, arn text, status text, detail jsonb, document text, digest text, tags jsonb, created_at timestamptz, quota integer,
  operation text, token text, fingerprint text, member text, forgotten timestamptz
);

-- As before, but what is new by its name and by its client token, as most is, is stored by one insert for all: a statement for each step of
-- each resource takes twice as long. All others are left to store_resource, which decides everything one by one.
create or replace function store_resources(requests json, may_wait boolean)
returns table (outcome text, stored_id bigint, stored_arn text)
language plpgsql as $$
declare
  batch store_request[];
  has_name boolean[];
  are_alike boolean;
  lost_tokens integer;
  ids bigint[];
  arns text[];
  request store_request;
begin
  batch := array(select given from json_populate_recordset(null::store_request, requests) as given);

  -- the names are locked before the next statement sees what others have committed
  select
    array_agg(may_wait or pg_try_advisory_xact_lock(lock) order by place),
    count(distinct lock) = count(*) and count(distinct token) = count(token) and count(quota) = 0
  into has_name, are_alike
  from (
    select place, token, quota, name_lock(region, owner, type, slug) as lock from unnest(batch) with ordinality as given (
      region, owner, kind, type, slug, major, minor, patch, build, version, name, arn, status, detail, document, digest, tags,
      created_at, quota, operation, token, fingerprint, member, forgotten, place)
  ) as locked;

  if are_alike and not may_wait then
    with given as (
      select * from unnest(batch) with ordinality as given (
        region, owner, kind, type, slug, major, minor, patch, build, version, name, arn, status, detail, document, digest, tags,
        created_at, quota, operation, token, fingerprint, member, forgotten, place)
    ), fresh as (
      select given.*, case when build = 0 then arn else arn || '/' || coalesce(build, 1) end as whole_arn from given
      where has_name[place]
        -- limits keep each a search in an index, also before the tables have statistics
        and (select true from resource as other where other.region = given.region and other.owner = given.owner
          and other.kind = given.kind and other.type = given.type and other.slug = given.slug limit 1) is null
        and (select true from used_version as used where used.region = given.region and used.owner = given.owner
          and used.type = given.type and used.slug = given.slug limit 1) is null
        and (select true from client_token as used where used.region = given.region and used.account = given.owner
          and used.operation = given.operation and used.token = given.token limit 1) is null
    ), stored as (
      insert into resource (
        region, owner, kind, type, slug, major, minor, patch, build, version, name, arn, newest_build, newest_version,
        status, detail, document, digest, tags, created_at)
      select
        region, owner, kind, type, slug, major, minor, patch, coalesce(build, 1), version, name, whole_arn, true, true,
        status, detail, document, digest, tags, created_at
      from fresh
      returning id, arn
    ), numbered as (
      insert into used_version (region, owner, type, slug, major, minor, patch, last_build)
      select region, owner, type, slug, major, minor, patch, 1 from fresh where build is null
    ), kept as (
      insert into client_token (region, account, operation, token, fingerprint, answer, created_at)
      select region, owner, operation, token, fingerprint, json_build_object(member, whole_arn), created_at from fresh
      where token is not null
      -- two transactions that have tokens in common wait for each other in one direction
      order by token
      on conflict (region, account, operation, token) do nothing
      returning token
    )
    select
      array_agg(stored.id order by place),
      array_agg(stored.arn order by place),
      count(fresh.token) - (select count(*) from kept)
    into ids, arns, lost_tokens
    from given left join fresh using (place) left join stored on stored.arn = fresh.whole_arn;
    if lost_tokens > 0 then
      -- by a call for another name, at the same time: tried again, this one finds its answer
      raise serialization_failure using message = 'a client token was used meanwhile';
    end if;
  end if;

  for place in 1 .. cardinality(batch) loop
    stored_id := ids[place];
    stored_arn := arns[place];
    if stored_id is not null then
      outcome := 'stored';
    elsif has_name[place] then
      request := batch[place];
      select * into outcome, stored_id, stored_arn from store_resource(
        request.region, request.owner, request.kind, request.type, request.slug, request.major, request.minor, request.patch,
        request.build, request.version, request.name, request.arn, request.status, request.detail, request.document, request.digest,
        request.tags, request.created_at, request.quota, request.operation, request.token, request.fingerprint, request.member,
        request.forgotten);
    else
      outcome := 'busy';
    end if;
    return next;
  end loop;
end
$$;
