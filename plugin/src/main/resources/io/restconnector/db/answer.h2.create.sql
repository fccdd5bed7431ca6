create table ${prefix}ACT_RC_ANSWER (
    ID_ varchar(64) not null,
    INSTANCE_ID_ varchar(64) not null,
    ACTIVITY_ID_ varchar(255),
    TEMPLATE_ clob,
    RESULT_ clob,
    ANSWERED_ bigint,
    ANSWER_ clob,
    EXPIRES_ bigint not null,
    primary key (ID_)
);

create index ${index}ACT_IDX_RC_ANSWER_INSTANCE on ${prefix}ACT_RC_ANSWER (INSTANCE_ID_);
create index ${index}ACT_IDX_RC_ANSWER_EXPIRES on ${prefix}ACT_RC_ANSWER (EXPIRES_);
