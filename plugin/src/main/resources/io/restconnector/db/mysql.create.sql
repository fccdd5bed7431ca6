create table ${prefix}ACT_RC_DELIVERY (
    ID_ varchar(64) not null,
    STATUS_ integer not null,
    BODY_ longtext,
    HEADERS_ longtext,
    EXPIRES_ bigint not null,
    primary key (ID_)
) engine = InnoDB default charset = utf8mb4 collate utf8mb4_bin;

create index ${index}ACT_IDX_RC_DELIVERY_EXPIRES on ${prefix}ACT_RC_DELIVERY (EXPIRES_);
