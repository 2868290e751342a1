-- Notices in the product, and mail that is on its way: written in the transaction of what it is about, sent by a job.

alter table account
  add column email text check (email ~ '^[^@\s<>]+@[^@\s<>]+$'),
  add column language text not null default 'kk' check (language in ('kk', 'ru', 'en')),
  add column wants_mail boolean not null default true;
comment on column account.email is 'where mail goes; null: none is sent';
comment on column account.language is 'of mail and of notices that are written while the person is not there';
comment on column account.wants_mail is 'mail about work that waits; what a person asked for, such as a link to a new password, is always sent';

create table mail (
  id bigint generated always as identity primary key,
  key text not null unique,
  recipient text not null,
  subject text not null,
  text text,
  created_at timestamptz not null,
  sent_at timestamptz,
  failed_at timestamptz,
  failure text,
  check (num_nonnulls(text, sent_at, failed_at) = 1),
  check ((failed_at is null) = (failure is null))
);
create index mail_created on mail (created_at);
comment on column mail.key is 'names the mail for ever: what is asked for twice is sent once';
comment on column mail.text is 'gone as soon as it is sent or given up, because it may hold a secret';
comment on column mail.failure is 'what the mail server answered when it was given up';

create table notice (
  id bigint generated always as identity primary key,
  account_id bigint not null references account (id) on delete cascade,
  key text not null,
  kind text not null,
  params jsonb not null default '{}',
  link text,
  created_at timestamptz not null,
  read_at timestamptz,
  unique (account_id, key)
);
create index notice_list on notice (account_id, id desc);
create index notice_unread on notice (account_id) where read_at is null;
comment on column notice.key is 'what it is about: the same notice is not given twice to the same account';
comment on column notice.kind is 'which text it has; params fill it';
comment on column notice.link is 'path of the page it is about; null: none';
