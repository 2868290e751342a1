-- What the rules of regulations ask about: fields of science, citizenship, who leads a unit, posts within the period, places
-- among authors, points given by experts; money, places of units, and what became known when.

alter table teacher add column citizenship text check (citizenship ~ '^[A-Z]{2}$');
comment on column teacher.citizenship is 'ISO 3166-1 alpha-2; null: unknown';
alter table appointment add column field text;
comment on column appointment.field is 'field of science of the post, as regulations name it; null: unknown';

create table leadership (
  id bigint generated always as identity primary key,
  teacher_id bigint not null references teacher (id),
  unit_id bigint not null references unit (id),
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  unique (teacher_id, unit_id, starts_on)
);
create index leadership_unit on leadership (unit_id, starts_on);
comment on table leadership is 'who leads a department or faculty; ends_on inclusive, null: still';

alter table evidence add column expert_points numeric;
comment on column evidence.expert_points is 'points given by whoever verifies, where a regulation leaves them to judgement; null: none were given';
alter table evidence_change drop constraint evidence_change_action_check;
alter table evidence_change add constraint evidence_change_action_check check (action in
  ('create', 'edit', 'submit', 'return', 'approve', 'reject', 'reopen', 'attach', 'detach', 'join', 'judge'));

alter table snapshot add column facts_from date check (facts_from <= period_from);
comment on column snapshot.facts_from is 'first day whose facts are frozen, for windows that reach back; null: the first day of the period';
alter table snapshot_teacher
  add column sex text,
  add column birth_year smallint,
  add column field text,
  add column citizenship text,
  add column employed_days integer;
comment on column snapshot_teacher.employed_days is 'days of the period on which a post was held';

create table snapshot_post (
  snapshot_id bigint not null,
  teacher_id bigint not null,
  post_no smallint not null,
  unit_id bigint not null,
  position text,
  rate numeric not null,
  first_day date not null,
  last_day date not null,
  primary key (snapshot_id, teacher_id, post_no)
);
comment on table snapshot_post is 'posts held in the period, cut to it, both days inclusive; numbered by first day, unit';
create table snapshot_leader (
  snapshot_id bigint not null,
  teacher_id bigint not null,
  unit_id bigint not null,
  primary key (snapshot_id, teacher_id, unit_id)
);
comment on table snapshot_leader is 'who led which unit on the last day of the period (or of the time employed in it)';

alter table snapshot_fact
  add column ordinal smallint,
  add column affiliated smallint,
  add column expert_points numeric;
comment on column snapshot_fact.ordinal is 'place among the authors, 1..; null: unknown';
comment on column snapshot_fact.affiliated is 'participants who belong to the university, the teacher included; null: unknown';

alter table run add column known_at date;
comment on column run.known_at is 'amendments that became known later are left out; null: all are applied';

alter table run_teacher
  add column money numeric,
  add column notes jsonb not null default '[]';
comment on column run_teacher.money is 'what the result is worth, rounded by the regulation; null: no money is due or it cannot be told (see notes)';
comment on column run_teacher.notes is 'requirements that are not met and what follows: code, clause, params';
alter table run_area add column normalised numeric;
comment on column run_area.points is 'after caps, before normalising and weighting';
comment on column run_area.normalised is 'what is weighted; null: the points as they are';
comment on column run_area.score is 'what the area adds: points (or normalised) x weight';
alter table run_line add column fact_teacher_id bigint;
comment on column run_line.fact_teacher_id is 'whose fact it is, where it is a fact of the staff; null: the teacher''s own';

create table run_unit (
  run_id bigint not null,
  unit_id bigint not null,
  scored integer not null,
  fte numeric not null,
  total numeric,
  place integer,
  primary key (run_id, unit_id)
);
comment on column run_unit.total is 'by the regulation''s statistic of the staff''s totals; null: nobody was scored';
comment on column run_unit.place is 'among units of the same kind; null: not ranked';

create trigger frozen before update or delete or truncate on snapshot_post for each statement execute function refuse_change_of_frozen();
create trigger frozen before update or delete or truncate on snapshot_leader for each statement execute function refuse_change_of_frozen();
create trigger frozen before update or delete or truncate on run_unit for each statement execute function refuse_change_of_frozen();
