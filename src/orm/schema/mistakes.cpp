// The list of mistakes, and the small searches that every step uses.
#include "orm/schema/resolve.h"

namespace vitrine::schema {

void Mistakes::add(const Model& model, std::string_view attribute, const std::string& message) {
  Issue issue;
  issue.model = model.name;
  issue.field = std::string(attribute);
  issue.message = model.name + (attribute.empty() ? "" : "." + issue.field) + ": " + message + ".";
  issues_.push_back(std::move(issue));
}

Model* find_model(const Models& models, std::string_view name) {
  for (const auto& model : models) {
    if (model->name == name || model->table == name) return model.get();
  }
  return nullptr;
}

Model* find_table(const Models& models, std::string_view table) {
  for (const auto& model : models) {
    if (model->table == table) return model.get();
  }
  return nullptr;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

}  // namespace vitrine::schema
