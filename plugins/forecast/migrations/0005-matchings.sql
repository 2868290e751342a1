-- Which candidate is meant (a teacher by a printed name, a journal by its title, a copy of an entry), learned each night from what people decided.
-- Replaced whole; of persons nothing is kept but counts.

create table sorting_matching (
  matching text primary key,
  features text[] not null,
  refused text check (refused in ('few', 'no-better')),
  questions integer not null,
  weights bytea,
  biases bytea,
  temperature double precision,
  threshold double precision,
  card jsonb,
  learned_at timestamptz not null,
  check ((refused is null) = (weights is not null and biases is not null and temperature is not null and threshold is not null)),
  check (card is not null or refused = 'few')
);
comment on column sorting_matching.matching is '<plugin>.<id>, or core.copies';
comment on column sorting_matching.refused is 'few: too little was decided to learn from; no-better: the rule is right as often; null: it is suggested by what was learned';
comment on column sorting_matching.weights is '32-bit floats, little end first: for each feature its value and that it is not known, each against and for a candidate';

alter table sorting_answer add column shown integer not null default 0;
comment on table sorting_answer is 'how many suggestions were shown, taken and declined, by whomever';
comment on column sorting_answer.task is 'a task, or a matching';
