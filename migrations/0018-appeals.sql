-- Appeals against a line of a published result, and the new run that carries out what was upheld.

create table appeal (
  id bigint generated always as identity primary key,
  run_id bigint not null references run (id),
  teacher_id bigint not null references teacher (id),
  subject text not null check (subject in ('line', 'evidence', 'standing')),
  line_no integer,
  evidence_id bigint references evidence (id),
  clause text,
  reason text not null check (reason <> ''),
  state text not null default 'filed' check (state in ('filed', 'in-review', 'upheld', 'rejected', 'withdrawn')),
  filed_by bigint not null references account (id),
  filed_at timestamptz not null,
  answer_until date not null,
  reviewer_id bigint references account (id),
  answer text check (answer <> ''),
  answered_at timestamptz,
  check ((subject = 'line') = (line_no is not null)),
  check ((subject = 'evidence') <= (evidence_id is not null)),
  check ((state in ('upheld', 'rejected')) = (answer is not null and answered_at is not null)),
  check (state <> 'in-review' or reviewer_id is not null)
);
comment on column appeal.subject is 'line: a line of the trace; evidence: approved evidence that is not counted; standing: a block, an exclusion, a requirement';
comment on column appeal.evidence_id is 'what it is about; null: a line about a sum, or a standing';
comment on column appeal.clause is 'id of the clause in the regulation of the run; null: none is named';
comment on column appeal.answer_until is 'last day for an answer, inclusive';
create unique index appeal_open on appeal (run_id, teacher_id, subject, line_no, evidence_id) nulls not distinct
  where state in ('filed', 'in-review');
create index appeal_list on appeal (state, answer_until, id);
create index appeal_run on appeal (run_id, state);
create index appeal_teacher on appeal (teacher_id, id desc);
create index appeal_reviewer on appeal (reviewer_id, id desc) where reviewer_id is not null;
create index appeal_evidence on appeal (evidence_id) where evidence_id is not null;
create index appeal_filed_by on appeal (filed_by);

create table appeal_change (
  id bigint generated always as identity primary key,
  appeal_id bigint not null references appeal (id),
  account_id bigint not null references account (id),
  happened_at timestamptz not null,
  action text not null check (action in ('file', 'attach', 'assign', 'uphold', 'reject', 'withdraw')),
  reason text,
  reviewer_id bigint references account (id)
);
create index appeal_change_appeal on appeal_change (appeal_id, id);
create index appeal_change_account on appeal_change (account_id);
create index appeal_change_reviewer on appeal_change (reviewer_id) where reviewer_id is not null;
create trigger frozen before update or delete or truncate on appeal_change for each statement execute function refuse_change_of_frozen();

create table appeal_file (
  id bigint generated always as identity primary key,
  appeal_id bigint not null references appeal (id),
  name text not null,
  media_type text not null,
  bytes integer not null check (bytes > 0),
  sha256 text not null,
  uploaded_by bigint not null references account (id),
  uploaded_at timestamptz not null,
  unique (appeal_id, sha256)
);
create index appeal_file_content on appeal_file (sha256);
create index appeal_file_uploaded_by on appeal_file (uploaded_by);

create table appeal_correction (
  id bigint generated always as identity primary key,
  appeal_id bigint not null references appeal (id),
  kind text not null check (kind in ('evidence', 'remove', 'add', 'person')),
  evidence_id bigint references evidence (id),
  fact_no integer,
  fact jsonb,
  reason text not null check (reason <> ''),
  check ((kind = 'evidence') = (evidence_id is not null)),
  check ((kind = 'remove') = (fact_no is not null)),
  check ((kind = 'add') = (fact is not null))
);
comment on column appeal_correction.kind is 'evidence: frozen anew as it is approved when the new run is computed; remove, add: a fact; person: post, degree, leave frozen anew';
comment on column appeal_correction.fact_no is 'of the appellant, in the snapshot of the run that was appealed against';
create index appeal_correction_appeal on appeal_correction (appeal_id);
create index appeal_correction_evidence on appeal_correction (evidence_id) where evidence_id is not null;
create trigger frozen before update or delete or truncate on appeal_correction for each statement execute function refuse_change_of_frozen();

create table run_correction (
  id bigint generated always as identity primary key,
  run_id bigint not null unique references run (id),
  base_run_id bigint not null references run (id)
);
comment on table run_correction is 'a run over the snapshot of another one, corrected by upheld appeals and by nothing else';
create index run_correction_base on run_correction (base_run_id);
create trigger frozen before update or delete or truncate on run_correction for each statement execute function refuse_change_of_frozen();
create table run_correction_appeal (
  run_correction_id bigint not null references run_correction (id),
  appeal_id bigint not null references appeal (id),
  primary key (run_correction_id, appeal_id)
);
create index run_correction_appeal_appeal on run_correction_appeal (appeal_id);
create trigger frozen before update or delete or truncate on run_correction_appeal for each statement execute function refuse_change_of_frozen();
