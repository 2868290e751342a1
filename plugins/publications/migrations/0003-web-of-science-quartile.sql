-- The quartile that the list of Web of Science gives, beside the best one of all lists: some regulations name that list.

alter table journal_standing add column wos_quartile smallint;
comment on column journal_standing.wos_quartile is 'best quartile of the list of Web of Science; null: it does not rank the journal';

update journal_standing as standing set wos_quartile = (
  select min(entry.quartile)
  from journal_list as list
  join journal_list_entry as entry on entry.list_id = list.id
  where list.source = 'wos' and list.year = (
      select max(year) from journal_list where source = 'wos' and year <= standing.from_year)
    and entry.issn = standing.issn);
