-- Journals are found by titles that are nearly theirs, and by the first letters of their words ("J. Phys. Chem. A").

create function initials(title text) returns text language sql immutable parallel safe
  return regexp_replace(regexp_replace(lower(title),
    '\m(of|the|and|in|for|on|an|a|de|des|der|die|und|et|la|le|del|di|и|в|по|на|для|мен|және)\M', '', 'g'), '\m(\w)\w*|\W', '\1', 'g');
comment on function initials is 'first letters of the words, without those that abbreviations leave out';

create index journal_list_entry_near on journal_list_entry using gin (title_key public.gin_trgm_ops) where issn is not null;
create index journal_list_entry_initials on journal_list_entry (initials(title)) where issn is not null;
