-- Who looked at whose data; what persons ask about their data; and frozen runs that stay what they are when a name has to go.

create table data_access (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  account_id bigint not null,
  request text,
  what text not null check (what in ('profile', 'evidence', 'file', 'result', 'preview', 'export')),
  route text not null,
  params jsonb not null default '{}',
  teacher_ids bigint[] not null,
  everybody boolean not null default false
);
create index data_access_teachers on data_access using gin (teacher_ids);
create index data_access_everybody on data_access (id desc) where everybody;
create index data_access_account on data_access (account_id, id desc);
create index data_access_at on data_access using brin (at);
comment on table data_access is 'readings of other people''s data; one''s own are not recorded';
comment on column data_access.request is 'the same as in the audit log';
comment on column data_access.teacher_ids is 'whose data were shown';
comment on column data_access.everybody is 'a list or file of everybody whom the reader''s rights reach; teacher_ids is then empty';

-- Kept three years, and till then nobody changes or removes a row.
create function refuse_change_of_access() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.at < now() - interval '3 years' then return old; end if;
  raise exception 'rows of % are written once', tg_table_name using errcode = 'UZ002';
end $$;
create trigger written_once before update or delete on data_access for each row execute function refuse_change_of_access();
create trigger never_emptied before truncate on data_access for each statement execute function refuse_change_of_access();

create table data_request (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('export', 'erasure')),
  teacher_id bigint not null references teacher (id),
  asked_by bigint not null references account (id),
  asked_at timestamptz not null,
  reason text,
  state text not null default 'asked' check (state in ('asked', 'granted', 'refused', 'withdrawn')),
  decided_by bigint references account (id),
  decided_at timestamptz,
  answer text,
  outcome jsonb,
  check ((state = 'asked') = (decided_at is null))
);
create unique index data_request_open on data_request (teacher_id, kind) where state = 'asked';
create index data_request_list on data_request (state, id desc);
create index data_request_teacher on data_request (teacher_id, id desc);
comment on column data_request.answer is 'of who decided, to the person; null: nothing was said';
comment on column data_request.outcome is 'of an erasure: how many rows of which table were erased, changed or kept; null: nothing was done';

alter table teacher add column erased_at timestamptz;
comment on column teacher.erased_at is 'when the person''s data were erased: the personnel number stays in the place of the name; null: they are here';

-- The hash of a snapshot covers codes and values. Names stand beside them, so that they can be erased without touching what was rated.
alter table snapshot add column names_hashed boolean not null default true;
comment on column snapshot.names_hashed is 'frozen before names stood outside of the hash: erasing one would change it';

-- The personnel number may take the place of a person's names, and nothing else of a frozen row changes.
create function refuse_change_of_frozen_person() returns trigger language plpgsql as $$
declare
  names constant text[] := array['family_name', 'given_name', 'patronymic'];
begin
  if tg_op = 'UPDATE' and new.family_name = new.code and new.given_name = '' and new.patronymic is null
    and to_jsonb(new) - names = to_jsonb(old) - names
    and not exists (select from core.snapshot s where s.id = old.snapshot_id and s.names_hashed) then
    return new;
  end if;
  raise exception 'rows of % are frozen: make a new run', tg_table_name using errcode = 'UZ002';
end $$;
drop trigger frozen on snapshot_teacher;
create trigger frozen before truncate on snapshot_teacher for each statement execute function refuse_change_of_frozen();
create trigger frozen_rows before update or delete on snapshot_teacher for each row execute function refuse_change_of_frozen_person();
