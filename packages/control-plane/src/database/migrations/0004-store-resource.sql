-- The advisory lock of whoever creates or deletes versions and builds of a name.
create function name_lock(region text, owner text, type text, slug text) returns bigint
language sql immutable parallel safe
return hashtextextended('name ' || region || ' ' || owner || ' ' || type || ' ' || slug, 0);

-- Stores a resource in one statement: it locks the name, compares with what exists, counts the quota, takes the number of a build, and
-- moves the marks of the newest. With the client token of a call it also looks for the answer of an earlier call, and keeps this one's.
-- Outcomes: stored; exists, with the ARN of what is equal; over-quota; repeated, with the ARN of the earlier call; mismatch, if that had
-- other parameters. All but the first change nothing.
create function store_resource(
  new_region text,
  new_owner text,
  new_kind text,
  new_type text,
  new_slug text,
  new_major integer,
  new_minor integer,
  new_patch integer,
  -- null: the next one of the version, unless the latest one has the same digest
  new_build integer,
  new_version text,
  new_name text,
  -- without the build
  new_arn text,
  new_status text,
  new_detail jsonb,
  new_document text,
  new_digest text,
  new_tags jsonb,
  new_created_at timestamptz,
  -- how many resources of the kind there may be; null: any number
  quota integer,
  -- all null without a client token; the member of the answer has the ARN, and calls until call_forgotten do not count
  call_operation text,
  call_token text,
  call_fingerprint text,
  call_member text,
  call_forgotten timestamptz,
  out outcome text,
  out stored_id bigint,
  out stored_arn text
)
language plpgsql as $$
declare
  earlier record;
  newest record;
  latest record;
  has_others boolean;
  build_number integer := new_build;
begin
  perform pg_advisory_xact_lock(name_lock(new_region, new_owner, new_type, new_slug));

  if call_token is not null then
    select fingerprint, answer into earlier from client_token
    where region = new_region and account = new_owner and operation = call_operation and token = call_token
      and created_at > call_forgotten;
    if found then
      outcome := case when earlier.fingerprint = call_fingerprint then 'repeated' else 'mismatch' end;
      stored_arn := earlier.answer ->> call_member;
      return;
    end if;
  end if;

  select major, minor, patch into newest from resource
  where region = new_region and owner = new_owner and kind = new_kind and type = new_type and slug = new_slug and newest_version;
  has_others := found;
  if has_others then
    select arn, digest into latest from resource
    where region = new_region and owner = new_owner and kind = new_kind and type = new_type and slug = new_slug
      and major = new_major and minor = new_minor and patch = new_patch and (new_build is null or build = new_build)
    order by build desc limit 1;
    if found and (new_build is not null or latest.digest = new_digest) then
      outcome := 'exists';
      stored_arn := latest.arn;
      return;
    end if;
  end if;

  if quota is not null then
    -- creations of the kind wait for each other, so that it is exact
    perform pg_advisory_xact_lock(hashtextextended('quota ' || new_region || ' ' || new_owner || ' ' || new_kind, 0));
    if (select count(*) from (
      select from resource where region = new_region and owner = new_owner and kind = new_kind limit quota
    ) as counted) >= quota then
      outcome := 'over-quota';
      return;
    end if;
  end if;

  if build_number is null then
    -- numbers of deleted builds are not used again
    insert into used_version as used (region, owner, type, slug, major, minor, patch, last_build)
    values (new_region, new_owner, new_type, new_slug, new_major, new_minor, new_patch, 1)
    on conflict (region, owner, type, slug, major, minor, patch) do update set last_build = used.last_build + 1
    returning last_build into build_number;
  end if;
  if has_others then
    update resource set
      newest_build = newest_build and (major, minor, patch) <> (new_major, new_minor, new_patch),
      newest_version = newest_version and (major, minor, patch) > (new_major, new_minor, new_patch)
    where region = new_region and owner = new_owner and kind = new_kind and type = new_type and slug = new_slug
      and (newest_build or newest_version) and (newest_version or (major, minor, patch) = (new_major, new_minor, new_patch));
  end if;

  outcome := 'stored';
  stored_arn := case when build_number = 0 then new_arn else new_arn || '/' || build_number end;
  insert into resource (
    region, owner, kind, type, slug, major, minor, patch, build, version, name, arn, newest_build, newest_version,
    status, detail, document, digest, tags, created_at)
  values (
    new_region, new_owner, new_kind, new_type, new_slug, new_major, new_minor, new_patch, build_number, new_version, new_name, stored_arn,
    true, not has_others or (newest.major, newest.minor, newest.patch) <= (new_major, new_minor, new_patch),
    new_status, new_detail, new_document, new_digest, new_tags, new_created_at)
  returning id into stored_id;

  if call_token is not null then
    insert into client_token (region, account, operation, token, fingerprint, answer, created_at)
    values (new_region, new_owner, call_operation, call_token, call_fingerprint, json_build_object(call_member, stored_arn), new_created_at)
    on conflict (region, account, operation, token) do update
    set fingerprint = excluded.fingerprint, answer = excluded.answer, created_at = excluded.created_at
    where client_token.created_at <= call_forgotten;
    if not found then
      -- by a call for another name, at the same time: tried again, this one finds its answer
      raise serialization_failure using message = 'the client token was used meanwhile';
    end if;
  end if;
end
$$;
