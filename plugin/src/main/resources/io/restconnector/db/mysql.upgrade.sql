alter table ${prefix}ACT_RC_DELIVERY add column HEADERS_ longtext;
