-- With which accounts a resource is shared by its policy: what lists and ARNs of these accounts can find. '*' is every account.
create table resource_share (
  resource_id bigint not null references resource (id) on delete cascade,
  account text not null,
  primary key (account, resource_id)
);
create index resource_share_resource on resource_share (resource_id);
