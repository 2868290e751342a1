-- The clock of a device is told by what it measured last, not by what it had kept and sends afterwards.

alter table device_state add column clock_at timestamptz;
comment on column device_state.clock_at is 'the latest time that the device gave; older messages that are late say nothing of its clock';
