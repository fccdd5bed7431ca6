create table ${prefix}ACT_RC_EARLY_EVENT (
    ID_ bigint not null auto_increment,
    EVENT_ID_ bigint,
    KIND_ varchar(16) not null,
    NAME_ varchar(255) not null,
    KEY_ varchar(255),
    TENANT_ID_ varchar(255) not null,
    TRIGGER_ varchar(255) not null,
    DATA_ longtext,
    CREATED_ bigint not null,
    EXPIRES_ bigint not null,
    DUE_ bigint not null,
    FAILURES_ integer not null,
    primary key (ID_)
) engine = InnoDB default charset = utf8mb4 collate utf8mb4_bin;

create index ${index}ACT_IDX_RC_EARLY_KEY on ${prefix}ACT_RC_EARLY_EVENT (NAME_, KEY_, ID_);

create index ${index}ACT_IDX_RC_EARLY_NAME on ${prefix}ACT_RC_EARLY_EVENT (NAME_, ID_);

create index ${index}ACT_IDX_RC_EARLY_EVENT on ${prefix}ACT_RC_EARLY_EVENT (EVENT_ID_);

create index ${index}ACT_IDX_RC_EARLY_DUE on ${prefix}ACT_RC_EARLY_EVENT (DUE_);
