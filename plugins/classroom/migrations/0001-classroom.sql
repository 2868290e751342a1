-- Rooms and the timetable; devices and what they reported; what became of each lesson.

create table room (
  id bigint generated always as identity primary key,
  code text not null unique,
  name text not null,
  building text,
  floor text,
  capacity integer check (capacity > 0)
);
comment on column room.capacity is 'seats; null: not known';

create table lesson (
  id bigint generated always as identity primary key,
  source text not null,
  source_key text not null,
  room_id bigint references room (id),
  teacher_id bigint,
  group_code text,
  subject text not null,
  kind text not null check (kind in ('lecture', 'practice', 'laboratory', 'seminar', 'other')),
  enrolment integer check (enrolment > 0),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  weekday smallint not null check (weekday between 1 and 7),
  hour smallint not null check (hour between 0 and 23),
  cancelled_at timestamptz,
  unique (source, source_key)
);
comment on column lesson.source is 'name of the timetable it came from; bringing that timetable in again replaces its lessons';
comment on column lesson.source_key is 'what makes it the same lesson when the timetable comes again';
comment on column lesson.teacher_id is 'core.teacher; null: the timetable names nobody';
comment on column lesson.weekday is '1 Monday to 7 Sunday, by the clock of the university, like hour: what lessons are compared by';
create index lesson_room on lesson (room_id, starts_at);
create index lesson_teacher on lesson (teacher_id, starts_at);
create index lesson_start on lesson (starts_at);
create index lesson_peers on lesson (kind, weekday, hour, starts_at);

create table device (
  id bigint generated always as identity primary key,
  name text not null unique check (name ~ '^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$'),
  type text not null,
  interval_seconds integer not null check (interval_seconds between 1 and 86400),
  password_hash text,
  provisioned_at timestamptz not null,
  retired_at timestamptz
);
comment on column device.name is 'as it stands in its topics';
comment on column device.interval_seconds is 'how often it is expected to report; a reading holds for one and a half of them';
comment on column device.password_hash is 'scrypt; null: none was given out';

create table device_state (
  device_id bigint primary key references device (id),
  last_seen_at timestamptz not null,
  online boolean not null,
  firmware text,
  battery double precision,
  last_sequence bigint,
  missed bigint not null default 0,
  clock_ahead_seconds double precision
);
comment on table device_state is 'what a device said of itself last; no row: it was never heard of';
comment on column device_state.online is 'by its last will, and by its messages since';
comment on column device_state.missed is 'messages that its numbers show to be lost';
comment on column device_state.clock_ahead_seconds is 'of its clock before ours, by its freshest recent message; null: its messages have no time';

create table device_room (
  device_id bigint not null references device (id),
  room_id bigint not null references room (id),
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at > starts_at),
  primary key (device_id, starts_at)
);
create unique index device_room_now on device_room (device_id) where ends_at is null;
create index device_room_room on device_room (room_id, starts_at);

create type quantity as enum (
  'people', 'in-total', 'out-total', 'in-period', 'out-period', 'presence', 'temperature', 'humidity', 'co2', 'illuminance', 'battery');

create table reading (
  device_id bigint not null,
  measured_at timestamptz not null,
  sequence bigint not null,
  quantity quantity not null,
  channel text not null,
  value double precision not null,
  received_at timestamptz not null,
  primary key (device_id, measured_at, sequence, quantity, channel)
) partition by range (measured_at);
comment on table reading is 'partitions by month (UTC), reading_YYYY_MM, made as readings need them';
comment on column reading.sequence is 'the device''s number of the message; -1: it has none';

create table reading_hour (
  device_id bigint not null,
  hour timestamptz not null,
  quantity quantity not null,
  channel text not null,
  readings integer not null,
  lowest double precision not null,
  mean double precision not null,
  highest double precision not null,
  primary key (device_id, hour, quantity, channel)
);
comment on table reading_hour is 'what is kept of readings whose partition is dropped';

create table reading_month (
  month date primary key,
  rolled_up_at timestamptz
);
comment on table reading_month is 'partitions that exist or existed; rolled_up_at: hours are kept, the partition is gone';

create table quarantine (
  id bigint generated always as identity primary key,
  digest bytea not null,
  reason text not null check (reason in ('malformed', 'unknown-topic', 'unknown-device', 'impossible', 'future', 'too-old')),
  topic text not null,
  device_name text,
  detail text not null,
  payload bytea not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  times bigint not null,
  unique (digest, reason)
);
comment on column quarantine.digest is 'sha256 of topic and payload: a message that comes again is counted, not kept twice';
comment on column quarantine.payload is 'its first 1024 bytes';
create index quarantine_last on quarantine (last_at desc, id desc);

create table ingest_count (
  day date not null,
  outcome text not null,
  count bigint not null,
  primary key (day, outcome)
);

create table ingest_slot (
  number integer primary key,
  taken_at timestamptz not null
);
comment on table ingest_slot is 'sessions at the broker, a client name each; whoever holds the advisory lock of its number receives its messages';

create table unsettled_day (
  device_id bigint not null,
  day date not null,
  primary key (device_id, day)
);
comment on table unsettled_day is 'days (UTC) of which readings came since lessons were last computed from them';

create table lesson_attendance (
  lesson_id bigint primary key references lesson (id) on delete cascade,
  computed_at timestamptz not null,
  method text not null check (method in ('counts', 'counters', 'none')),
  coverage double precision not null check (coverage between 0 and 1),
  people double precision check (people >= 0),
  lowest double precision,
  highest double precision,
  share double precision,
  share_error double precision,
  expected_share double precision,
  peers integer,
  temperature double precision,
  humidity double precision,
  co2 double precision,
  cold boolean,
  stuffy boolean,
  check ((people is null) = (lowest is null) and (people is null) = (highest is null)),
  check (lowest <= people and people <= highest)
);
comment on column lesson_attendance.people is 'median over the lesson, without the teacher; null: not known';
comment on column lesson_attendance.share is 'people of enrolment, at most 1; null: either is not known';
comment on column lesson_attendance.expected_share is 'median share of lessons of other teachers at the same hour, weekday and of the same kind; null: too few';
comment on column lesson_attendance.cold is 'colder than the university''s limit; null: no thermometer reported';

create table dispute (
  id bigint generated always as identity primary key,
  lesson_id bigint not null references lesson (id),
  account_id bigint not null,
  reason text not null,
  opened_at timestamptz not null,
  decision text check (decision in ('accepted', 'rejected')),
  decided_by bigint,
  decided_at timestamptz,
  answer text,
  check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null))
);
comment on column dispute.decision is 'accepted: the lesson counts for nothing';
create unique index dispute_open on dispute (lesson_id) where decision is null;
create index dispute_lesson on dispute (lesson_id);

create table alert (
  id bigint generated always as identity primary key,
  device_id bigint not null references device (id),
  kind text not null check (kind in ('silent', 'stuck', 'drifting', 'impossible')),
  detail text not null,
  starts_at timestamptz not null,
  ends_at timestamptz
);
create unique index alert_open on alert (device_id, kind) where ends_at is null;
create index alert_start on alert (starts_at desc);
