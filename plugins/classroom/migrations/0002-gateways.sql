-- Devices behind a gateway (Zigbee2MQTT, ChirpStack) publish with its credentials; Mosquitto's password file has a hash of its own kind.

alter table device
  add column is_gateway boolean not null default false,
  add column mosquitto_hash text;
comment on column device.is_gateway is 'publishes for every device of its type and measures nothing itself';
comment on column device.mosquitto_hash is 'PBKDF2 as Mosquitto reads it; null: none was given out, or it was before this column';
