-- Why a message was not stored, so that it can be said in any language.

alter table quarantine
  add column code text,
  add column params jsonb not null default '{}';
comment on column quarantine.code is 'one of the faults in messages/; null: it was stored before this column, detail is all there is';
comment on column quarantine.params is 'what the fault is about: values of the placeholders of its words';
comment on column quarantine.detail is 'in English';
