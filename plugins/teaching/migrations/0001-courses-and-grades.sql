-- Courses, the groups that took them, who taught them, and what the students were given; students by pseudonym only.

create table course (
  id bigint generated always as identity primary key,
  code text not null unique,
  title text not null
);

create table course_group (
  id bigint generated always as identity primary key,
  code text not null unique,
  course_id bigint not null references course (id),
  year smallint not null check (year between 1900 and 2100),
  term smallint not null check (term between 1 and 3),
  ended_on date not null,
  pass_mark numeric not null default 50 check (pass_mark between 0 and 100),
  good_mark numeric not null default 70 check (good_mark >= pass_mark),
  excellent_mark numeric not null default 90 check (excellent_mark between good_mark and 100)
);
comment on table course_group is 'one course taken by one group of students in one term';
comment on column course_group.year is 'in which the academic year began';
comment on column course_group.ended_on is 'when the grades were final; the day of the facts';
comment on column course_group.pass_mark is 'least grade, inclusive, that passes; good_mark and excellent_mark likewise';
create index course_group_course on course_group (course_id, year, term);

create table group_teacher (
  group_id bigint not null references course_group (id),
  teacher_id bigint not null,
  primary key (teacher_id, group_id)
);
create index group_teacher_group on group_teacher (group_id);

create table enrolment (
  group_id bigint not null references course_group (id),
  student char(24) not null,
  grade numeric check (grade between 0 and 100),
  attempts smallint check (attempts between 1 and 9),
  attended boolean,
  primary key (group_id, student)
);
comment on column enrolment.student is 'keyed hash of the student''s code: the same student is found again, nobody is named';
comment on column enrolment.grade is 'percent of the course''s maximum; null: none was given, or it is not known';
comment on column enrolment.attempts is 'which attempt gave the grade; null: not known';
comment on column enrolment.attended is 'whether the student came to the exam; null: not known';

-- The key of the pseudonyms. Whoever deletes it cuts the tie between students and their pseudonyms for good.
create table pseudonym_key (
  only_one boolean primary key default true check (only_one),
  key bytea not null
);

-- A teacher's results in one course and term, against the course's norm: worked out anew with every import (results/rebuild-results.ts), so that
-- freezing the facts of a year reads one table.
create table course_result (
  teacher_id bigint not null,
  course_id bigint not null references course (id),
  year smallint not null,
  term smallint not null,
  ended_on date not null,
  groups integer not null,
  enrolled integer not null,
  graded integer not null,
  passed integer not null,
  good integer not null,
  excellent integer not null,
  attempts_known integer not null,
  retaken integer not null,
  attendance_known integer not null,
  attended integer not null,
  used integer not null,
  mean numeric,
  norm_students integer not null,
  norm_groups integer not null,
  norm_by_others numeric,
  norm_mean numeric,
  norm_deviation numeric,
  prior_difference numeric,
  difference numeric,
  variance numeric,
  primary key (teacher_id, course_id, year, term)
);
comment on column course_result.used is 'students with a grade and a known prior attainment: those the difference rests on';
comment on column course_result.norm_by_others is 'share of the norm''s students whom others taught, 0 to 1';
comment on column course_result.prior_difference is 'prior attainment of the own students less that of the norm''s, in standard deviations';
comment on column course_result.difference is 'adjusted for prior attainment, in standard deviations of the norm''s grades; null: unknown';
comment on column course_result.variance is 'of the difference; null with it';
create index course_result_day on course_result (ended_on);
create index course_result_year on course_result (year, term, course_id);

-- What the office said about results that rose without a known cause.
create table result_review (
  id bigint generated always as identity primary key,
  teacher_id bigint not null,
  course_id bigint not null references course (id),
  year smallint not null,
  term smallint not null,
  accepted boolean not null,
  reason text not null check (reason <> ''),
  difference numeric not null,
  account_id bigint not null,
  account_name text not null,
  reviewed_at timestamptz not null
);
comment on column result_review.difference is 'as it was looked at; another one by more than 0.1 needs another look';
create index result_review_result on result_review (teacher_id, course_id, year, term, id desc);
