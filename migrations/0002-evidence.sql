-- Evidence: what a teacher did, entered once; its participants, files and history.

create table evidence (
  id bigint generated always as identity primary key,
  indicator text not null,
  data jsonb not null,
  title text not null,
  happened_on date,
  identity text,
  state text not null default 'draft' check (state in ('draft', 'submitted', 'returned', 'approved', 'rejected')),
  participant_count smallint not null default 0,
  revision integer not null default 1,
  created_by bigint not null references account (id),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (state in ('draft', 'returned', 'rejected') or happened_on is not null)
);
comment on column evidence.indicator is 'plugin.kind, e.g. publications.work';
comment on column evidence.identity is 'what makes two entries the same thing, given by the kind (a DOI, an ISBN, ...); null: cannot be told';
comment on column evidence.revision is 'grows by one with every change; writers state the one they read';
comment on column evidence.participant_count is 'number of rows in evidence_participant, external people included';
create unique index evidence_identity on evidence (indicator, identity) where identity is not null and state <> 'rejected';
create index evidence_freeze on evidence (happened_on, indicator) where state = 'approved';
create index evidence_list on evidence (state, updated_at desc, id desc);
create index evidence_recent on evidence (updated_at desc, id desc);
create index evidence_indicator on evidence (indicator, updated_at desc, id desc);
create index evidence_created_by on evidence (created_by);
create index evidence_search on evidence using gin (lower(title) public.gin_trgm_ops);

create table evidence_participant (
  evidence_id bigint not null references evidence (id) on delete cascade,
  ordinal smallint not null check (ordinal > 0),
  teacher_id bigint references teacher (id),
  name text not null,
  role text,
  share numeric check (share > 0 and share <= 1),
  affiliated boolean not null default true,
  primary key (evidence_id, ordinal),
  unique (evidence_id, teacher_id)
);
create index evidence_participant_teacher on evidence_participant (teacher_id, evidence_id) where teacher_id is not null;
comment on column evidence_participant.teacher_id is 'null: somebody from outside, or not yet matched to a teacher';
comment on column evidence_participant.share is 'agreed part of the work, 0 < share <= 1; null: none was agreed';

create table evidence_file (
  id bigint generated always as identity primary key,
  evidence_id bigint not null references evidence (id) on delete cascade,
  name text not null,
  media_type text not null,
  bytes integer not null check (bytes > 0),
  sha256 text not null,
  uploaded_by bigint not null references account (id),
  uploaded_at timestamptz not null default now(),
  unique (evidence_id, sha256)
);

create index evidence_file_content on evidence_file (sha256);

create table evidence_change (
  id bigint generated always as identity primary key,
  evidence_id bigint not null references evidence (id) on delete cascade,
  changed_at timestamptz not null default now(),
  account_id bigint not null references account (id),
  action text not null check (action in ('create', 'edit', 'submit', 'return', 'approve', 'reject', 'reopen', 'attach', 'detach', 'join')),
  from_state text,
  to_state text not null,
  reason text,
  before jsonb,
  after jsonb
);
create index evidence_change_evidence on evidence_change (evidence_id, id);
