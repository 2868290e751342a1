-- How the processes that receive messages share them.

create table ingest_process (
  name text not null,
  started_at timestamptz not null,
  last_at timestamptz not null,
  messages bigint not null,
  primary key (name, started_at)
);
comment on table ingest_process is 'what each process has taken since it started, as of last_at: a process that was killed took up to ten seconds more';
comment on column ingest_process.name is 'machine and number of the process';
