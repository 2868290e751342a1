-- Approval in stages: whose turn an entry is and was, who stands in for whom, who may not decide about whom.

alter table unit drop constraint unit_kind_check;
alter table unit add constraint unit_kind_check check (kind in ('university', 'faculty', 'department', 'structural'));
comment on column unit.kind is 'structural: a unit of the administration that verifies evidence; no teachers are rated by it';

alter table evidence add column approval_version_id bigint references regulation_version (id);
comment on column evidence.approval_version_id is 'version whose stages it goes through, found when it is submitted; null: approved in one step';

alter table evidence_change drop constraint evidence_change_action_check;
alter table evidence_change add constraint evidence_change_action_check check (action in
  ('create', 'edit', 'submit', 'return', 'approve', 'pass', 'skip', 'reject', 'reopen', 'attach', 'detach', 'join', 'judge'));
alter table evidence_change
  add column stage text,
  add column for_account_id bigint references account (id),
  add column late boolean not null default false;
comment on column evidence_change.stage is 'clause id of the stage that was decided in or skipped; null: none';
comment on column evidence_change.for_account_id is 'in whose stead the account acted; null: for itself';
comment on column evidence_change.late is 'done outside of its window, as the regulation allows';

create table evidence_turn (
  id bigint generated always as identity primary key,
  evidence_id bigint not null references evidence (id) on delete cascade,
  round integer not null,
  stage text not null,
  holder text not null check (holder in ('leader', 'head', 'dean', 'verifier', 'office')),
  unit_id bigint references unit (id),
  may text[] not null,
  since timestamptz not null,
  due_on date,
  closes_on date,
  closed_at timestamptz,
  outcome text check (outcome in ('pass', 'return', 'reject', 'idle')),
  account_id bigint references account (id),
  for_account_id bigint references account (id),
  check ((closed_at is null) = (outcome is null)),
  check (holder = 'office' or unit_id is not null)
);
create unique index evidence_turn_open on evidence_turn (evidence_id, holder, unit_id) nulls not distinct where closed_at is null;
create index evidence_turn_queue on evidence_turn (holder, unit_id, since, id) where closed_at is null;
create index evidence_turn_hanging on evidence_turn (closes_on) where closed_at is null;
create index evidence_turn_evidence on evidence_turn (evidence_id, id);
create index evidence_turn_unit on evidence_turn (unit_id, evidence_id) where holder = 'verifier';
comment on table evidence_turn is 'whose turn it is (open), and whose it was';
comment on column evidence_turn.round is 'revision with which the entry was submitted: turns of one submission share it';
comment on column evidence_turn.stage is 'clause id of the stage; "leader": the one step of a regulation without stages';
comment on column evidence_turn.due_on is 'last day on which it is not overdue; null: no time is set';
comment on column evidence_turn.closes_on is 'last day on which it may be decided about; null: none is set';
comment on column evidence_turn.outcome is 'idle: another of the same stage decided';

create table delegation (
  id bigint generated always as identity primary key,
  from_account_id bigint not null references account (id),
  to_account_id bigint not null references account (id),
  starts_on date not null,
  ends_on date not null,
  created_by bigint not null references account (id),
  created_at timestamptz not null,
  ended_by bigint references account (id),
  ended_at timestamptz,
  check (from_account_id <> to_account_id),
  check (ends_on >= starts_on),
  check ((ended_by is null) = (ended_at is null))
);
create index delegation_to on delegation (to_account_id, ends_on) where ended_at is null;
create index delegation_from on delegation (from_account_id, id desc);
comment on table delegation is 'who decides in the stead of whom, both days inclusive; ended_at: taken back before its end';

create table relative (
  id bigint generated always as identity primary key,
  account_id bigint not null references account (id),
  teacher_id bigint not null references teacher (id),
  created_by bigint not null references account (id),
  created_at timestamptz not null,
  ended_by bigint references account (id),
  ended_at timestamptz,
  check ((ended_by is null) = (ended_at is null))
);
create unique index relative_pair on relative (account_id, teacher_id) where ended_at is null;
create index relative_teacher on relative (teacher_id) where ended_at is null;
comment on table relative is 'the account decides about nothing the teacher takes part in, nor the teacher''s account about what the account''s teacher does';

-- The one place that says about whom an account may not decide: itself and its relatives, whichever of the two declared it.
create function conflicts_of(account bigint) returns setof bigint language sql stable as $$
  select a.teacher_id from core.account a where a.id = account and a.teacher_id is not null
  union
  select r.teacher_id from core.relative r where r.account_id = account and r.ended_at is null
  union
  select other.teacher_id from core.account self
    join core.relative r on r.teacher_id = self.teacher_id and r.ended_at is null
    join core.account other on other.id = r.account_id
  where self.id = account and other.teacher_id is not null
$$;

-- What waits for approval waits in one step, for who heads a department of those who take part, else for the office.
insert into evidence_turn (evidence_id, round, stage, holder, unit_id, may, since)
select distinct e.id, e.revision, 'leader', case when a.unit_id is null then 'office' else 'leader' end, a.unit_id,
  array['pass', 'return', 'reject'], e.updated_at
from evidence e
left join lateral (
  select a.unit_id from evidence_participant p
  join appointment a on a.teacher_id = p.teacher_id and current_date between a.starts_on and coalesce(a.ends_on, 'infinity'::date)
  where p.evidence_id = e.id
) a on true
where e.state = 'submitted';
