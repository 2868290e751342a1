-- Snapshots and runs. Written once, never changed: the triggers below hold that even against a slip of our own.

create table snapshot (
  id bigint generated always as identity primary key,
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  taken_at timestamptz not null default now(),
  teachers integer not null,
  facts bigint not null,
  hash text not null
);
create table snapshot_unit (
  snapshot_id bigint not null,
  unit_id bigint not null,
  parent_id bigint,
  kind text not null,
  code text not null,
  name jsonb not null,
  primary key (snapshot_id, unit_id)
);
create table snapshot_teacher (
  snapshot_id bigint not null,
  teacher_id bigint not null,
  code text not null,
  family_name text collate person_name not null,
  given_name text collate person_name not null,
  patronymic text collate person_name,
  unit_id bigint not null,
  faculty_id bigint,
  position text,
  degree text,
  rate numeric not null,
  service_from date,
  leave_days integer not null,
  primary key (snapshot_id, teacher_id)
);
comment on column snapshot_teacher.rate is 'sum of the rates of all posts held on the last day the teacher was employed within the period';
comment on column snapshot_teacher.leave_days is 'days of the period spent on leave';

create table snapshot_fact (
  snapshot_id bigint not null,
  teacher_id bigint not null,
  fact_no integer not null,
  indicator text not null,
  happened_on date not null,
  quantity numeric not null,
  role text,
  participants smallint not null,
  share numeric,
  attributes jsonb not null,
  evidence_id bigint,
  primary key (snapshot_id, teacher_id, fact_no)
);
comment on column snapshot_fact.fact_no is 'number of the fact within the teacher, 1.., by indicator, date and evidence';
comment on column snapshot_fact.participants is 'people who took part, the teacher included';

create table run (
  id bigint generated always as identity primary key,
  purpose text not null check (purpose in ('official', 'trial')),
  regulation_version_id bigint not null references regulation_version (id),
  snapshot_id bigint references snapshot (id),
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  requested_by bigint not null references account (id),
  requested_at timestamptz not null default now(),
  finished_at timestamptz,
  cancel_requested boolean not null default false,
  failure jsonb,
  weights jsonb,
  hash text,
  check ((state = 'done') = (hash is not null)),
  check (state <> 'done' or snapshot_id is not null)
);
create index run_list on run (requested_at desc, id desc);
create index run_snapshot on run (snapshot_id);

create table run_progress (
  run_id bigint primary key references run (id) on delete cascade,
  stage text not null,
  fraction real not null check (fraction between 0 and 1),
  updated_at timestamptz not null default now()
);

create table run_teacher (
  run_id bigint not null,
  teacher_id bigint not null,
  league text,
  status text not null check (status in ('ranked', 'excluded', 'blocked')),
  reasons jsonb not null default '[]',
  total numeric,
  total_rounded numeric,
  place integer,
  band text,
  primary key (run_id, teacher_id),
  check ((status = 'ranked') = (place is not null)),
  check ((status = 'blocked') = (total is null))
);
create index run_teacher_place on run_teacher (run_id, league, place);
comment on column run_teacher.total is 'exact sum of the teacher''s lines; null: blocked, a needed input is unknown';
comment on column run_teacher.place is '1 = first in the league, ties share the place; null: not ranked';

create table run_area (
  run_id bigint not null,
  teacher_id bigint not null,
  area text not null,
  points numeric not null,
  weight numeric not null,
  score numeric not null,
  primary key (run_id, teacher_id, area)
);
comment on column run_area.score is 'points x weight';

create table run_line (
  run_id bigint not null,
  teacher_id bigint not null,
  line_no integer not null,
  kind text not null,
  area text,
  clause text not null,
  fact_no integer,
  amount numeric not null,
  primary key (run_id, teacher_id, line_no)
);
comment on column run_line.kind is 'points | split | minimum | cap | weight | norm';
comment on column run_line.clause is 'id of the criterion, cap, norm or weighting in the regulation document';
comment on column run_line.fact_no is 'the frozen fact the line counts; null: the line is about a sum';

create function refuse_change_of_frozen() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are frozen: make a new run', tg_table_name using errcode = 'UZ002';
end $$;
create trigger frozen before update or delete or truncate on snapshot for each statement execute function refuse_change_of_frozen();
create trigger frozen before update or delete or truncate on snapshot_unit for each statement execute function refuse_change_of_frozen();
create trigger frozen before update or delete or truncate on snapshot_teacher for each statement execute function refuse_change_of_frozen();
create trigger frozen before update or delete or truncate on snapshot_fact for each statement execute function refuse_change_of_frozen();
create trigger frozen before update or delete or truncate on run_teacher for each statement execute function refuse_change_of_frozen();
create trigger frozen before update or delete or truncate on run_area for each statement execute function refuse_change_of_frozen();
create trigger frozen before update or delete or truncate on run_line for each statement execute function refuse_change_of_frozen();

create function refuse_change_of_done_run() returns trigger language plpgsql as $$
begin
  if old.state = 'done' then
    raise exception 'run % is done and frozen: make a new run', old.id using errcode = 'UZ002';
  end if;
  return coalesce(new, old);
end $$;
create trigger run_done before update or delete on run for each row execute function refuse_change_of_done_run();
