-- What was forecast after a finished official run: written whole in one transaction, replaced whole when it is worked out again.

create table outlook (
  id bigint generated always as identity primary key,
  run_id bigint not null unique,
  regulation_code text not null,
  made_at timestamptz not null,
  periods jsonb not null,
  horizon smallint not null check (horizon between 1 and 3),
  backend text not null,
  seed integer not null,
  seconds double precision not null
);
comment on table outlook is 'one for each official run that had somebody to forecast';
comment on column outlook.periods is 'the periods that were known, oldest first: [{from, to, runId}]';
create index outlook_of_regulation on outlook (regulation_code, run_id desc);

create table outlook_measure (
  outlook_id bigint not null references outlook (id) on delete cascade,
  measure text not null,
  place smallint not null,
  title jsonb,
  backtest jsonb,
  primary key (outlook_id, measure)
);
comment on column outlook_measure.measure is 'total, or the id of an area';
comment on column outlook_measure.title is 'of the area; null: the total';
comment on column outlook_measure.backtest is 'how the method did on the past (ratings/backtest.ts); null: there is no past to try it on';

create table outlook_subject (
  outlook_id bigint not null,
  measure text not null,
  kind text not null check (kind in ('teacher', 'department', 'faculty', 'university')),
  subject_id bigint not null,
  teacher_id bigint generated always as (case when kind = 'teacher' then subject_id end) stored,
  unit_id bigint,
  past double precision[] not null,
  periods smallint not null check (periods > 0),
  basis text not null check (basis in ('peers', 'both', 'unit')),
  mean double precision[] not null,
  lower80 double precision[] not null,
  upper80 double precision[] not null,
  lower95 double precision[] not null,
  upper95 double precision[] not null,
  change double precision,
  primary key (outlook_id, measure, kind, subject_id),
  foreign key (outlook_id, measure) references outlook_measure on delete cascade
);
comment on column outlook_subject.subject_id is 'a teacher or a unit; 0: the university';
comment on column outlook_subject.unit_id is 'the department of a teacher; null: of a unit';
comment on column outlook_subject.past is 'points in each known period, null: none';
comment on column outlook_subject.mean is 'points in each step ahead; the bounds of the central 80 and 95 % intervals likewise';
comment on column outlook_subject.change is 'first step less the newest period; null: no points in the newest period';
create index outlook_subject_of_teacher on outlook_subject (teacher_id) where teacher_id is not null;
create index outlook_subject_by_change on outlook_subject (outlook_id, measure, kind, change);
create index outlook_subject_by_unit on outlook_subject (outlook_id, measure, kind, unit_id);
