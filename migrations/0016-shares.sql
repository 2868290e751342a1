-- Shares of one work: never above the whole once the entry is submitted, confirmed by each co-author; works found again by their
-- titles; when a file was found clean.

create table share_confirmation (
  id bigint generated always as identity primary key,
  evidence_id bigint not null references evidence (id) on delete cascade,
  teacher_id bigint not null references teacher (id),
  share numeric not null check (share > 0 and share <= 1),
  account_id bigint not null references account (id),
  confirmed_at timestamptz not null default now()
);
comment on table share_confirmation is 'a co-author has seen this share of the work and agrees; it holds as long as the share is the same';
create index share_confirmation_evidence on share_confirmation (evidence_id, teacher_id, id desc);
create index share_confirmation_teacher on share_confirmation (teacher_id);
create index share_confirmation_account on share_confirmation (account_id);

-- Looked at when the transaction ends, with the entry locked: two that write shares of one entry at the same moment wait for each other,
-- and the second sees what the first wrote. Drafts may hold too much: they are told so and cannot be submitted.
create function refuse_shares_above_one() returns trigger language plpgsql as $$
declare
  entry bigint := case tg_table_name when 'evidence' then (to_jsonb(new) ->> 'id')::bigint
    else (to_jsonb(new) ->> 'evidence_id')::bigint end;
begin
  perform from core.evidence where id = entry and state in ('submitted', 'approved') for no key update;
  if found and (select sum(share) from core.evidence_participant where evidence_id = entry) > 1 then
    raise exception 'the shares of evidence % are more than the whole work', entry using errcode = 'UZ003';
  end if;
  return null;
end $$;
create constraint trigger shares_at_most_one after insert or update of share on evidence_participant
  deferrable initially deferred for each row when (new.share is not null) execute function refuse_shares_above_one();
create constraint trigger shares_at_most_one after update of state on evidence
  deferrable initially deferred for each row
  when (new.state in ('submitted', 'approved') and old.state is distinct from new.state) execute function refuse_shares_above_one();

create index evidence_title_letters on evidence (indicator, regexp_replace(lower(title), '[^[:alnum:]]+', '', 'g'))
  where state <> 'rejected';

alter table evidence_file add column scanned_at timestamptz;
comment on column evidence_file.scanned_at is 'when a scanner found the content clean; null: it has not been scanned';
