// Random descriptions whose models are sound: for properties that must hold of every registry.
#pragma once

#include <random>
#include <string>

#include "orm/schema/description.h"

namespace vitrine::testing {

class RandomModels {
 public:
  explicit RandomModels(std::uint32_t seed) : random_(seed) {}

  // Up to six models; each refers to others, to itself, or is linked with others through tables.
  Json description() {
    models_ = Json::array();
    const int count = 1 + below(6);
    for (int i = 0; i < count; ++i) models_.push_back(model("M" + std::to_string(i)));
    for (int i = 0; i < count; ++i) {
      if (chance(60)) refer(i, below(count));
      if (chance(30)) refer(i, below(count));
      if (chance(30)) link(i, below(count));
    }
    return {{"models", models_}};
  }

 private:
  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
  bool chance(int percent) { return below(100) < percent; }
  std::string fresh(const std::string& prefix) { return prefix + std::to_string(next_++); }

  Json model(const std::string& name) {
    Json columns = Json::array();
    columns.push_back({{"name", "id"}, {"type", "integer"}, {"primary_key", true}});
    columns.push_back({{"name", "position"}, {"type", "integer"}});
    const int count = below(4);
    for (int i = 0; i < count; ++i) columns.push_back(column());
    return {{"name", name},
            {"table", "t_" + name},
            {"columns", columns},
            {"relationships", Json::array()}};
  }

  Json column() {
    Json json = {{"name", fresh("c")}, {"type", "text"}};
    if (chance(30)) json = {{"name", fresh("c")}, {"type", "string"}, {"length", 20 + below(80)}};
    if (chance(50)) json["not_null"] = true;
    if (chance(30)) json["unique"] = true;
    if (chance(30)) json["default"] = fresh("value ");
    if (chance(30)) json["validate"] = {{"min_length", below(3)}, {"max_length", 3 + below(9)}};
    return json;
  }

  Json options(const std::string& name, bool holds_many) {
    Json json = Json::object();
    json["name"] = name;
    if (holds_many && chance(20)) {
      json["uselist"] = false;
    } else if (holds_many && chance(30)) {
      json["collection"] = "ordered";
      json["position_column"] = "position";
    }
    json["cascade"] = holds_many && chance(50) ? "all, delete-orphan" : "save-update, merge";
    if (chance(30)) {
      json["order_by"] = Json::array();
      json["order_by"].push_back({{"column", "id"}, {"descending", true}});
    }
    return json;
  }

  // A foreign key from one model to another, and a relation over it that is declared on either
  // side, or on both.
  void refer(int child, int parent) {
    const std::string key = fresh("fk");
    models_[child]["columns"].push_back(
        {{"name", key},
         {"type", "integer"},
         {"foreign_key", {{"table", models_[parent]["table"]}, {"column", "id"}}}});
    const std::string up = fresh("up");
    const std::string down = fresh("down");
    Json one = side(up, parent, "many_to_one", key);
    Json many = side(down, child, "one_to_many", key);
    const int way = below(4);
    if (way == 0) one["backref"] = options(down, true);
    if (way == 1) many["backref"] = options(up, false);
    if (way == 2) {
      one["back_populates"] = down;
      many["back_populates"] = up;
    }
    if (way != 1) models_[child]["relationships"].push_back(one);
    if (way == 1 || way == 2) models_[parent]["relationships"].push_back(many);
  }

  Json side(const std::string& name, int target, const std::string& direction,
            const std::string& key) {
    Json json = options(name, direction == "one_to_many");
    json["target"] = models_[target]["name"];
    json["direction"] = direction;
    json["foreign_keys"] = Json::array({key});
    return json;
  }

  void link(int left, int right) {
    const std::string table = fresh("links");
    Json columns = Json::array();
    columns.push_back(link_key("left_id", left));
    columns.push_back(link_key("right_id", right));
    models_.push_back({{"name", "Model_of_" + table},
                       {"table", table},
                       {"link_table", true},
                       {"columns", columns},
                       {"relationships", Json::array()}});
    Json many = {{"name", fresh("many")},
                 {"target", models_[right]["name"]},
                 {"direction", "many_to_many"},
                 {"foreign_keys", Json::array({"left_id", "right_id"})},
                 {"secondary", table}};
    if (chance(70)) many["backref"] = {{"name", fresh("back")}};
    models_[left]["relationships"].push_back(many);
  }

  Json link_key(const std::string& name, int model) {
    return {{"name", name},
            {"type", "integer"},
            {"primary_key", true},
            {"foreign_key", {{"table", models_[model]["table"]}, {"column", "id"}}}};
  }

  std::mt19937 random_;
  Json models_;
  int next_ = 0;
};

}  // namespace vitrine::testing
