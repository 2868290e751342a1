-- Imports as work in the background: what was asked for, how far it is, what came of it.

create table import_order (
  id bigint generated always as identity primary key,
  kind text not null,
  options jsonb not null default '{}',
  dry_run boolean not null,
  language text not null,
  file_name text not null,
  sha256 text not null,
  bytes integer not null,
  content bytea,
  account_id bigint not null,
  account_name text not null,
  created_at timestamptz not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  stage text,
  attempts smallint not null default 0,
  cancel_requested boolean not null default false,
  ended_at timestamptz,
  report jsonb,
  failure jsonb,
  check ((state in ('queued', 'running')) = (content is not null)),
  check ((state in ('queued', 'running')) = (ended_at is null)),
  check ((state = 'done') = (report is not null)),
  check ((state = 'failed') = (failure is not null))
);
create unique index import_order_waiting on import_order (sha256, kind, dry_run, options) where state in ('queued', 'running');
create index import_order_ended on import_order (ended_at);
comment on column import_order.kind is 'of a table, or moodle; options: what a person said of the file';
comment on column import_order.content is 'the file, until the work has ended; null: forgotten, because students stand in it';
comment on column import_order.attempts is 'how often the work was begun';
comment on column import_order.failure is 'why it could not be read: code, status, params of the problem';
