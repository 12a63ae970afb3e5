// The oracle's runner: runs recorded scenarios through the public C++ API and writes what came out,
// for judge.mjs to compare. It has no shortcuts of its own into the database.
//
//   vitrine_oracle SCHEMA.json EXT_MODELS.json IMAGE_MODELS.json SCENARIOS.json OUT.json
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>

#include "base/error.h"
#include "catalog/models.h"
#include "orm/schema/description.h"
#include "runner/operations.h"

namespace vitrine::oracle {
namespace {

Json read_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) fail(Code::io, std::string("Cannot read ") + path + "; name a file that is there.");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return Json::parse(text);
}

// The models that scenarios of one schema work on, resolved: those described, or the catalog's.
Registry registry_of(const Json& models) {
  if (models.is_null()) return catalog::make_registry();
  Registry registry;
  add_description(registry, vitrine::Json::parse(models.dump()));
  registry.resolve();
  return registry;
}

// The first type, in nested operations too, that is no model; empty when all are.
std::string first_unknown_type(const Registry& registry, const Json& ops) {
  for (const Json& op : ops) {
    if (op.contains("type") && !registry.find(op.at("type").get<std::string>())) {
      return op.at("type").get<std::string>();
    }
    if (!op.contains("ops")) continue;
    if (std::string unknown = first_unknown_type(registry, op.at("ops")); !unknown.empty()) {
      return unknown;
    }
  }
  return {};
}

// Why a scenario cannot be expressed; empty when it can.
std::string reason_to_skip(const Registry& registry, const Json& ops) {
  if (const std::string unknown = first_unknown(ops); !unknown.empty()) {
    return "the operation " + unknown + " is not one of this runner's";
  }
  const std::string type = first_unknown_type(registry, ops);
  return type.empty() ? type : "there is no model " + type + ": inheritance is not supported";
}

Json run_scenario(const Registry& registry, const Json& scenario, const Json& tables) {
  if (std::string why = reason_to_skip(registry, scenario.at("ops")); !why.empty()) {
    return {{"skip", why}};
  }
  Stage stage(registry, scenario);
  Json results = run_operations(stage, scenario.at("ops"), tables);
  return {{"results", results}, {"tables", stage.finish(tables)}};
}

class Runner {
 public:
  Runner(Json schema, Json ext_models, Json image_models) : schema_(std::move(schema)) {
    worlds_["core"];
    worlds_["ext"].models = std::move(ext_models);
    worlds_["image"].models = std::move(image_models);
  }

  Json run(const Json& scenario) {
    const auto name = scenario.at("schema").get<std::string>();
    World& world = worlds_.at(name);
    if (!world.registry) world.registry = registry_of(world.models);
    return run_scenario(*world.registry, scenario, schema_.at(name).at("tables"));
  }

 private:
  struct World {
    Json models;
    std::optional<Registry> registry;
  };
  Json schema_;
  std::map<std::string, World> worlds_;
};

int run(char** paths) {
  Runner runner(read_file(paths[0]), read_file(paths[1]), read_file(paths[2]));
  const Json scenarios = read_file(paths[3]);
  Json outcomes = Json::object();
  for (const Json& scenario : scenarios.at("scenarios")) {
    outcomes[scenario.at("name").get<std::string>()] = runner.run(scenario);
  }
  std::ofstream out(paths[4], std::ios::binary);
  const Json all = {{"scenarios", outcomes}};
  out << all.dump(1, ' ', false, Json::error_handler_t::replace) << '\n';
  out.close();
  if (!out) fail(Code::io, std::string("Cannot write ") + paths[4] + "; choose another place.");
  std::printf("%zu scenarios were run; the outcomes are in %s\n", outcomes.size(), paths[4]);
  return 0;
}

}  // namespace
}  // namespace vitrine::oracle

int main(int count, char** arguments) {
  if (count != 6) {
    std::fprintf(
        stderr, "usage: %s SCHEMA.json EXT_MODELS.json IMAGE_MODELS.json SCENARIOS.json OUT.json\n",
        arguments[0]);
    return 2;
  }
  try {
    return vitrine::oracle::run(arguments + 1);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
