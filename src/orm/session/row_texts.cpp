// See the header.
#include "orm/session/row_texts.h"

#include "orm/query/row_sql.h"

namespace vitrine {
namespace {

// An application writes a dozen forms of rows; one that writes more forms writes texts anew.
constexpr std::size_t kMaxTexts = 64;

}  // namespace

const std::string& RowTexts::insert(const Model& model, const Columns& columns,
                                    const Columns& returned) {
  return find(Verb::insert, model, columns, returned);
}

const std::string& RowTexts::update(const Model& model, const Columns& columns,
                                    bool check_version) {
  return find(check_version ? Verb::update_version : Verb::update, model, columns, {});
}

const std::string& RowTexts::select(const Model& model, const Columns& where_columns) {
  return find(Verb::select, model, where_columns, {});
}

const std::string& RowTexts::find(Verb verb, const Model& model, const Columns& columns,
                                  const Columns& returned) {
  for (const auto& text : texts_) {
    const bool fits = text->verb == verb && text->model == &model && text->columns == columns &&
                      text->returned == returned;
    if (fits) return text->sql;
  }
  if (texts_.size() == kMaxTexts) texts_.clear();
  std::string sql = verb == Verb::insert   ? insert_sql(model, columns, returned)
                    : verb == Verb::select ? select_one_sql(model, columns)
                                           : update_sql(model, columns, verb != Verb::update);
  texts_.push_back(std::make_unique<Text>(Text{verb, &model, columns, returned, std::move(sql)}));
  return texts_.back()->sql;
}

}  // namespace vitrine
