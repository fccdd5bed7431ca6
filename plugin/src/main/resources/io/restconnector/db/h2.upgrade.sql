alter table ${prefix}ACT_RC_DELIVERY add column if not exists HEADERS_ clob;
