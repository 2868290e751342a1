-- Which results are published, how they were before, and whether a table by name is for everybody. Lines are only ever added: what is
-- published now is the last line of a run.

create table publication (
  id bigint generated always as identity primary key,
  run_id bigint not null references run (id),
  state text not null check (state in ('preliminary', 'final', 'replaced', 'withdrawn')),
  note text not null check (note <> ''),
  account_id bigint not null references account (id),
  happened_at timestamptz not null,
  run_hash text not null,
  appeals_until date,
  answer_days smallint check (answer_days > 0),
  replaced_by bigint references run (id),
  check ((state = 'replaced') = (replaced_by is not null)),
  check (appeals_until is null or state = 'preliminary'),
  check ((appeals_until is null) = (answer_days is null))
);
create index publication_run on publication (run_id, id desc);
create index publication_replaced_by on publication (replaced_by) where replaced_by is not null;
create index publication_account on publication (account_id);
comment on column publication.run_hash is 'of the run when it was published, found again by hashing what is stored';
comment on column publication.appeals_until is 'last day, inclusive, on which an appeal may be filed; null: none may';
comment on column publication.answer_days is 'days after the last day of filing within which appeals are answered';
create trigger frozen before update or delete or truncate on publication for each statement execute function refuse_change_of_frozen();

create table table_by_name (
  id bigint generated always as identity primary key,
  is_on boolean not null,
  reason text not null check (reason <> ''),
  account_id bigint not null references account (id),
  happened_at timestamptz not null
);
create index table_by_name_account on table_by_name (account_id);
comment on table table_by_name is 'whether everybody sees published places by name: the last line holds; none: no';
create trigger frozen before update or delete or truncate on table_by_name for each statement execute function refuse_change_of_frozen();
