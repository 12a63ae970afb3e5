// Taking steps back and doing them again, and what they and the last commit say of rows.
#include <algorithm>

#include "base/error.h"
#include "catalog/catalog_impl.h"
#include "catalog/history.h"
#include "catalog/models.h"

namespace vitrine {

struct History::Step {
  std::int64_t id = 0;
  std::string made_at;
  std::int64_t fingerprint = 0;
  std::optional<std::string> changeset;
  bool undone = false;
};

namespace {

[[noreturn]] void refuse(const char* reason, std::string message, std::string model = "") {
  Failure failure;
  failure.code = Code::state;
  failure.reason = reason;
  failure.message = std::move(message);
  failure.model = std::move(model);
  fail(std::move(failure));
}

struct Advice {
  const char* reason;
  const char* what;
};

Advice advice_for(Misfit misfit) {
  switch (misfit) {
    case Misfit::changed:
      return {"row_changed", "a row of it was changed since, past the history"};
    case Misfit::missing:
      return {"row_missing", "a row of it was deleted since, past the history"};
    case Misfit::taken:
      return {"value_taken", "another row has a key or a unique value that it needs"};
    case Misfit::foreign_key:
      return {"reference_missing", "a row would refer to one that is not there"};
    case Misfit::no_table:
      break;
  }
  return {"unknown_table", "it is about a table that this catalog does not record"};
}

const char* word(ChangeDirection direction) {
  return direction == ChangeDirection::reverse ? "undone" : "done again";
}

[[noreturn]] void refuse_conflict(const ChangeConflict& conflict, ChangeDirection direction,
                                  const Registry& registry) {
  const Advice advice = advice_for(conflict.misfit);
  const Model* model = registry.find(conflict.table);
  const std::string where = model == nullptr ? "" : " in " + model->name;
  refuse(advice.reason,
         "The step cannot be " + std::string(word(direction)) + where + ": " + advice.what +
             ". Nothing was changed; make the change by hand instead.",
         model == nullptr ? "" : model->name);
}

const char* kind_name(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::inserted:
      return "created";
    case ChangeKind::updated:
      return "updated";
    case ChangeKind::deleted:
      break;
  }
  return "deleted";
}

Value key_part(const ChangeReader& reader, int column) {
  const bool is_new = reader.kind() == ChangeKind::inserted;
  return (is_new ? reader.new_value(column) : reader.old_value(column)).value_or(Value());
}

}  // namespace

Json History::move(ChangeDirection direction) {
  if (connection_.in_transaction()) {
    refuse("in_transaction", "A transaction is open: commit it or roll it back first.");
  }
  settle();
  const Step step = next(direction);
  const char* done = word(direction);
  if (!step.changeset) {
    refuse("step_too_large", std::string("The last step cannot be ") + done +
                                 ": it changed more than the history keeps.");
  }
  if (step.fingerprint != fingerprint()) {
    refuse("schema_changed",
           std::string("The step cannot be ") + done + ": the tables were altered since.");
  }
  apply(step, direction);
  session_.expire_all();
  return described(step);
}

History::Step History::next(ChangeDirection direction) {
  const bool back = direction == ChangeDirection::reverse;
  if (has_table()) {
    Borrowed select = connection_.prepare(
        back ? "SELECT \"id\", \"made_at\", \"fingerprint\", \"changeset\" FROM "
               "\"vitrine_history\" WHERE NOT \"undone\" ORDER BY \"id\" DESC LIMIT 1"
             : "SELECT \"id\", \"made_at\", \"fingerprint\", \"changeset\" FROM "
               "\"vitrine_history\" WHERE \"undone\" ORDER BY \"id\" LIMIT 1");
    if (select->step()) return read_step(*select);
  }
  if (back) refuse("nothing_to_undo", "There is nothing to undo: history() lists what is.");
  refuse("nothing_to_redo",
         "There is nothing to do again: only what was undone is, until something else is written.");
}

void History::apply(const Step& step, ChangeDirection direction) {
  connection_.run("BEGIN");
  try {
    const auto conflict = apply_changes(connection_, *step.changeset, direction, tables_);
    if (conflict) refuse_conflict(*conflict, direction, registry_);
    connection_.run("UPDATE \"vitrine_history\" SET \"undone\" = NOT \"undone\" WHERE \"id\" = ?",
                    {Value(step.id)});
    sealed_ = {*step.changeset, {}};
    connection_.run("COMMIT");
  } catch (...) {
    connection_.undo_transaction();
    rolled_back();
    throw;
  }
  totals_.known = false;
  committed();
}

History::Step History::read_step(Statement& statement) {
  Step step;
  step.id = statement.column_integer(0);
  step.made_at = statement.column_text(1);
  step.fingerprint = statement.column_integer(2);
  if (statement.row()[3].kind == StorageClass::blob) step.changeset = statement.column_bytes(3);
  return step;
}

Json History::described(const Step& step) {
  Json changes = Json::object();
  if (step.changeset) {
    ChangeReader reader(*step.changeset);
    while (reader.next()) {
      Json& table = changes[reader.table()];
      if (table.is_null()) table = {{"created", 0}, {"updated", 0}, {"deleted", 0}};
      Json& count = table[kind_name(reader.kind())];
      count = count.get<std::int64_t>() + 1;
    }
  }
  return {{"made_at", step.made_at},
          {"undoable", step.changeset.has_value()},
          {"changes", std::move(changes)}};
}

Json History::steps() const {
  Json undo = Json::array();
  Json redo = Json::array();
  if (has_table()) {
    Borrowed select = connection_.prepare(
        "SELECT \"id\", \"made_at\", \"fingerprint\", \"changeset\", \"undone\" FROM "
        "\"vitrine_history\" ORDER BY \"undone\", iif(\"undone\", \"id\", -\"id\")");
    while (select->step()) {
      Json& list = select->column_integer(4) != 0 ? redo : undo;
      list.push_back(described(read_step(*select)));
    }
  }
  Json steps = Json::object();
  steps["undo"] = std::move(undo);
  steps["redo"] = std::move(redo);
  return steps;
}

std::vector<std::string> History::columns_of(std::string_view table) const {
  std::vector<std::string> names;
  Borrowed statement = connection_.prepare("SELECT name FROM pragma_table_info(?)");
  statement->bind(1, Value(table));
  while (statement->step()) names.emplace_back(statement->column_text(0));
  return names;
}

Json History::changes() const {
  Json changes = Json::object();
  for (const std::string& table : last_.tables) changes[table] = "all";
  ChangeReader reader(last_.changeset);
  std::string table;
  std::vector<std::string> names;
  while (reader.next()) {
    if (reader.table() != table) {
      table = reader.table();
      names = columns_of(table);
      changes[table] = Json::array();
    }
    Json& keys = changes[table];
    if (!keys.is_array()) continue;
    if (keys.size() == kMaxKeys) {
      keys = "all";
      continue;
    }
    Json key = Json::object();
    for (int i = 0; i < reader.column_count(); ++i) {
      if (reader.is_key(i))
        key[names.at(static_cast<std::size_t>(i))] = json_of(key_part(reader, i));
    }
    keys.push_back(key.size() == 1 ? key.items().front().second : std::move(key));
  }
  return changes;
}

namespace {

// The columns of a table that name the contents of pictures.
std::vector<char> content_columns(const Model& model, const std::vector<std::string>& names) {
  std::vector<char> found;
  for (const std::string& name : names) {
    const auto column = model.find_column(name);
    const auto& foreign_key = column ? model.columns[*column].foreign_key : std::nullopt;
    found.push_back(foreign_key && foreign_key->table == catalog::ImageBlob::tablename);
  }
  return found;
}

}  // namespace

// What is to be committed speaks of contents like the steps that were.
std::vector<std::string> History::contents() {
  std::vector<std::string> contents;
  if (const auto under_way = recorder_.changeset()) add_contents(*under_way, contents);
  if (!has_table()) return contents;
  Borrowed select = connection_.prepare(
      "SELECT \"changeset\" FROM \"vitrine_history\" WHERE \"changeset\" IS NOT NULL");
  while (select->step()) add_contents(select->column_bytes(0), contents);
  return contents;
}

void History::add_contents(std::string_view changeset, std::vector<std::string>& contents) const {
  ChangeReader reader(changeset);
  std::string table;
  std::vector<char> columns;
  while (reader.next()) {
    if (reader.table() != table) {
      table = reader.table();
      const Model* model = registry_.find(table);
      columns = model ? content_columns(*model, columns_of(table)) : std::vector<char>();
    }
    for (int i = 0; i < static_cast<int>(columns.size()); ++i) {
      if (!columns[static_cast<std::size_t>(i)]) continue;
      for (const auto& value : {reader.old_value(i), reader.new_value(i)}) {
        if (value && value->text() != nullptr) contents.push_back(*value->text());
      }
    }
  }
}

}  // namespace vitrine
