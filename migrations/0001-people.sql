-- Units, teachers, appointments and leave. Everything of core stands in schema "core" (the runner sets the search path).

-- One order of names for Kazakh, Russian and Latin script: CLDR root order with the Kazakh tailoring.
create collation person_name (provider = icu, locale = 'kk');

create table unit (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('university', 'faculty', 'department')),
  code text not null unique,
  parent_id bigint references unit (id),
  name jsonb not null,
  check ((kind = 'university') = (parent_id is null))
);
create index unit_parent on unit (parent_id);
comment on column unit.name is 'text by language: {"kk": ..., "ru": ..., "en": ...}';

create table position (
  code text primary key,
  sort_order smallint not null,
  name jsonb not null
);

insert into position (code, sort_order, name) values
  ('professor', 1, '{"kk": "Профессор", "ru": "Профессор", "en": "Professor"}'),
  ('associate-professor', 2, '{"kk": "Қауымдастырылған профессор", "ru": "Ассоциированный профессор", "en": "Associate professor"}'),
  ('assistant-professor', 3, '{"kk": "Ассистент-профессор", "ru": "Ассистент-профессор", "en": "Assistant professor"}'),
  ('senior-lecturer', 4, '{"kk": "Аға оқытушы", "ru": "Старший преподаватель", "en": "Senior lecturer"}'),
  ('lecturer', 5, '{"kk": "Оқытушы", "ru": "Преподаватель", "en": "Lecturer"}'),
  ('assistant', 6, '{"kk": "Ассистент", "ru": "Ассистент", "en": "Assistant"}');

create table degree (
  code text primary key,
  sort_order smallint not null,
  name jsonb not null
);

insert into degree (code, sort_order, name) values
  ('doctor-of-sciences', 1, '{"kk": "Ғылым докторы", "ru": "Доктор наук", "en": "Doctor of sciences"}'),
  ('phd', 2, '{"kk": "PhD докторы", "ru": "Доктор PhD", "en": "PhD"}'),
  ('candidate-of-sciences', 3, '{"kk": "Ғылым кандидаты", "ru": "Кандидат наук", "en": "Candidate of sciences"}'),
  ('master', 4, '{"kk": "Магистр", "ru": "Магистр", "en": "Master"}'),
  ('none', 5, '{"kk": "Дәрежесі жоқ", "ru": "Без степени", "en": "No degree"}');

create table teacher (
  id bigint generated always as identity primary key,
  code text not null unique,
  family_name text collate person_name not null,
  given_name text collate person_name not null,
  patronymic text collate person_name,
  latin_name text,
  sex text check (sex in ('female', 'male')),
  birth_year smallint check (birth_year between 1900 and 2100),
  orcid text,
  service_from date
);
create index teacher_name on teacher (family_name, given_name, id);
create extension if not exists pg_trgm with schema public;
create index teacher_search on teacher using gin
  (lower(family_name || ' ' || given_name || ' ' || coalesce(patronymic, '') || ' ' || coalesce(latin_name, '')) public.gin_trgm_ops);
comment on column teacher.code is 'personnel number: the permanent name of a teacher in imports and exports';
comment on column teacher.service_from is 'start of service at this university; null: unknown, then the earliest appointment counts';

create table appointment (
  id bigint generated always as identity primary key,
  teacher_id bigint not null references teacher (id),
  unit_id bigint not null references unit (id),
  position text references position (code),
  degree text references degree (code),
  rate numeric(4, 3) not null check (rate > 0 and rate <= 2),
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  unique (teacher_id, unit_id, starts_on)
);
create index appointment_unit on appointment (unit_id, starts_on);
comment on column appointment.position is 'null: unknown; a rating by position then blocks the teacher instead of guessing';
comment on column appointment.ends_on is 'last day, inclusive; null: still held';
comment on column appointment.rate is 'full-time equivalent, 1 = full time';

create table leave (
  id bigint generated always as identity primary key,
  teacher_id bigint not null references teacher (id),
  kind text not null check (kind in ('maternity', 'sick', 'sabbatical', 'unpaid', 'other')),
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  unique (teacher_id, starts_on)
);

create table account (
  id bigint generated always as identity primary key,
  name text not null,
  teacher_id bigint unique references teacher (id)
);
create table account_role (
  account_id bigint not null references account (id),
  role text not null check (role in ('teacher', 'head', 'dean', 'office', 'management', 'administrator')),
  unit_id bigint references unit (id),
  unique nulls not distinct (account_id, role, unit_id)
);
comment on column account_role.unit_id is 'the unit (with all below it) in which the role holds; null: the whole university';
