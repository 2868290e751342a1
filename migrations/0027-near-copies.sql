-- Copies are found by titles that are nearly one, too; each entry is compared with the others once, and again after it was changed.

create function title_key(title text) returns text language sql immutable parallel safe
  return translate(lower(normalize(title, NFKC)), 'авекмнорстухіїһѕјёәəғқңөүұ', 'abekmhopctyxiihsjeaaгkhoyy');
comment on function title_key is 'a text with one letter for those that look alike in Cyrillic and Latin, or are typed for Kazakh ones where a keyboard lacks them';

drop index evidence_search;
create index evidence_search on evidence using gin (title_key(title) public.gin_trgm_ops);
create index evidence_participant_name on evidence_participant (regexp_replace(title_key(name), '[^[:alnum:]]+', '', 'g'), evidence_id);

create table evidence_compared (
  evidence_id bigint primary key references evidence (id) on delete cascade,
  revision integer not null,
  way smallint not null
);
comment on table evidence_compared is 'entries whose copies were looked for, as they were then';
comment on column evidence_compared.way is 'by which rule: where it is another one now, the entry is looked at again';

comment on table evidence_copy is 'two entries with one title, or nearly one, that may be one work';
comment on column evidence_copy.verdict is 'as the kind compares them; perhaps also: a kind that does not compare, where somebody takes part in both, and titles that are only nearly one';
