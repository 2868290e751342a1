-- How certain the order of a run is: worked out after the run by a job of its own, once, with the settings and the seed it used.

create table run_certainty (
  run_id bigint primary key references run (id) on delete cascade,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  fraction real not null default 0 check (fraction between 0 and 1),
  requested_at timestamptz not null default now(),
  finished_at timestamptz,
  failure jsonb,
  settings jsonb,
  summary jsonb,
  check ((state = 'done') = (summary is not null)),
  check ((state = 'failed') = (failure is not null))
);
comment on column run_certainty.fraction is 'part of the work that is done';
comment on column run_certainty.settings is 'seed, replications and everything that was taken to be open, the alternatives included';
comment on column run_certainty.summary is 'of the whole run: failed replications, mean shift, influence of each choice, figures by league';

create table run_certainty_teacher (
  run_id bigint not null,
  teacher_id bigint not null,
  league text not null,
  place integer not null,
  lower_place integer,
  upper_place integer,
  median_place integer,
  tied_band integer,
  failed_share real not null check (failed_share between 0 and 1),
  primary key (run_id, teacher_id),
  check (lower_place <= place and place <= upper_place)
);
create index run_certainty_teacher_band on run_certainty_teacher (run_id, league, tied_band, place);
comment on table run_certainty_teacher is 'teachers with a place';
comment on column run_certainty_teacher.lower_place is 'better end of the 90 % interval, inclusive; null: no replication succeeded';
comment on column run_certainty_teacher.tied_band is 'teachers among whom no order is established, within the league, 1 = the first';
comment on column run_certainty_teacher.failed_share is 'replications in which the teacher had no total, 0..1';

create trigger frozen before update or delete or truncate on run_certainty_teacher for each statement execute function refuse_change_of_frozen();
