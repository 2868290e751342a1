-- Drafts are edited by several people: who changed what and when, and which revision one's own changes rest on.

alter table regulation_version add column revision integer not null default 1 check (revision > 0);
alter table regulation_version add column source_text text;
comment on column regulation_version.revision is 'counts the changes of the draft, from 1: nobody overwrites what they have not seen';
comment on column regulation_version.source_text is 'the document as YAML as somebody wrote it, with comments; null: only the document is kept';

create table regulation_change (
  id bigint generated always as identity primary key,
  version_id bigint not null references regulation_version (id) on delete cascade,
  revision integer not null,
  account_id bigint not null references account (id),
  changed_at timestamptz not null,
  action text not null check (action in ('create', 'import', 'edit', 'approve', 'retire')),
  hash text not null,
  accepted jsonb not null default '[]'
);
create index regulation_change_version on regulation_change (version_id, id);
comment on column regulation_change.hash is 'sha256 of the document after the change, hex';
comment on column regulation_change.accepted is 'warnings the approver accepted, each with the reason given: [{path, code, params, reason}]';

insert into regulation_change (version_id, revision, account_id, changed_at, action, hash)
  select id, 1, created_by, created_at, 'import', hash from regulation_version;
insert into regulation_change (version_id, revision, account_id, changed_at, action, hash)
  select id, 1, approved_by, approved_at, 'approve', hash from regulation_version
  where approved_by is not null and approved_at is not null;

create or replace function refuse_change_of_approved() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' and (tg_op = 'DELETE' or new.document <> old.document or new.hash <> old.hash
      or new.version <> old.version or new.source_text is distinct from old.source_text) then
    raise exception 'regulation version % is % and cannot be changed: make a new version', old.id, old.state using errcode = 'UZ001';
  end if;
  return coalesce(new, old);
end $$;

-- The history is written once; it goes only together with a draft that goes.
create function refuse_change_of_history() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are written once', tg_table_name using errcode = 'UZ001';
end $$;
create trigger regulation_change_kept before update on regulation_change
  for each row execute function refuse_change_of_history();
