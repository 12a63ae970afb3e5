// docs/queries.md: each request on the page becomes the SQL that the page shows.
#include <doctest/doctest.h>

#if VITRINE_HAS_FILES

#include <sstream>

#include "catalog/models.h"
#include "orm/query/compile.h"
#include "orm/query/request_json.h"
#include "support/source_file.h"

namespace vitrine::catalog_queries_page_test {

using namespace vitrine::testing;

namespace {

// A fenced block: ```kind word call, its lines, ```. Without a call it is about find.
struct Block {
  std::string kind;
  std::string word;
  std::string call;
  std::string text;
};

std::vector<Block> blocks_of(const std::string& page) {
  std::vector<Block> blocks;
  std::istringstream lines(page);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("```", 0) == 0) {
      if (!inside) {
        std::istringstream info(line.substr(3));
        info >> blocks.emplace_back().kind >> blocks.back().word >> blocks.back().call;
      }
      inside = !inside;
    } else if (inside) {
      blocks.back().text += (blocks.back().text.empty() ? "" : " ") + line;
    }
  }
  return blocks;
}

Plan plan_of(const Registry& registry, const Block& block) {
  const Json request = Json::parse(block.text);
  const Model& model = registry.model(block.word);
  if (block.call.empty()) return compile(registry, read_select(registry, model, request));
  Plan plan;
  plan.root.sql = compile_aggregate(registry, read_aggregate(registry, model, request));
  return plan;
}

const Sql& statement_of(const Plan& plan, const std::string& relation) {
  if (relation.empty()) return plan.root.sql;
  for (const PlanChild& child : plan.root.children) {
    if (child.relationship->name == relation) return child.node.sql;
  }
  FAIL("the request includes no " << relation);
  return plan.root.sql;
}

}  // namespace

TEST_CASE("the SQL on the page about queries is what its requests compile to") {
  const Registry registry = catalog::make_registry();
  Plan plan;
  int compared = 0;
  for (const Block& block : blocks_of(source_file("docs/queries.md"))) {
    if (block.kind == "json") {
      plan = plan_of(registry, block);
    } else if (block.kind == "sql") {
      CHECK(statement_of(plan, block.word).text == block.text);
      ++compared;
    }
  }
  CHECK(compared == 13);
}

}  // namespace vitrine::catalog_queries_page_test

#endif
