-- Two copies of one work that are in the database already: found at night, compared by a person, made one.

create table evidence_copy (
  id bigint generated always as identity primary key,
  first_id bigint not null references evidence (id) on delete cascade,
  second_id bigint not null references evidence (id) on delete cascade,
  verdict text not null check (verdict in ('same', 'perhaps', 'different')),
  first_revision integer not null,
  second_revision integer not null,
  found_at timestamptz not null,
  decision text check (decision in ('merged', 'separate')),
  kept_id bigint references evidence (id) on delete cascade,
  reason text check (reason <> ''),
  account_id bigint references account (id),
  decided_at timestamptz,
  unique (first_id, second_id),
  check (first_id < second_id),
  check ((decision is null) = (decided_at is null)),
  check ((decision is null) = (account_id is null)),
  check ((decision is null) = (reason is null)),
  check ((decision is not distinct from 'merged') = (kept_id is not null))
);
comment on table evidence_copy is 'two entries with one title that may be one work';
comment on column evidence_copy.verdict is 'as the kind compares them; a kind that does not compare: perhaps, where a teacher takes part in both';
comment on column evidence_copy.first_revision is 'as they were compared';
comment on column evidence_copy.decision is 'what a person said: merged into kept_id, or two works; null: nothing yet';
create index evidence_copy_open on evidence_copy (verdict desc, id) where decision is null and verdict <> 'different';
create index evidence_copy_second on evidence_copy (second_id);
create index evidence_copy_kept on evidence_copy (kept_id) where kept_id is not null;
create index evidence_copy_account on evidence_copy (account_id) where account_id is not null;

alter table evidence add column merged_into bigint references evidence (id);
comment on column evidence.merged_into is 'the entry that it was a copy of and that took over what it had; null: none';
alter table evidence add constraint evidence_merged_check check (merged_into is null or state = 'rejected');
create index evidence_merged_into on evidence (merged_into) where merged_into is not null;

alter table evidence_change drop constraint evidence_change_action_check;
alter table evidence_change add constraint evidence_change_action_check check (action in
  ('create', 'edit', 'submit', 'return', 'approve', 'pass', 'skip', 'reject', 'reopen', 'attach', 'detach', 'join', 'judge', 'merge'));
