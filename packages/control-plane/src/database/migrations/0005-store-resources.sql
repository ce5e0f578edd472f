-- Stores several resources in one statement, which is one transaction: `requests` is a list of what store_resource takes. Without
-- may_wait, a resource whose name another transaction has is left out, with the outcome busy, so that one name never keeps the others
-- waiting, and two such transactions never wait for each other's names.
create function store_resources(requests json, may_wait boolean)
returns table (outcome text, stored_id bigint, stored_arn text)
language plpgsql as $$
declare
  request record;
begin
  for request in
    select * from json_to_recordset(requests) as (
      region text, owner text, kind text, type text, slug text, major integer, minor integer, patch integer, build integer, version text,
      name text, arn text, status text, detail jsonb, document text, digest text, tags jsonb, created_at timestamptz, quota integer,
      operation text, token text, fingerprint text, member text, forgotten timestamptz)
  loop
    if may_wait or pg_try_advisory_xact_lock(name_lock(request.region, request.owner, request.type, request.slug)) then
      select * into outcome, stored_id, stored_arn from store_resource(
        request.region, request.owner, request.kind, request.type, request.slug, request.major, request.minor, request.patch,
        request.build, request.version, request.name, request.arn, request.status, request.detail, request.document, request.digest,
        request.tags, request.created_at, request.quota, request.operation, request.token, request.fingerprint, request.member,
        request.forgotten);
    else
      outcome := 'busy';
      stored_id := null;
      stored_arn := null;
    end if;
    return next;
  end loop;
end
$$;
