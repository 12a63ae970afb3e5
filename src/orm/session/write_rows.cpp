// UnitOfWork: the statements. One prepared statement serves all rows of a table that set the same
// columns; deletes take one statement per model, whatever the number of rows.
#include <algorithm>

#include "base/text.h"
#include "orm/query/row_sql.h"
#include "orm/session/check_value.h"
#include "orm/session/clock.h"
#include "orm/session/failures.h"
#include "orm/session/key_index.h"
#include "orm/session/unit_of_work.h"

namespace vitrine {
namespace {

using Columns = std::vector<std::size_t>;

// The foreign key of `record` that refers to nothing; SQLite does not say which.
const Column* dangling_column(Connection& connection, const Record& record) {
  for (std::size_t i = 0; i < record.model().columns.size(); ++i) {
    const Column& column = record.model().columns[i];
    if (!column.foreign_key || record.slot(i).value.is_null()) continue;
    const std::string sql = "SELECT 1 FROM " + quoted_identifier(column.foreign_key->table) +
                            " WHERE " + quoted_identifier(column.foreign_key->column) + " = ?";
    if (!connection.scalar(sql, {record.slot(i).value})) return &column;
  }
  return nullptr;
}

void explain_foreign_key(Connection& connection, const Record& record, Failure& failure) {
  const Column* column = dangling_column(connection, record);
  if (!column) return;
  const Value& value = record.slot(record.model().column_index(column->name)).value;
  failure.fields = {column->name};
  failure.message = column->name + " " + value.describe() + " refers to no " +
                    column->foreign_key->table + "; create it first, or use one that exists";
}

// An error of the database, told with the object it was about.
[[noreturn]] void rethrow_about(Connection& connection, const Record& record, Error& error) {
  Failure& failure = error.failure();
  if (failure.code == Code::foreign_key) explain_foreign_key(connection, record, failure);
  if (failure.model.empty() || failure.model == record.model().table) {
    failure.model = record.model().name;
  }
  failure.message = "Saving " + record.describe() + ": " + failure.message;
  throw std::move(error);
}

void bind(Statement& statement, int parameter, const Value& value) {
  if (const std::string* text = value.text()) {
    statement.bind_view(parameter, *text);
  } else {
    statement.bind(parameter, value);
  }
}

// Columns that an INSERT names: all but those that the database fills in.
Columns inserted_columns(const Record& record) {
  const Model& model = record.model();
  Columns columns;
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    const Column& facts = model.columns[i];
    const bool left_out = record.slot(i).value.is_null() &&
                          (!facts.server_default.empty() || model.rowid_column == i);
    if (facts.is_stored() && !left_out) columns.push_back(i);
  }
  return columns;
}

Columns returned_columns(const Record& record) {
  const Model& model = record.model();
  Columns columns;
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    const bool filled = !model.columns[i].server_default.empty() && model.columns[i].is_stored() &&
                        record.slot(i).value.is_null();
    if (filled) columns.push_back(i);
  }
  return columns;
}

Columns changed_columns(const Record& record) {
  Columns columns;
  for (std::size_t i = 0; i < record.model().columns.size(); ++i) {
    if (record.slot(i).changed && record.model().columns[i].is_stored()) columns.push_back(i);
  }
  return columns;
}

[[noreturn]] void fail_stale(const Record& record) {
  Failure failure;
  failure.code = Code::stale;
  failure.reason = "stale_data";
  failure.model = record.model().name;
  failure.message = record.describe() +
                    " was changed or deleted by somebody else since it was loaded; refresh it and "
                    "try again";
  fail(std::move(failure));
}

}  // namespace

void UnitOfWork::fill_in(Record& record) {
  resolve_keys(record);
  const Model& model = record.model();
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    if (!record.slot(i).value.is_null()) continue;
    const Column& facts = model.columns[i];
    if (facts.client_default.kind == ClientDefault::Kind::value) {
      assign(record, i, facts.client_default.value);
    } else if (facts.client_default.kind == ClientDefault::Kind::now) {
      assign(record, i, utc_now());
    } else if (facts.version_counter) {
      assign(record, i, std::int64_t{1});
    }
  }
}

void UnitOfWork::write_insert(Record& record) {
  session_.current_ = &record;
  fill_in(record);
  const Model& model = record.model();
  const Columns columns = inserted_columns(record);
  const Columns returned = returned_columns(record);
  for (const std::size_t column : columns) check_value(record, column);
  try {
    Borrowed statement =
        session_.connection().prepare(session_.row_texts_.insert(model, columns, returned));
    for (std::size_t i = 0; i < columns.size(); ++i) {
      bind(*statement, static_cast<int>(i) + 1, record.slot(columns[i]).value);
    }
    const bool row = statement->step();
    for (std::size_t i = 0; row && i < returned.size(); ++i) {
      assign(record, returned[i], statement->column_value(static_cast<int>(i)));
    }
  } catch (Error& error) {
    rethrow_about(session_.connection(), record, error);
  }
  if (model.rowid_column && record.slot(*model.rowid_column).value.is_null()) {
    assign(record, *model.rowid_column, session_.connection().last_insert_rowid());
    record.generated_key = true;
  }
}

void UnitOfWork::write_update(Record& record) {
  session_.current_ = &record;
  resolve_keys(record);
  const Model& model = record.model();
  Columns columns = changed_columns(record);
  if (columns.empty()) return;
  for (const std::size_t column : columns) check_value(record, column);
  Value version;
  if (model.version_column) {
    // An object that was expired is changed as the row is now.
    record.get(*model.version_column);
    version = record.stored(*model.version_column);
    const std::int64_t* number = version.integer();
    assign(record, *model.version_column, (number ? *number : 0) + 1);
    columns = changed_columns(record);
  }
  try {
    const bool check_version = model.version_column.has_value();
    Borrowed statement =
        session_.connection().prepare(session_.row_texts_.update(model, columns, check_version));
    int parameter = 0;
    for (const std::size_t column : columns) {
      bind(*statement, ++parameter, record.slot(column).value);
    }
    for (const std::size_t column : model.primary_key) {
      bind(*statement, ++parameter, record.stored(column));
    }
    if (model.version_column) bind(*statement, ++parameter, version);
    statement->step();
  } catch (Error& error) {
    rethrow_about(session_.connection(), record, error);
  }
  if (session_.connection().changes() == 0) fail_stale(record);
  updated_.push_back(&record);
}

void UnitOfWork::write_links() {
  Connection& connection = session_.connection();
  for (const auto* links : {&removed_links_, &added_links_}) {
    const bool adding = links == &added_links_;
    for (const Link& link : *links) {
      const Relationship& relationship = *link.relationship;
      Columns columns = relationship.secondary_local;
      columns.insert(columns.end(), relationship.secondary_remote.begin(),
                     relationship.secondary_remote.end());
      const Model& table = *relationship.secondary_model;
      // A collection that is not loaded may be given a member that it has.
      Borrowed statement =
          connection.prepare(adding ? insert_sql(table, columns, {}) + " ON CONFLICT DO NOTHING"
                                    : delete_by_columns_sql(table, columns));
      int parameter = 0;
      for (const std::size_t column : relationship.local) {
        bind(*statement, ++parameter, link.owner->slot(column).value);
      }
      for (const std::size_t column : relationship.remote) {
        bind(*statement, ++parameter, link.other->slot(column).value);
      }
      statement->step();
    }
  }
}

void UnitOfWork::write_deletes(const std::vector<Record*>& records) {
  if (records.empty()) return;
  Connection& connection = session_.connection();
  const auto& order = session_.registry().dependency_order();
  for (auto at = order.rbegin(); at != order.rend(); ++at) {
    const Model& model = **at;
    KeyIndex keys(model.primary_key);
    for (Record* record : records) {
      if (&record->model() != &model) continue;
      if (model.version_column) {
        record->get(*model.version_column);
        Borrowed statement = connection.prepare(delete_sql(model, true));
        int parameter = 0;
        for (const Value& part : record->key()) bind(*statement, ++parameter, part);
        bind(*statement, ++parameter, record->stored(*model.version_column));
        statement->step();
        if (connection.changes() == 0) fail_stale(*record);
      } else {
        keys.add(record->key(), 0);
      }
    }
    if (keys.empty()) continue;
    Borrowed statement = connection.prepare(delete_many_sql(model));
    keys.bind_keys(*statement);
    statement->step();
  }
}

}  // namespace vitrine
