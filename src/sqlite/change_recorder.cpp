// See the header. What one table is concerned with is in recorded_table.h.
#include "sqlite/change_recorder.h"

#include <sqlite3.h>

#include <algorithm>
#include <exception>
#include <string_view>

#include "sqlite/recorded_table.h"
#include "sqlite/user_triggers.h"

namespace vitrine {
namespace {

// For fewer bytes, looking for triggers takes longer than being told.
constexpr std::size_t kMinFloodBytes = 1 << 15;

void on_row(void* recorder, sqlite3*, int operation, const char* database, const char* table,
            sqlite3_int64, sqlite3_int64) {
  if (std::string_view(database) != "main") return;
  static_cast<ChangeRecorder*>(recorder)->on_row(operation, table);
}

void on_rollback(void* recorder) { static_cast<ChangeRecorder*>(recorder)->on_rollback(); }

}  // namespace

ChangeRecorder::ChangeRecorder(Connection& connection, const std::vector<std::string>& tables,
                               std::int64_t max_bytes)
    : connection_(connection), max_bytes_(max_bytes) {
  sqlite3* handle = connection_.handle();
  for (const std::string& name : tables) {
    tables_.push_back(std::make_unique<RecordedTable>(handle, name));
  }
  listen(true);
  sqlite3_rollback_hook(handle, vitrine::on_rollback, this);
}

ChangeRecorder::~ChangeRecorder() {
  listen(false);
  sqlite3_rollback_hook(connection_.handle(), nullptr, nullptr);
}

void ChangeRecorder::listen(bool on) noexcept {
  sqlite3_preupdate_hook(connection_.handle(), on ? vitrine::on_row : nullptr, this);
}

void ChangeRecorder::reset() noexcept {
  for (const auto& table : tables_) table->forget_changes();
  bytes_ = 0;
  full_ = false;
}

bool ChangeRecorder::is_empty() const {
  return std::none_of(tables_.begin(), tables_.end(), [this](const auto& table) {
    return full_ ? table->is_written() : table->has_changes();
  });
}

std::vector<std::string> ChangeRecorder::written_tables() const {
  std::vector<std::string> names;
  for (const auto& table : tables_) {
    if (table->is_written()) names.push_back(table->name());
  }
  return names;
}

RecordedTable* ChangeRecorder::find(std::string_view name) const noexcept {
  const auto found = std::find_if(tables_.begin(), tables_.end(),
                                  [&](const auto& table) { return table->name() == name; });
  return found == tables_.end() ? nullptr : found->get();
}

void ChangeRecorder::on_row(int operation, const char* name) noexcept {
  RecordedTable* found = find(name);
  if (found == nullptr) return;
  RecordedTable& table = *found;
  table.set_written(true);
  if (operation == SQLITE_DELETE) table.count_deletion();
  if (full_) return;
  try {
    if (table.fits())
      bytes_ += table.note(operation);
    else
      fill();
  } catch (const std::exception&) {
    fill();
  }
  if (bytes_ > max_bytes_) fill();
}

std::int64_t ChangeRecorder::deletions(std::string_view name) const {
  const RecordedTable* found = find(name);
  return found == nullptr ? 0 : found->deletions();
}

// One that is not full compares rows with what they were: it needs not be told.
void ChangeRecorder::on_rollback() {
  if (full_) reset();
}

// Rows give their memory back when there are too many.
void ChangeRecorder::fill() noexcept {
  full_ = true;
  bytes_ = 0;
  for (const auto& table : tables_) {
    const bool was_written = table->is_written();
    table->forget_changes();
    table->set_written(was_written);
  }
}

bool ChangeRecorder::has_triggers() const {
  return connection_
      .scalar(std::string("SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger' UNION ALL "
                          "SELECT 1 FROM temp.sqlite_schema WHERE ") +
              kIsUserTrigger)
      .has_value();
}

ChangeRecorder::Flood::Flood(ChangeRecorder& recorder, std::string_view table, std::size_t bytes)
    : recorder_(recorder) {
  RecordedTable* const found = recorder.find(table);
  if (found == nullptr || bytes < kMinFloodBytes) return;
  // Of a table that has changed, rows that were noted before count no more.
  const auto all_bytes = recorder.bytes_ + static_cast<std::int64_t>(bytes);
  const bool may_fit = found->has_changes() || all_bytes <= recorder.max_bytes_;
  if ((may_fit && !recorder.full_) || recorder.has_triggers()) return;
  table_ = found;
  recorder.listen(false);
}

ChangeRecorder::Flood::~Flood() {
  if (table_ != nullptr) recorder_.listen(true);
}

void ChangeRecorder::Flood::commit() noexcept {
  if (table_ == nullptr) return;
  if (!recorder_.full_) recorder_.fill();
  table_->set_written(true);
}

std::optional<std::string> ChangeRecorder::changeset() {
  std::string changes;
  const auto max_bytes = static_cast<std::size_t>(max_bytes_);
  for (const auto& table : tables_) {
    if (full_) break;
    if (!table->tell(changes, max_bytes) || changes.size() > max_bytes) fill();
  }
  if (full_) return std::nullopt;
  return changes;
}

}  // namespace vitrine
