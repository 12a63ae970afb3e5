// See the header.
#include "runner/stage.h"

#include <atomic>
#include <system_error>

#include "base/text.h"
#include "orm/query/ddl.h"
#include "runner/show.h"
#include "runner/values.h"

namespace vitrine::oracle {
namespace {

const char* const kFirstSession = "s1";

bool names_session(const Json& ops) {
  for (const Json& op : ops) {
    if (op.contains("session")) return true;
    if (op.contains("ops") && names_session(op.at("ops"))) return true;
  }
  return false;
}

bool needs_file(const Json& scenario) {
  return scenario.contains("requires") || names_session(scenario.at("ops"));
}

std::filesystem::path fresh_file() {
  static std::atomic<unsigned> count{0};
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  return std::filesystem::temp_directory_path() /
         ("vitrine-oracle-" + std::to_string(now) + "-" + std::to_string(++count) + ".sqlite");
}

SessionOptions options_of(const Json& scenario) {
  SessionOptions options;
  if (!scenario.contains("session_options")) return options;
  const Json& given = scenario.at("session_options");
  options.autoflush = given.value("autoflush", options.autoflush);
  options.expire_on_commit = given.value("expire_on_commit", options.expire_on_commit);
  return options;
}

}  // namespace

Stage::Stage(const Registry& registry, const Json& scenario)
    : registry_(registry), options_(options_of(scenario)) {
  if (needs_file(scenario)) file_ = fresh_file();
  place(kFirstSession).connection.execute(create_all_sql(registry_));
}

Stage::~Stage() {
  places_.clear();
  std::error_code ignored;
  if (!file_.empty()) std::filesystem::remove(file_, ignored);
}

Stage::Place& Stage::place(const std::string& name) {
  std::unique_ptr<Place>& place = places_[name];
  if (place) return *place;
  place.reset(new Place{Connection::open(file_.empty() ? ":memory:" : file_.string()), nullptr});
  place->connection.on_statement([this](const StatementEvent& event) {
    for (std::vector<Ran>* recorder : recorders_) {
      recorder->push_back({std::string(event.sql), event.changes});
    }
  });
  place->session = std::make_unique<Session>(place->connection, registry_, options_, store_);
  return *place;
}

Session& Stage::session(const Json& op) {
  return *place(op.value("session", std::string(kFirstSession))).session;
}

Record* Stage::reference(const Json& json) const {
  if (json.is_null()) return nullptr;
  return handles_.find((json.is_object() ? json.at("$ref") : json).get<std::string>());
}

Value Stage::value(const Json& json) const {
  if (!json.is_object() || !json.contains("$id")) return read_value(json);
  return handles_.object(json.at("$id")).key().at(0);
}

std::vector<Ran> Stage::record(const std::function<void()>& work) {
  std::vector<Ran> ran;
  recorders_.push_back(&ran);
  work();
  recorders_.pop_back();
  return ran;
}

Json Stage::table(Session& session, const std::string& name, const Json& tables) const {
  const Model& model = registry_.model(name);
  std::string columns;
  std::vector<const Column*> facts;
  for (const Json& column : tables.at(name).at("columns")) {
    const auto column_name = column.at("name").get<std::string>();
    facts.push_back(&model.columns[model.column_index(column_name)]);
    columns += (columns.empty() ? "" : ", ") + quoted_identifier(column_name);
  }
  std::string order;
  for (const std::size_t part : model.primary_key) {
    order += (order.empty() ? "" : ", ") + quoted_identifier(model.columns[part].name);
  }
  const Session::Rows rows =
      session.sql("SELECT " + columns + " FROM " + quoted_identifier(name) + " ORDER BY " + order);
  Json list = Json::array();
  for (const std::vector<Value>& row : rows) {
    Json& shown = list.emplace_back(Json::object());
    for (std::size_t i = 0; i < row.size(); ++i) {
      shown[facts[i]->name] = show_value(row[i], facts[i]);
    }
  }
  return cut_list(std::move(list));
}

Json Stage::finish(const Json& tables) {
  for (auto& [name, place] : places_) place->session->rollback();
  Session& session = *places_.at(kFirstSession)->session;
  Json shown = Json::object();
  for (const auto& [name, facts] : tables.items()) {
    if (registry_.find(name)) shown[name] = table(session, name, tables);
  }
  return shown;
}

}  // namespace vitrine::oracle
