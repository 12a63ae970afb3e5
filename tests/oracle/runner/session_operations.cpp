// Operations on a session: what it holds, its transaction, and what it has loaded.

#include "runner/operations.h"
#include "runner/show.h"

namespace vitrine::oracle {
namespace {

std::vector<std::string> attributes_of(const Json& op) {
  if (!op.contains("attrs") || op.at("attrs").is_null()) return {};
  return op.at("attrs").get<std::vector<std::string>>();
}

Json op_add(const Call& call) {
  call.session.add(call.stage.object(call.op));
  return nullptr;
}

Json op_add_all(const Call& call) {
  for (const Json& handle : call.op.at("objs")) {
    call.session.add(call.stage.handles().object(handle));
  }
  return nullptr;
}

Json op_delete(const Call& call) {
  call.session.remove(call.stage.object(call.op));
  return nullptr;
}

Json op_merge(const Call& call) {
  Record& merged = call.session.merge(call.stage.object(call.op));
  if (call.op.contains("as")) call.stage.handles().bind(call.op.at("as"), &merged);
  return show_object(&merged, fields_of(call.op));
}

Json op_expire(const Call& call) {
  call.session.expire(call.stage.object(call.op), attributes_of(call.op));
  return nullptr;
}

Json op_refresh(const Call& call) {
  call.session.refresh(call.stage.object(call.op), attributes_of(call.op));
  return nullptr;
}

Json op_expunge(const Call& call) {
  call.session.expunge(call.stage.object(call.op));
  return nullptr;
}

Json op_session_sets(const Call& call) {
  return {{"new", call.session.pending().size()},
          {"dirty", call.session.dirty().size()},
          {"deleted", call.session.deleted().size()}};
}

template <void (Session::*Verb)()>
Json op_verb(const Call& call) {
  (call.session.*Verb)();
  return nullptr;
}

constexpr NamedOperation kSessionOperations[] = {
    {"add", op_add},
    {"add_all", op_add_all},
    {"delete", op_delete},
    {"merge", op_merge},
    {"expire", op_expire},
    {"refresh", op_refresh},
    {"expunge", op_expunge},
    {"session_sets", op_session_sets},
    {"flush", op_verb<&Session::flush>},
    {"commit", op_verb<&Session::commit>},
    {"rollback", op_verb<&Session::rollback>},
    {"savepoint", op_verb<&Session::begin_savepoint>},
    {"savepoint_release", op_verb<&Session::release_savepoint>},
    {"savepoint_rollback", op_verb<&Session::rollback_savepoint>},
    {"expire_all", op_verb<&Session::expire_all>},
    {"expunge_all", op_verb<&Session::expunge_all>},
};

}  // namespace

Operation find_session_operation(std::string_view name) {
  return find_among(kSessionOperations, name);
}

}  // namespace vitrine::oracle
