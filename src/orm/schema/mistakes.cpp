// The list of mistakes, and the small searches that every step uses.
#include "orm/schema/resolve.h"

namespace vitrine::schema {

void Mistakes::add(const std::string& model, std::string_view attribute,
                   const std::string& message) {
  Issue issue;
  issue.model = model;
  issue.field = std::string(attribute);
  issue.message = model + (attribute.empty() ? "" : "." + issue.field) + ": " + message + ".";
  issues_.push_back(std::move(issue));
}

void fail_with(std::vector<Issue> issues, const std::string& where) {
  std::string message = "The " + where + " has " + std::to_string(issues.size()) +
                        (issues.size() == 1 ? " mistake:" : " mistakes:");
  for (const Issue& issue : issues) message += "\n  " + issue.message;
  fail({.code = Code::validation,
        .reason = "invalid_model",
        .message = std::move(message),
        .issues = std::move(issues)});
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
