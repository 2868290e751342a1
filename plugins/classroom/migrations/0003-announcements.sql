-- Devices that say themselves which of their topics carries what (Home Assistant discovery).

create table announcement (
  config_topic text not null,
  place integer not null,
  device_name text not null,
  topic text not null,
  content jsonb not null,
  announced_at timestamptz not null,
  primary key (config_topic, place)
);
comment on table announcement is 'what is said of a device at which topic; kept also of devices that are not in use yet, for a month';
comment on column announcement.config_topic is 'where it was announced, and is announced anew or taken back';
comment on column announcement.content is 'what a message at `topic` says, as devices/device-type.ts has it (Announcement)';
create index announcement_device on announcement (device_name);

alter table quarantine
  drop constraint quarantine_reason_check,
  add constraint quarantine_reason_check check (
    reason in ('malformed', 'unknown-topic', 'unknown-device', 'unsupported', 'impossible', 'future', 'too-old'));
