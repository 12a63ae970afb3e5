// Trees: a model that refers to itself, and whose children are deleted with their parent.
#include <doctest/doctest.h>

#include "session/described_session.h"
#include "support/caught.h"

namespace vitrine::session_trees_test {

using testing::caught;

namespace {

constexpr const char* kNodes = R"({"models": [{"name": "Node", "table": "node",
  "display_column": "name", "columns": [
    {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
    {"name": "name", "type": "text", "not_null": true},
    {"name": "parent_id", "type": "integer", "foreign_key": {"table": "node", "column": "id"}}],
  "relationships": [
    {"name": "children", "target": "Node", "direction": "one_to_many", "cascade": "all",
     "back_populates": "parent"},
    {"name": "parent", "target": "Node", "direction": "many_to_one",
     "back_populates": "children"}]}]})";

// A chain of nodes, each the parent of the next.
struct Chain : test::DescribedSession {
  explicit Chain(int length) : DescribedSession(kNodes) {
    for (int i = 0; i < length; ++i) {
      nodes.push_back(&add("Node", {{"name", std::to_string(i)}}));
      if (i > 0) nodes[i]->relate(relation("Node", "parent"), nodes[i - 1]);
    }
    session.commit();
  }
  std::vector<Record*> nodes;
};

}  // namespace

TEST_CASE("a node cannot be moved below itself, at any distance") {
  for (const int length : {1, 2, 5}) {
    Chain chain(length);
    Record& root = *chain.nodes.front();
    root.set("parent_id", chain.nodes.back()->get("id"));
    const Failure failure = caught([&] { chain.session.commit(); });
    CHECK(failure.code == Code::cycle);
    CHECK(failure.fields == std::vector<std::string>{"parent"});
    chain.session.rollback();
    CHECK(root.get("parent_id").is_null());
  }
}

TEST_CASE("nothing of the transaction but the flush is lost to a circle") {
  Chain chain(3);
  chain.add("Node", {{"name", "before"}});
  chain.session.flush();
  chain.nodes[0]->relate(chain.relation("Node", "parent"), chain.nodes[2]);
  CHECK(caught([&] { chain.session.flush(); }).code == Code::cycle);
  chain.nodes[0]->relate(chain.relation("Node", "parent"), nullptr);
  chain.session.commit();
  CHECK(chain.rows("node") == 4);
}

TEST_CASE("a branch can be turned round in one flush, and many moves take one question") {
  Chain chain(4);
  const Relationship& parent = chain.relation("Node", "parent");
  chain.nodes[1]->relate(parent, nullptr);
  chain.nodes[0]->relate(parent, chain.nodes[3]);
  chain.statements.clear();
  chain.session.flush();
  std::size_t questions = 0;
  for (const std::string& sql : chain.statements) questions += sql.rfind("WITH", 0) == 0 ? 1 : 0;
  CHECK(questions == 1);
  chain.session.commit();
  CHECK(chain.nodes[0]->related(parent) == chain.nodes[3]);
}

TEST_CASE("new nodes that are each other's parents are refused") {
  test::DescribedSession shop(kNodes);
  const Relationship& parent = shop.relation("Node", "parent");
  Record& x = shop.add("Node", {{"name", "x"}});
  Record& y = shop.add("Node", {{"name", "y"}});
  x.relate(parent, &y);
  y.relate(parent, &x);
  CHECK(caught([&] { shop.session.flush(); }).code == Code::cycle);
}

TEST_CASE("deleting a node deletes what is below it in a statement per level and one delete") {
  Chain chain(5);
  chain.session.remove(*chain.nodes[1]);
  chain.session.commit();
  CHECK(chain.rows("node") == 1);
}

}  // namespace vitrine::session_trees_test
