-- Signing in: accounts with login and password, sessions, one-time links, second factor, tokens, accounts of other providers.

alter table account add column locked_at timestamptz;
create unique index account_email on account (lower(email));
comment on index account_email is 'one signs in by the address; null: not by a password';
comment on column account.locked_at is 'since when nobody may sign in; null: not locked';

alter table account_role
  add column source text not null default 'given' check (source in ('given', 'claim', 'appointment'));
comment on column account_role.source is 'given by an administrator, or brought along at sign-in from another provider''s claims or from appointments';

create table account_password (
  account_id bigint primary key references account (id) on delete cascade,
  hash text not null,
  changed_at timestamptz not null
);
comment on column account_password.hash is 'argon2id with its parameters, in the PHC string format';

create table account_session (
  id bigint generated always as identity primary key,
  account_id bigint not null references account (id) on delete cascade,
  token_hash bytea not null unique,
  provider text not null,
  address text not null,
  agent text,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index on account_session (account_id);
create index on account_session (expires_at);
comment on column account_session.token_hash is 'SHA-256 of what the cookie holds';
comment on column account_session.expires_at is 'however busy it is; unused it ends earlier (core/access/sessions.ts)';

create table account_link (
  id bigint generated always as identity primary key,
  account_id bigint not null references account (id) on delete cascade,
  purpose text not null check (purpose in ('invitation', 'reset')),
  token_hash bytea not null unique,
  created_by bigint references account (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index on account_link (account_id);
comment on column account_link.created_by is 'null: the person asked for it, or the command line made it';

create table sign_in_guess (
  subject text primary key,
  failures integer not null,
  last_at timestamptz not null,
  blocked_until timestamptz
);
comment on column sign_in_guess.subject is 'login:<what was typed, hashed> or address:<of the peer>';

create table account_totp (
  account_id bigint primary key references account (id) on delete cascade,
  secret bytea not null,
  confirmed_at timestamptz,
  last_step bigint
);
comment on column account_totp.confirmed_at is 'null: set up, but never proved by a code, and so not asked for yet';
comment on column account_totp.last_step is 'the newest time step a code was taken for; a code counts once';
create table account_recovery_code (
  account_id bigint not null references account (id) on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (account_id, code_hash)
);

create table api_token (
  id bigint generated always as identity primary key,
  account_id bigint not null references account (id) on delete cascade,
  name text not null,
  token_hash bytea not null unique,
  actions text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index on api_token (account_id);

create table account_identity (
  provider text not null,
  subject text not null,
  account_id bigint not null references account (id) on delete cascade,
  linked_at timestamptz not null,
  primary key (provider, subject)
);
create index on account_identity (account_id);

create table sign_in_flow (
  token_hash bytea primary key,
  provider text not null,
  state text not null,
  nonce text not null,
  verifier text not null,
  return_to text not null,
  expires_at timestamptz not null
);
create index on sign_in_flow (expires_at);
comment on table sign_in_flow is 'who went to another provider to sign in and has not come back yet';
