-- What is asked, whom it is about, and what was answered: in sums only, never answer by answer.

create table questionnaire (
  id bigint generated always as identity primary key,
  code text not null unique,
  title jsonb not null
);

create table questionnaire_version (
  id bigint generated always as identity primary key,
  questionnaire_id bigint not null references questionnaire (id),
  number integer not null check (number > 0),
  questions jsonb not null,
  fixed_at timestamptz,
  unique (questionnaire_id, number)
);
comment on column questionnaire_version.fixed_at is 'since a campaign asks it; from then on nothing of it changes';

create function keep_fixed_version() returns trigger language plpgsql as $$
begin
  if old.fixed_at is not null then
    raise exception 'version % of questionnaire % is fixed', old.number, old.questionnaire_id;
  end if;
  return coalesce(new, old);
end $$;
create trigger fixed before update or delete on questionnaire_version
  for each row execute function keep_fixed_version();

create table campaign (
  id bigint generated always as identity primary key,
  title jsonb not null,
  version_id bigint not null references questionnaire_version (id),
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  opens_at timestamptz not null,
  closes_at timestamptz not null check (closes_at > opens_at),
  threshold integer not null check (threshold >= 5),
  released_at timestamptz,
  closed_at timestamptz
);
comment on column campaign.threshold is 'answers below which nothing is shown';
comment on column campaign.released_at is 'null: being prepared';
comment on column campaign.closed_at is 'when results were worked out, once';
create index campaign_period on campaign (period_to);
create index campaign_version on campaign (version_id);

create table cell (
  id bigint generated always as identity primary key,
  campaign_id bigint not null references campaign (id),
  course_code text not null,
  course_title text not null,
  group_code text not null,
  teacher_id bigint not null,
  teacher_name text not null,
  students integer not null check (students > 0),
  unique (campaign_id, group_code, course_code, teacher_id)
);
comment on table cell is 'a teacher in a course of a group: what one answer is about';
comment on column cell.students is 'who may answer; no more links are given out';
create index cell_teacher on cell (teacher_id, campaign_id);

create table token (
  hash bytea primary key check (length(hash) = 32),
  cell_id bigint not null references cell (id),
  way text not null check (way in ('paper', 'mail')),
  receipt bytea check (length(receipt) = 32)
);
comment on table token is 'links that were given out, by their hash; gone when the campaign is closed';
comment on column token.receipt is 'sha256 of the number that the phone made for its answer, which stands nowhere else; null: not used';
create index token_cell on token (cell_id);

create table tally (
  cell_id bigint primary key references cell (id),
  answers integer not null default 0 check (answers >= 0),
  counts integer[] not null,
  texts jsonb not null default '[]'
) with (fillfactor = 50);
comment on table tally is 'what was answered about a cell, added up as it comes; gone when the campaign is closed';
comment on column tally.counts is 'by places of the version''s questions (questions/places.ts)';
comment on column tally.texts is 'in random order';

create table teacher_result (
  campaign_id bigint not null references campaign (id),
  teacher_id bigint not null,
  unit_id bigint,
  students integer not null,
  answers integer,
  score numeric check (score between 0 and 100),
  shrunken numeric,
  standard_error numeric check (standard_error >= 0),
  low numeric,
  high numeric,
  questions jsonb not null default '[]',
  primary key (campaign_id, teacher_id)
);
comment on table teacher_result is 'written once, when the campaign is closed';
comment on column teacher_result.unit_id is 'core.unit of the post on the last day of the period; null: none';
comment on column teacher_result.answers is 'null: fewer than the threshold, and nothing is known of them any more';
create index teacher_result_teacher on teacher_result (teacher_id);

create table part_result (
  campaign_id bigint not null references campaign (id),
  teacher_id bigint not null,
  place integer not null,
  cell_ids bigint[] not null,
  students integer not null,
  answers integer not null,
  score numeric,
  questions jsonb not null,
  primary key (campaign_id, teacher_id, place)
);
comment on table part_result is 'a teacher''s groups, one by one where there are enough answers, the others together';

create table unit_result (
  campaign_id bigint not null references campaign (id),
  unit_id bigint not null,
  teachers integer not null,
  median numeric not null,
  primary key (campaign_id, unit_id)
);
comment on table unit_result is 'only of units with enough teachers that have a result';

create table remark (
  id uuid primary key,
  campaign_id bigint not null references campaign (id),
  teacher_id bigint not null,
  question text not null,
  body text not null,
  state text not null default 'waiting' check (state in ('waiting', 'shown', 'withheld')),
  decided_by bigint,
  decided_at timestamptz,
  check ((state = 'waiting') = (decided_by is null) and (state = 'waiting') = (decided_at is null))
);
comment on column remark.id is 'random, and so is the order in which remarks were written';
comment on column remark.body is 'as the reviewer lets it stand; what was there before is kept nowhere';
create index remark_teacher on remark (teacher_id, campaign_id);
create index remark_waiting on remark (id) where state = 'waiting';
