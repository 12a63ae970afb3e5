// DDL: the tables and indexes of a registry as SQL text, in an order that can be run as it stands.
#pragma once

#include <string>

#include "orm/schema/registry.h"

namespace vitrine {

// CREATE TABLE ... STRICT for every model in dependency order, then CREATE INDEX for every index.
std::string create_all_sql(const Registry& registry);
std::string create_table_sql(const Model& model);

}  // namespace vitrine
