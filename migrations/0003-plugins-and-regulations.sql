-- What is installed, and the rules as versioned data.

create table plugin (
  id text primary key,
  version text not null,
  enabled boolean not null default true,
  settings jsonb not null default '{}',
  fault text,
  seen_at timestamptz not null default now()
);
comment on column plugin.fault is 'why the plugin could not be loaded at the last start; null: it runs';

create table indicator (
  id text primary key,
  plugin_id text not null references plugin (id),
  unit text not null,
  source text not null check (source in ('evidence', 'query')),
  attributes jsonb not null,
  name jsonb not null,
  available boolean not null default true
);
create table weighting (
  id text primary key,
  plugin_id text not null references plugin (id),
  params jsonb not null,
  name jsonb not null,
  available boolean not null default true
);
comment on column indicator.attributes is 'JSON Schema of the attributes a fact carries';
comment on column weighting.params is 'JSON Schema of the parameters a regulation gives';

create table regulation (
  id bigint generated always as identity primary key,
  code text not null unique
);
create table regulation_version (
  id bigint generated always as identity primary key,
  regulation_id bigint not null references regulation (id),
  version text not null,
  state text not null default 'draft' check (state in ('draft', 'approved', 'retired')),
  document jsonb not null,
  hash text not null,
  created_by bigint not null references account (id),
  created_at timestamptz not null default now(),
  approved_by bigint references account (id),
  approved_at timestamptz,
  unique (regulation_id, version)
);
comment on column regulation_version.hash is 'sha256 of the canonical JSON of the document, hex';

-- An approved document is what ratings were decided by: it may be retired, never edited.
create function refuse_change_of_approved() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' and (tg_op = 'DELETE' or new.document <> old.document or new.hash <> old.hash or new.version <> old.version) then
    raise exception 'regulation version % is % and cannot be changed: make a new version', old.id, old.state using errcode = 'UZ001';
  end if;
  return coalesce(new, old);
end $$;
create trigger regulation_version_approved before update or delete on regulation_version
  for each row execute function refuse_change_of_approved();
