create table ${prefix}ACT_RC_DELIVERY (
    ID_ varchar(64) not null,
    STATUS_ integer not null,
    BODY_ text,
    HEADERS_ text,
    EXPIRES_ bigint not null,
    primary key (ID_)
);

create index ${index}ACT_IDX_RC_DELIVERY_EXPIRES on ${prefix}ACT_RC_DELIVERY (EXPIRES_);
