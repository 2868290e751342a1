-- What an entry most likely is, learned each night from approved entries, and what numbers usually are. Replaced whole; names nobody.

create table sorting_task (
  task text primary key,
  classes text[] not null,
  weights bytea not null,
  biases bytea not null,
  rarity bytea not null,
  temperature double precision not null,
  threshold double precision,
  word_hashes bytea not null,
  word_counts bytea not null,
  card jsonb not null,
  learned_at timestamptz not null
);
comment on column sorting_task.task is 'kind, or <plugin>.<kind>/<field>';
comment on column sorting_task.weights is '32-bit floats, little end first, feature by feature, a number for each class';
comment on column sorting_task.threshold is 'from which confidence on it is suggested; null: never, it was no better than always the most frequent';
comment on column sorting_task.word_hashes is '32-bit numbers, rising; word_counts has a number for each class for each';

create table sorting_usual (
  indicator text not null,
  what text not null,
  count integer not null,
  middle double precision not null,
  spread double precision not null,
  low double precision not null,
  high double precision not null,
  primary key (indicator, what)
);
comment on column sorting_usual.what is 'data/<field>, participants, or year: entries of one teacher in a calendar year';
comment on column sorting_usual.middle is 'median of ln(1 + x); spread likewise';

create table sorting_answer (
  task text not null,
  day date not null,
  taken integer not null default 0,
  declined integer not null default 0,
  primary key (task, day)
);
comment on table sorting_answer is 'how many suggestions were taken and declined, by whomever';
