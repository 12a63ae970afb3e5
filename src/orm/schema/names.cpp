// Names: what may be called what. Models, tables and attributes become SQL identifiers and
// properties of JavaScript objects, so both worlds' reserved words are refused.
#include <algorithm>
#include <array>

#include "orm/schema/resolve.h"

namespace vitrine::schema {
namespace {

// Names of methods beside which `db.<table>` stands, or that every model has.
constexpr std::array<std::string_view, 46> kMethods = {
    "transaction", "find",         "first",          "get",       "iterate",    "count",
    "aggregate",   "create",       "createMany",     "update",    "updateMany", "upsert",
    "save",        "delete",       "deleteMany",     "live",      "attachment", "sql",
    "raw",         "toSQL",        "onQuery",        "export",    "importJson", "importCsv",
    "exportJson",  "exportCsv",    "describe",       "close",     "undo",       "redo",
    "storage",     "__proto__",    "constructor",    "prototype", "toString",   "valueOf",
    "then",        "defineModels", "hasOwnProperty", "onChange",  "history",    "backups",
    "restore",     "replaceWith",  "sweepPictures",  "pages"};
// Words with a meaning of their own in a filter, an include or any JavaScript object.
constexpr std::array<std::string_view, 7> kAttributeWords = {
    "__proto__", "constructor", "prototype", "AND", "OR", "NOT", "_count"};
// SQLite's names for the number of a row: a column of that name would hide it.
constexpr std::array<std::string_view, 3> kRowidWords = {"rowid", "oid", "_rowid_"};

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_identifier(std::string_view name) {
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// SQLite takes "Name" and "name" for the same; identifiers are ASCII, so this is all of it.
std::string lowered(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

const std::string kIdentifierRule =
    "\" is not a name of letters, digits and _ that starts with no digit; rename it";

void check_model_name(const Model& model, const std::string& kind, const std::string& name,
                      Mistakes& mistakes) {
  if (!is_identifier(name)) {
    mistakes.add(model, "", kind + " \"" + name + kIdentifierRule);
  } else if (contains(kMethods, name)) {
    mistakes.add(model, "", kind + " \"" + name + "\" is the name of a method; rename it");
  } else if (kind == "table" && lowered(name).rfind("sqlite_", 0) == 0) {
    mistakes.add(model, "",
                 kind + " \"" + name +
                     "\" starts with sqlite_, which SQLite keeps for "
                     "itself; rename it");
  } else if (kind == "table" && lowered(name) == "vitrine_history") {
    mistakes.add(model, "", kind + " \"" + name + "\" holds the steps of undo; rename it");
  }
}

void check_duplicates(const Models& models, std::size_t place, Mistakes& mistakes) {
  const Model& model = *models[place];
  for (std::size_t i = 0; i < place; ++i) {
    const Model& earlier = *models[i];
    if (model.name == earlier.name) {
      mistakes.add(model, "", "there are two models of this name; rename one");
    } else if (model.name == earlier.table || model.table == earlier.name) {
      mistakes.add(model, "",
                   "its name or table is also that of " + earlier.name +
                       ", so neither can be told apart; rename one");
    }
    if (lowered(model.table) == lowered(earlier.table)) {
      mistakes.add(
          model, "",
          "table \"" + model.table + "\" already belongs to " + earlier.name + "; rename one");
    }
  }
}

void check_attribute(const Model& model, const std::string& kind, const std::string& name,
                     Mistakes& mistakes) {
  if (!is_identifier(name)) {
    mistakes.add(model, name, kind + " \"" + name + kIdentifierRule);
  } else if (contains(kAttributeWords, name)) {
    mistakes.add(model, name, "\"" + name + "\" has a meaning of its own in requests; rename it");
  } else if (kind == "column" && contains(kRowidWords, lowered(name))) {
    mistakes.add(model, name, "\"" + name + "\" is SQLite's name for the row's number; rename it");
  }
}

// What an attribute is, and its name as SQLite compares it.
struct Attribute {
  std::string kind;
  std::string name;
};

}  // namespace

void check_names(const Models& models, Mistakes& mistakes) {
  for (std::size_t i = 0; i < models.size(); ++i) {
    check_model_name(*models[i], "model", models[i]->name, mistakes);
    check_model_name(*models[i], "table", models[i]->table, mistakes);
    check_duplicates(models, i, mistakes);
  }
}

void check_attributes(const Models& models, Mistakes& mistakes) {
  for (const auto& model : models) {
    std::vector<Attribute> seen;
    const auto check = [&](const std::string& kind, const std::string& name) {
      check_attribute(*model, kind, name, mistakes);
      for (const Attribute& other : seen) {
        if (lowered(other.name) != lowered(name)) continue;
        mistakes.add(*model, name,
                     "a " + other.kind + " and a " + kind + " have this name; rename one");
        break;
      }
      seen.push_back({kind, name});
    };
    for (const Column& column : model->columns) check("column", column.name);
    for (const Relationship& relationship : model->relationships) {
      check("relation", relationship.name);
    }
  }
}

}  // namespace vitrine::schema
