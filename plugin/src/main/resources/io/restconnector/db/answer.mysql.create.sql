create table ${prefix}ACT_RC_ANSWER (
    ID_ varchar(64) not null,
    INSTANCE_ID_ varchar(64) character set utf8 collate utf8_bin not null,
    ACTIVITY_ID_ varchar(255),
    TEMPLATE_ longtext,
    RESULT_ longtext,
    ANSWERED_ bigint,
    ANSWER_ longtext,
    EXPIRES_ bigint not null,
    primary key (ID_)
) engine = InnoDB default charset = utf8mb4 collate utf8mb4_bin;

create index ${index}ACT_IDX_RC_ANSWER_INSTANCE on ${prefix}ACT_RC_ANSWER (INSTANCE_ID_);
create index ${index}ACT_IDX_RC_ANSWER_EXPIRES on ${prefix}ACT_RC_ANSWER (EXPIRES_);
