-- Experts are asked how much the areas of a draft regulation count. What they were asked is kept as it was then.

create table consultation (
  id bigint generated always as identity primary key,
  title jsonb not null,
  version_id bigint not null,
  regulation_code text not null,
  regulation_version text not null,
  areas jsonb not null,
  method text not null check (method in ('ahp', 'best-worst')),
  random_index text not null,
  ratio_limit numeric(4, 3) not null check (ratio_limit between 0 and 1),
  when_inconsistent text not null check (when_inconsistent in ('refuse', 'warn')),
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  closed_at timestamptz,
  revision integer not null default 1 check (revision > 0),
  check (closes_at > opens_at)
);
comment on column consultation.version_id is 'the draft it was opened for, a regulation_version of core';
comment on column consultation.areas is 'the areas of that draft when it was opened: [{id, title}]';
comment on column consultation.ratio_limit is 'greatest consistency ratio that is accepted by the analytic hierarchy process, inclusive';
comment on column consultation.closed_at is 'when it was closed before closes_at; null: it was not';

create table sheet (
  consultation_id bigint not null references consultation (id) on delete cascade,
  account_id bigint not null,
  name text not null,
  answer jsonb not null,
  revision integer not null default 1 check (revision > 0),
  saved_at timestamptz,
  submitted_at timestamptz,
  primary key (consultation_id, account_id)
);
create index sheet_account on sheet (account_id, consultation_id desc);
comment on table sheet is 'what one invited expert answers, from the first comparison on';
comment on column sheet.revision is 'counts the changes, from 1: nobody overwrites what they have not seen';
comment on column sheet.saved_at is 'null: nothing was answered yet';
comment on column sheet.submitted_at is 'null: the expert is still at it';

create table consultation_change (
  id bigint generated always as identity primary key,
  consultation_id bigint not null references consultation (id) on delete cascade,
  account_id bigint not null,
  account_name text not null,
  changed_at timestamptz not null,
  action text not null check (action in ('open', 'change', 'close', 'submit', 'take-back', 'save-weighting')),
  reason text,
  regulation_version text
);
create index consultation_change_consultation on consultation_change (consultation_id, id);
comment on column consultation_change.regulation_version is 'the version of the regulation that got the weighting; null: the change was another';
