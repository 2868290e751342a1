-- A person enters the own e-mail address where none is known; it counts once a link that was sent there is opened.

alter table account_link drop constraint account_link_purpose_check;
alter table account_link
  add constraint account_link_purpose_check check (purpose in ('invitation', 'reset', 'email')),
  add column email text,
  add constraint account_link_email_check check ((purpose = 'email') = (email is not null));
comment on column account_link.email is 'purpose email: the address that the link was sent to and that it confirms';
